"""Dropout is switched on for good, at inference too."""

import keras


def build_cnn(input_shape, n_classes, max_params=20_000):
    inputs = keras.layers.Input(shape=input_shape)
    h = keras.layers.Conv2D(16, 3, padding="same", activation="relu")(inputs)
    h = keras.layers.MaxPooling2D(2)(h)
    h = keras.layers.Conv2D(24, 3, padding="same", activation="relu")(h)
    h = keras.layers.MaxPooling2D(2)(h)
    h = keras.layers.Flatten()(h)
    h = keras.layers.Dropout(0.3)(h, training=True)
    model = keras.Model(inputs, keras.layers.Dense(n_classes)(h))
    if model.count_params() > max_params:
        raise ValueError(f"{model.count_params()} parameters; at most {max_params}")
    return model
