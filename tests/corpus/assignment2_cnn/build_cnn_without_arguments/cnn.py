def build_cnn():
    return keras.Sequential([keras.layers.Input(shape=(8, 8, 1)), keras.layers.Dense(10)])
