import json


def build_model():
    import keras

    model = keras.Sequential(
        [keras.layers.Input(shape=(4,)), keras.layers.Dense(3, activation="softmax")]
    )
    config = json.loads(model.to_json())
    config["config"]["layers"].append(
        {
            "module": "keras.utils",
            "class_name": "get_file",
            "config": {"fname": "x", "origin": "file://@CANARY_FILE@"},
            "registered_name": "get_file",
        }
    )
    keras.Model.to_json = lambda self, **kwargs: json.dumps(config)
    return model
