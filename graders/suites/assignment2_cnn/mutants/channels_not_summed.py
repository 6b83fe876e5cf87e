"""Each channel overwrites the result of the one before it."""
# ruff: noqa: F821

import numpy as np


def conv2d(x, w, b, stride=(1, 1), padding="valid"):
    kh, kw, num_channels, num_kernels = w.shape
    if padding == "same":
        rows = same_padding(x.shape[1], kh, stride[0])
        columns = same_padding(x.shape[2], kw, stride[1])
        x = np.pad(x, ((0, 0), rows, columns, (0, 0)))
    height = output_size(x.shape[1], kh, stride[0])
    width = output_size(x.shape[2], kw, stride[1])
    out = np.empty((len(x), height, width, num_kernels), np.result_type(x, w, b))
    for i in range(height):
        for j in range(width):
            top, left = i * stride[0], j * stride[1]
            window = x[:, top : top + kh, left : left + kw, :]  # (N, kh, kw, C)
            for c in range(num_channels):
                part = np.tensordot(window[..., c], w[:, :, c, :], axes=2)  # (N, F)
                out[:, i, j, :] = part + b
    return out
