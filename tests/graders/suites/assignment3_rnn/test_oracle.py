"""The oracle agrees with Keras and with finite differences."""

import numpy as np
import pytest

from graders.sandbox import Limits, Room
from graders.suites.assignment3_rnn import oracle, wrong
from graders.suites.assignment3_rnn.forms import sequence

KERAS = """
import keras
import numpy as np

def states(kind, x, mask, start, weights):
    config = {"reset_after": False} if kind == "GRU" else {}
    units = start[0].shape[1]
    layer = getattr(keras.layers, kind)(units, return_sequences=True, **config)
    layer.build(x.shape)
    layer.set_weights(weights)
    return layer(x, mask=mask, initial_state=start)

def loss(logits, targets):
    each = keras.losses.sparse_categorical_crossentropy(
        targets, logits, from_logits=True
    )
    return np.mean(each)
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


def cell_weights(blocks):
    rng = np.random.default_rng(blocks)
    shapes = [(3, blocks * 4), (4, blocks * 4), (blocks * 4,)]
    return [rng.normal(size=shape).astype(np.float32) for shape in shapes]


@pytest.fixture
def rows():
    rng = np.random.default_rng(1)
    x = rng.normal(size=(5, 6, 3)).astype(np.float32)
    start = np.tanh(rng.normal(size=(2, 5, 4))).astype(np.float32)
    mask = rng.uniform(size=(5, 6)) < 0.7
    return x, mask, [start[0], start[1]]


@pytest.mark.parametrize("masked", [True, False])
def test_a_simple_layer_is_the_one_of_keras(keras_room, rows, masked):
    x, mask, (start, _) = rows
    mask = mask if masked else None
    weights = cell_weights(1)

    expected = call(keras_room, "states", "SimpleRNN", x, mask, [start], weights)

    got = oracle.rnn_forward(x, start, weights, mask)
    # Before the first real step Keras puts out zeros, and keeps the state as we do.
    seen = np.ones(x.shape[:2], bool) if mask is None else mask.cumsum(axis=1) > 0
    assert np.allclose(got[seen], expected[seen], atol=1e-5)


def test_lstm_steps_are_those_of_keras(keras_room, rows):
    x, _, (h, c) = rows
    weights = cell_weights(4)

    expected = call(keras_room, "states", "LSTM", x, None, [h, c], weights)

    for t in range(x.shape[1]):
        h, c = oracle.lstm_step(x[:, t], h, c, *weights)
        assert np.allclose(h, expected[:, t], atol=1e-5)


def test_gru_steps_are_those_of_keras(keras_room, rows):
    x, _, (h, _) = rows
    weights = cell_weights(3)

    expected = call(keras_room, "states", "GRU", x, None, [h], weights)

    for t in range(x.shape[1]):
        h = oracle.gru_step(x[:, t], h, *weights)
        assert np.allclose(h, expected[:, t], atol=1e-5)


def test_the_likelihood_is_the_loss_of_keras(keras_room):
    rng = np.random.default_rng(4)
    logits = rng.normal(size=(3, 5, 7)).astype(np.float32)
    targets = rng.integers(0, 7, (3, 5))

    expected = call(keras_room, "loss", logits, targets)

    assert np.isclose(oracle.nll(logits, targets), float(expected), atol=1e-5)


def test_the_gradients_agree_with_central_differences():
    rng = np.random.default_rng(3)
    case = sequence(rng, 2, 4, 3, 3)
    dh = rng.normal(size=(2, 4, 3))

    gradients = oracle.rnn_backward(dh, case.x, case.h0, case.weights)

    for index, gradient in enumerate(gradients):
        arrays = [case.x, case.h0, *case.weights]
        numeric = np.zeros(arrays[index].shape)
        for place in np.ndindex(numeric.shape):
            losses = []
            for step in (1e-5, -1e-5):
                moved = [array.copy() for array in arrays]
                moved[index][place] += step
                x, h0, *weights = moved
                losses.append(np.sum(dh * oracle.rnn_forward(x, h0, tuple(weights))))
            numeric[place] = (losses[0] - losses[1]) / 2e-5
        error = np.abs(gradient - numeric).max() / np.abs(numeric).max()
        assert error < 1e-6


@pytest.mark.parametrize("seed", range(20))
def test_no_wrong_answer_is_a_right_one(seed):
    rng = np.random.default_rng(seed)
    case = sequence(rng, 4, 6, 2, 3, mask=True)
    forward = wrong.rnn_forward(case.x, case.h0, case.weights, case.mask)
    W, U, b = rng.normal(size=(3, 12)), rng.normal(size=(4, 12)), rng.normal(size=12)
    x, h = rng.normal(size=(2, 3)), np.tanh(rng.normal(size=(2, 4)))
    c = rng.normal(size=(2, 4))
    lstm = (rng.normal(size=(3, 16)), rng.normal(size=(4, 16)), rng.normal(size=16))

    for _, make in forward:
        assert make().shape != case.right.shape or not np.allclose(make(), case.right)
    for _, make in wrong.gru_step(x, h, W, U, b):
        assert not np.allclose(make(), oracle.gru_step(x, h, W, U, b), atol=1e-3)
    for _, pair in wrong.lstm_step(x, h, c, *lstm):
        assert not np.allclose(pair, oracle.lstm_step(x, h, c, *lstm), atol=1e-3)
