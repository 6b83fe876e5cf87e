"""The pretrained network of assignment 4, read from `base.npz` beside this file.

Use it in your experiments. The grader hands your functions a network of the same kind,
and has this module, too.
"""

import json
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("base.npz")


def load_base():
    """The network up to its features: (B, 12, 12, 1) -> (B, 48).

    It expects float32 pixels in [0, 1]: the digits are stored as 0 to 16, so divide
    them by 16.
    """
    return load_classifier()[0]


def load_classifier():
    """`(base, classifier)`: the classifier is the base and its old head.

    The classifier maps (B, 12, 12, 1) to logits of the ten digits, (B, 10). The base
    inside it is the very model that comes back, so training one trains the other.
    """
    import keras

    layers, weights, head = read_pretrained()
    config = {
        "module": "keras",
        "class_name": "Sequential",
        "config": {"name": "base", "layers": layers},
    }
    stack = keras.models.model_from_json(json.dumps(config))
    base = keras.Model(stack.inputs[0], stack.outputs[0], name="base")
    base.set_weights(weights)
    old_head = keras.layers.Dense(len(head[1]), name="old_head")
    images = keras.Input(layers[0]["config"]["batch_shape"][1:])
    classifier = keras.Model(images, old_head(base(images)))
    old_head.set_weights(head)
    return base, classifier


def read_pretrained():
    """The layers of the base as Keras describes them, its weights, the old head's.

    Returns:
        A list of dicts, a list of arrays, and `[kernel (48, 10), bias (10,)]`.
    """
    with np.load(FILE, allow_pickle=False) as stored:
        layers = json.loads(bytes(stored["layers"]))
        count = sum(name.startswith("weight_") for name in stored.files)
        weights = [stored[f"weight_{index}"] for index in range(count)]
        return layers, weights, [stored["head_kernel"], stored["head_bias"]]
