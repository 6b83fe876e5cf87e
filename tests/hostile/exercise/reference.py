"""The honest solution of all four tasks."""

import numpy as np


def total(x):
    return int(np.sum(x))


def standardise(x):
    mean = x.mean(axis=1, keepdims=True)
    return (x - mean) / x.std(axis=1, keepdims=True)


def build_model():
    import keras

    return keras.Sequential(
        [
            keras.layers.Input(shape=(4,)),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )


def train(x, y):
    import keras

    model = build_model()
    model.compile(
        optimizer=keras.optimizers.Adam(0.05), loss="sparse_categorical_crossentropy"
    )
    model.fit(x, y, epochs=8, batch_size=30, verbose=0)
    return model
