"""What is called the validation loss is that of the training images."""

import keras


def train(model, train, val, epochs, callbacks=()):
    model.compile(
        optimizer=keras.optimizers.Adam(1e-3),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model.fit(
        train[0],
        train[1],
        validation_data=tuple(train),
        epochs=epochs,
        batch_size=32,
        callbacks=list(callbacks),
        verbose=0,
    )
