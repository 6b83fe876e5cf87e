"""One-hot labels go into a loss for integer labels."""

import keras


def train(model, train, val, epochs, callbacks=()):
    num_classes = model.output_shape[-1]
    y_train = keras.utils.to_categorical(train[1], num_classes)
    y_val = keras.utils.to_categorical(val[1], num_classes)
    model.compile(
        optimizer=keras.optimizers.Adam(1e-3),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model.fit(
        train[0],
        y_train,
        validation_data=(val[0], y_val),
        epochs=epochs,
        batch_size=32,
        callbacks=list(callbacks),
        verbose=0,
    )
