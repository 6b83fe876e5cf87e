"""The gradients are divided by the number of examples."""
# ruff: noqa: F821

import numpy as np


def rnn_backward(dh, x, h0, Wx, Wh, b):
    states = rnn_forward(x, h0, Wx, Wh, b)
    dx = np.zeros(x.shape, states.dtype)
    dWx, dWh, db = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b)
    from_later = np.zeros_like(h0)
    for t in reversed(range(x.shape[1])):
        before = states[:, t - 1] if t > 0 else h0
        da = (dh[:, t] + from_later) * (1 - states[:, t] ** 2)
        dx[:, t] = da @ Wx.T
        dWx += x[:, t].T @ da
        dWh += before.T @ da
        db += da.sum(axis=0)
        from_later = da @ Wh.T
    return tuple(part / len(x) for part in (dx, from_later, dWx, dWh, db))
