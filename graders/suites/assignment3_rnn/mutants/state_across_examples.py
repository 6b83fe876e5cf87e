"""The state of one example goes on into the next one."""
# ruff: noqa: F821

import numpy as np


def rnn_forward(x, h0, Wx, Wh, b, mask=None):
    num_examples, num_steps, _ = x.shape
    states = np.empty((num_examples, num_steps, h0.shape[1]), np.result_type(x, h0, Wx))
    h = h0[:1]
    for n in range(num_examples):
        for t in range(num_steps):
            if mask is None or mask[n, t]:
                h = rnn_step(x[n : n + 1, t], h, Wx, Wh, b)
            states[n, t] = h[0]
    return states
