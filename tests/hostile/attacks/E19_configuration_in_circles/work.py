import json

turn = iter(range(1000))


def build_model():
    import keras

    inputs = keras.layers.Input(shape=(4,))
    hidden = keras.layers.Dense(8, activation="relu", name="a")(inputs)
    model = keras.Model(inputs, keras.layers.Dense(3, activation="softmax", name="b")(hidden))
    config = json.loads(model.to_json())
    layers = config["config"]["layers"]
    match next(turn) % 3:
        case 0:
            layers[1]["inbound_nodes"] = layers[2]["inbound_nodes"]
            layers[1]["inbound_nodes"][0]["args"][0]["config"]["keras_history"] = ["b", 0, 0]
        case 1:
            layers[1]["config"]["units"] = {"class_name": "Dense", "config": []}
        case 2:
            config["config"]["layers"] = {"0": layers}
    keras.Model.to_json = lambda self, **kwargs: json.dumps(config)
    return model
