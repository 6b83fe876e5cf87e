"""The loss takes the logits for probabilities."""

import keras


def train(model, train, val, epochs, callbacks=()):
    model.compile(
        optimizer=keras.optimizers.Adam(1e-3),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model.fit(
        train[0],
        train[1],
        validation_data=tuple(val),
        epochs=epochs,
        batch_size=32,
        callbacks=list(callbacks),
        verbose=0,
    )
