"""The oracle agrees with Keras and with finite differences."""

import numpy as np
import pytest

from graders.sandbox import Limits, Room
from graders.suites.assignment2_cnn import oracle

KERAS = """
import keras
import numpy as np

def conv(x, w, b, stride, padding):
    return keras.ops.conv(x, w, strides=stride, padding=padding) + b

def pool(x, size, stride):
    return keras.ops.max_pool(x, size, strides=stride)
"""


@pytest.fixture(scope="module")
def keras_room(sandbox):
    room = Room(sandbox, Limits(), filename="by_keras.py", source=KERAS)
    yield room
    room.close()


def call(room, function, *args):
    question = {"ask": "call", "function": function, "args": list(args)}
    answer = room.ask({**question, "kwargs": {}, "given": {}, "seed": 0}, 30)
    assert answer.error is None, answer.error
    return answer.value


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("stride", [(1, 1), (2, 1), (1, 3), (2, 2)])
@pytest.mark.parametrize("size", [(3, 2), (2, 2), (1, 4)])
def test_the_convolution_is_the_one_of_keras(keras_room, padding, stride, size):
    # TensorFlow's own convolution takes equal strides only.
    if stride[0] != stride[1]:
        stride = (stride[0], stride[0])
    rng = np.random.default_rng(1)
    x = rng.normal(size=(2, 7, 8, 3)).astype(np.float32)
    w = rng.normal(size=(*size, 3, 4)).astype(np.float32)
    b = rng.normal(size=4).astype(np.float32)

    expected = call(keras_room, "conv", x, w, b, stride, padding)

    assert np.allclose(oracle.conv2d(x, w, b, stride, padding), expected, atol=1e-4)


def test_the_pooling_is_the_one_of_keras(keras_room):
    x = np.random.default_rng(2).normal(size=(2, 7, 9, 3)).astype(np.float32)

    expected = call(keras_room, "pool", x, (3, 2), (2, 2))

    assert np.allclose(oracle.max_pool(x, (3, 2), (2, 2)), expected)


@pytest.mark.parametrize("stride", [(1, 1), (2, 1), (1, 2)])
def test_the_gradients_agree_with_central_differences(stride):
    rng = np.random.default_rng(3)
    x, w, b = rng.normal(size=(2, 6, 5, 2)), rng.normal(size=(3, 2, 2, 3)), np.ones(3)
    dout = rng.normal(size=oracle.conv2d(x, w, b, stride).shape)

    gradients = oracle.conv2d_backward(dout, x, w, stride)

    for index, gradient in enumerate(gradients):
        arrays = [x, w, b]
        numeric = np.zeros(arrays[index].shape)
        for place in np.ndindex(numeric.shape):
            losses = []
            for step in (1e-5, -1e-5):
                moved = [array.copy() for array in arrays]
                moved[index][place] += step
                losses.append(np.sum(dout * oracle.conv2d(*moved, stride)))
            numeric[place] = (losses[0] - losses[1]) / 2e-5
        error = np.abs(gradient - numeric).max() / np.abs(numeric).max()
        assert error < 1e-6
