"""The first axis is taken for time."""
# ruff: noqa: F821

import numpy as np


def rnn_forward(x, h0, Wx, Wh, b, mask=None):
    states, h = [], h0
    for t in range(len(x)):
        new = rnn_step(x[t], h, Wx, Wh, b)
        h = new if mask is None else np.where(mask[t][:, np.newaxis], new, h)
        states.append(h)
    return np.stack(states)
