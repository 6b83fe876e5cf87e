def build_cnn(input_shape, n_classes, max_params=20_000):
    return keras.Sequential(
        [
            keras.layers.Input(shape=input_shape),
            keras.layers.Flatten(),
            keras.layers.Dense(10**9, activation="relu"),
            keras.layers.Dense(n_classes),
        ]
    )
