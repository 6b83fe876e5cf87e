"""The output of a masked step is zero."""
# ruff: noqa: F821

import numpy as np


def rnn_forward(x, h0, Wx, Wh, b, mask=None):
    num_examples, num_steps, _ = x.shape
    states = np.empty((num_examples, num_steps, h0.shape[1]), np.result_type(x, h0, Wx))
    h = h0
    for t in range(num_steps):
        new = rnn_step(x[:, t], h, Wx, Wh, b)
        h = new if mask is None else np.where(mask[:, t, np.newaxis], new, h)
        states[:, t] = h if mask is None else h * mask[:, t, np.newaxis]
    return states
