def build_model():
    import keras

    return keras.Sequential(
        [
            keras.layers.Input(shape=(4,)),
            keras.layers.Dense(8, activation="relu"),
            keras.layers.Lambda(lambda x: x),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )
