"""The two steps of the stride are taken for each other."""
# ruff: noqa: F821

import numpy as np


def conv2d(x, w, b, stride=(1, 1), padding="valid"):
    kh, kw, _, num_kernels = w.shape
    step_x, step_y = stride
    if padding == "same":
        rows = same_padding(x.shape[1], kh, step_y)
        columns = same_padding(x.shape[2], kw, step_x)
        x = np.pad(x, ((0, 0), rows, columns, (0, 0)))
    height = output_size(x.shape[1], kh, step_y)
    width = output_size(x.shape[2], kw, step_x)
    out = np.empty((len(x), height, width, num_kernels), np.result_type(x, w, b))
    for i in range(height):
        for j in range(width):
            top, left = i * step_y, j * step_x
            window = x[:, top : top + kh, left : left + kw, :]  # (N, kh, kw, C)
            out[:, i, j, :] = np.tensordot(window, w, axes=3) + b  # (N, F)
    return out
