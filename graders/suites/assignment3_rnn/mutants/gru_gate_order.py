"""The blocks are read in the order r, z, g."""
# ruff: noqa: F821

import numpy as np


def gru_step(x, h, W, U, b):
    units = h.shape[1]
    from_x = x @ W + b
    r = _sigmoid(from_x[:, :units] + h @ U[:, :units])
    z = _sigmoid(from_x[:, units : 2 * units] + h @ U[:, units : 2 * units])
    candidate = np.tanh(from_x[:, 2 * units :] + (r * h) @ U[:, 2 * units :])
    return z * h + (1 - z) * candidate
