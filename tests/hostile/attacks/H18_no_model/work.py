turn = iter(range(1000))


def build_model():
    import keras

    inputs = keras.layers.Input(shape=(4,))
    models = [
        lambda: keras.Sequential(),
        lambda: keras.Model(inputs, [keras.layers.Dense(3)(inputs)] * 2),
        lambda: keras.Sequential([inputs, keras.layers.Dense(0)]),
        lambda: keras.Sequential([keras.layers.Input(shape=(5,)), keras.layers.Dense(3)]),
    ]
    return models[next(turn) % len(models)]()


def train(x, y):
    return None
