def build_cnn(input_shape, n_classes, max_params=20_000):
    return keras.Sequential(
        [
            keras.layers.Input(shape=input_shape),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(10_000, activation="relu"),
            keras.layers.Dense(n_classes),
        ]
    )
