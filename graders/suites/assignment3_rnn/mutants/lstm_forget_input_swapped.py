"""The forget gate is used as input gate, and the other way round."""
# ruff: noqa: F821

import numpy as np


def lstm_step(x, h, c, W, U, b):
    i, f, g, o = np.split(x @ W + h @ U + b, 4, axis=1)
    c = _sigmoid(i) * c + _sigmoid(f) * np.tanh(g)
    return _sigmoid(o) * np.tanh(c), c
