def build_model():
    import keras

    x = inputs = keras.layers.Input(shape=(4,))
    for _ in range(10_000):
        x = keras.layers.Dense(1)(x)
    return keras.Model(inputs, keras.layers.Dense(3, activation="softmax")(x))
