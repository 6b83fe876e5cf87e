def build_model():
    import keras

    return keras.Sequential(
        [
            keras.layers.Input(shape=(4,)),
            keras.layers.Dense(10**9),
            keras.layers.Dense(10**9),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )
