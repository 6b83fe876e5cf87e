"""The oracle agrees with Keras."""

import json

import numpy as np
import pytest

from graders.sandbox import Limits, Room
from graders.suites.assignment4_finetuning import oracle
from graders.suites.assignment4_finetuning.data import old_task, pretrained

KERAS = """
import json
import keras
import numpy as np

def features(layers, weights, x, training):
    parts = [keras.layers.deserialize(layer) for layer in json.loads(layers)]
    model = keras.Sequential(parts)
    model.set_weights(weights)
    return np.asarray(model(x, training=training))

def cross_entropy(logits, y):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return float(loss(y, logits))

def adapter(x, weights, activation):
    down = keras.layers.Dense(weights[0].shape[1], activation=activation)
    up = keras.layers.Dense(x.shape[-1])
    for layer, values in ((down, weights[:2]), (up, weights[2:])):
        layer.build((None, values[0].shape[0]))
        layer.set_weights(values)
    return x + np.asarray(up(down(x)))

def lora(x, kernel, bias, a, b, alpha):
    layer = keras.layers.Dense(len(bias))
    layer.build((None, len(kernel)))
    layer.set_weights([kernel, bias])
    layer.enable_lora(a.shape[1], lora_alpha=alpha)
    layer.lora_kernel_a.assign(a)
    layer.lora_kernel_b.assign(b)
    return np.asarray(layer(x))
"""


@pytest.fixture(scope="module")
def keras_room(sandbox):
    room = Room(sandbox, Limits(), filename="by_keras.py", source=KERAS)
    yield room
    room.close()


def call(room, function, *args):
    question = {"ask": "call", "function": function, "args": list(args)}
    answer = room.ask({**question, "kwargs": {}, "given": {}, "seed": 0}, 60)
    assert answer.error is None, answer.error
    return answer.value


def normal(*shape):
    return np.random.default_rng(len(shape)).normal(size=shape).astype(np.float32)


@pytest.mark.parametrize("training", [False, True])
def test_the_features_of_the_base_are_those_of_keras(keras_room, training):
    known, x = pretrained(), old_task().x[:20]

    expected = call(
        keras_room, "features", json.dumps(known.layers), known.weights, x, training
    )

    got = oracle.features(known.weights, x, batch=training)
    assert np.allclose(got, expected, rtol=1e-3, atol=1e-3)


def test_the_cross_entropy_is_the_one_of_keras(keras_room):
    logits, y = 3 * normal(9, 4), np.arange(9) % 4

    expected = call(keras_room, "cross_entropy", logits, y)

    assert np.isclose(oracle.cross_entropy(logits, y), expected, rtol=1e-5)


def test_the_adapter_is_two_dense_layers_and_the_input(keras_room):
    x, down, up = normal(2, 3, 6), [normal(6, 4), normal(4)], [normal(4, 6), normal(6)]

    expected = call(keras_room, "adapter", x, [*down, *up], "tanh")

    assert np.allclose(oracle.adapter(x, down, up, np.tanh), expected, atol=1e-5)


def test_lora_is_the_one_that_keras_has_built_in(keras_room):
    x, dense, update = (
        normal(4, 6),
        [normal(6, 5), normal(5)],
        [normal(6, 2), normal(2, 5)],
    )

    expected = call(keras_room, "lora", x, *dense, *update, 6.0)

    assert np.allclose(oracle.lora(x, dense, update, 3.0), expected, atol=1e-4)
