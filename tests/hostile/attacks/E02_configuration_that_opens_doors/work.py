import json

GADGETS = [
    {"module": "builtins", "class_name": "function", "config": "exec"},
    {"module": "keras.initializers", "class_name": "deserialize", "config": {"config": "x"}},
    {"module": "keras.regularizers", "class_name": "get", "config": {"identifier": "l2"}},
    {"class_name": "__lambda__", "config": {"value": "4wAAAAA="}},
    {"module": "os", "class_name": "system", "config": "touch hostile_@TOKEN@"},
]
turn = iter(range(100))


def build_model():
    import keras

    model = keras.Sequential(
        [keras.layers.Input(shape=(4,)), keras.layers.Dense(3, activation="softmax")]
    )
    config = json.loads(model.to_json())
    gadget = GADGETS[next(turn) % len(GADGETS)]
    config["config"]["layers"][-1]["config"]["kernel_initializer"] = gadget
    config["config"]["layers"][-1]["config"]["activation"] = gadget
    keras.Model.to_json = lambda self, **kwargs: json.dumps(config)
    return model
