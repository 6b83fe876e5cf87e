"""The right answers, in NumPy and float64. Compared with Keras by our own tests."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

Pair = tuple[int, int]


def output_size(n: int, k: int, stride: int = 1, pad: int = 0) -> int:
    """Positions of a window along an axis.

    >>> output_size(8, 3, 2)
    3
    """
    return (n + 2 * pad - k) // stride + 1


def same_padding(n: int, k: int, stride: int = 1) -> Pair:
    """TensorFlow's padding before and after an axis.

    >>> same_padding(5, 2, 2)
    (0, 1)
    """
    total = max((-(-n // stride) - 1) * stride + k - n, 0)
    return total // 2, total - total // 2


def pad_same(x: np.ndarray, kernel: Pair, stride: Pair) -> np.ndarray:
    """Images (N, H, W, C) with the zeros that "same" asks for."""
    rows = same_padding(x.shape[1], kernel[0], stride[0])
    columns = same_padding(x.shape[2], kernel[1], stride[1])
    return np.pad(x, ((0, 0), rows, columns, (0, 0)))


def windows(x: np.ndarray, size: Pair, stride: Pair) -> np.ndarray:
    """(N, H', W', C, kh, kw): every window of (N, H, W, C) images."""
    return sliding_window_view(x, size, axis=(1, 2))[:, :: stride[0], :: stride[1]]


def conv2d(
    x: np.ndarray,
    w: np.ndarray,
    b: np.ndarray,
    stride: Pair = (1, 1),
    padding: str = "valid",
) -> np.ndarray:
    """(N, H', W', F): cross-correlation of (N, H, W, C) and (kh, kw, C, F)."""
    if padding == "same":
        x = pad_same(x, w.shape[:2], stride)
    patches = windows(x, w.shape[:2], stride)
    return np.einsum("nijcab,abcf->nijf", patches, w) + b


def conv2d_backward(
    dout: np.ndarray, x: np.ndarray, w: np.ndarray, stride: Pair = (1, 1)
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """`(dx, dw, db)` of sum(dout * conv2d(x, w, b, stride))."""
    patches = windows(x, w.shape[:2], stride)
    dw = np.einsum("nijcab,nijf->abcf", patches, dout)
    dx = np.zeros(x.shape)
    for a in range(w.shape[0]):
        for c in range(w.shape[1]):
            rows = slice(a, a + dout.shape[1] * stride[0], stride[0])
            columns = slice(c, c + dout.shape[2] * stride[1], stride[1])
            dx[:, rows, columns] += np.einsum("nijf,cf->nijc", dout, w[a, c])
    return dx, dw, dout.sum(axis=(0, 1, 2))


def max_pool(x: np.ndarray, size: Pair, stride: Pair) -> np.ndarray:
    """(N, H', W', C): the largest value of each window."""
    return windows(x, size, stride).max(axis=(4, 5))


def conv_params(kh: int, kw: int, c_in: int, c_out: int, bias: bool) -> int:
    """Trainable numbers of a convolution layer."""
    return (kh * kw * c_in + bias) * c_out


def receptive_field(layers: list[Pair]) -> int:
    """Input pixels that one output sees, along one axis.

    >>> receptive_field([(3, 1), (2, 2), (3, 1)])
    8
    """
    field, jump = 1, 1
    for size, stride in layers:
        field, jump = field + (size - 1) * jump, jump * stride
    return field
