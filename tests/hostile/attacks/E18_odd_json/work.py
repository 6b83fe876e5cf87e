TEXTS = [
    '{"class_name": "Sequential", "config": {"x": NaN, "y": Infinity}}',
    '{"class_name": "Sequential", "config": ' + "[" * 20_000 + "]" * 20_000 + "}",
    '{"class_name": "Sequential", "class_name": "Functional", "config": {}}',
    '{"class_name": "Sequential", "config": {"x": "\\ud800\\u0000"}}',
    '{"class_name": "Sequential", "config": {"x": ' + "9" * 4000 + "}}",
    "[]",
    "14",
]
turn = iter(range(1000))


def build_model():
    import keras

    model = keras.Sequential(
        [keras.layers.Input(shape=(4,)), keras.layers.Dense(3, activation="softmax")]
    )
    keras.Model.to_json = lambda self, **kwargs: TEXTS[next(turn) % len(TEXTS)]
    return model
