"""The candidate goes through a sigmoid."""
# ruff: noqa: F821

import numpy as np


def lstm_step(x, h, c, W, U, b):
    i, f, g, o = np.split(_sigmoid(x @ W + h @ U + b), 4, axis=1)
    c = f * c + i * g
    return o * np.tanh(c), c
