"""Right answers, in NumPy and float64."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

EPSILON = 1e-3  # of Keras' batch normalization
Arrays = Sequence[np.ndarray]


def small_features(
    weights: Arrays, x: np.ndarray, *, batch: bool = False
) -> np.ndarray:
    """What a small given base computes: dense, normalization, dense, dense.

    Args:
        weights: as `fixtures.small_base` draws them.
        x: (N, H, W, C).
        batch: normalize with the batch's own statistics, as in training.
    """
    return small_layers(weights, x, batch=batch)[-1]


def small_layers(
    weights: Arrays, x: np.ndarray, *, batch: bool = False
) -> list[np.ndarray]:
    """The outputs of its three dense layers, (N, units) each."""
    w1, b1, gamma, beta, mean, var, w2, b2, w3, b3 = (_wide(w) for w in weights)
    first = np.tanh(_wide(x).reshape(len(x), -1) @ w1 + b1)
    if batch:
        mean, var = first.mean(axis=0), first.var(axis=0)
    normal = gamma * (first - mean) / np.sqrt(var + EPSILON) + beta
    second = np.tanh(normal @ w2 + b2)
    return [first, second, np.tanh(second @ w3 + b3)]


def features(weights: Arrays, x: np.ndarray, *, batch: bool = False) -> np.ndarray:
    """The features of the pretrained base, (N, 12, 12, 1) -> (N, 48)."""
    k1, b1, k2, b2, gamma, beta, mean, var, w, b = (_wide(one) for one in weights)
    maps = _pool(np.maximum(_conv(_wide(x), k1) + b1, 0))
    maps = _conv(maps, k2) + b2
    if batch:
        mean, var = maps.mean(axis=(0, 1, 2)), maps.var(axis=(0, 1, 2))
    maps = gamma * (maps - mean) / np.sqrt(var + EPSILON) + beta
    maps = _pool(np.maximum(maps, 0))
    return np.maximum(maps.reshape(len(x), -1) @ w + b, 0)


def cross_entropy(logits: np.ndarray, y: np.ndarray) -> float:
    """The mean over the batch."""
    logits = _wide(logits)
    shifted = logits - logits.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return float(-logs[np.arange(len(y)), y].mean())


def softmax(x: np.ndarray) -> np.ndarray:
    """Along the last axis."""
    grown = np.exp(x - x.max(axis=-1, keepdims=True))
    return grown / grown.sum(axis=-1, keepdims=True)


def lora(x: np.ndarray, dense: Arrays, update: Arrays, scale: float) -> np.ndarray:
    """x W + b + scale (x A) B, before any activation."""
    (w, b), (down, up) = dense, update
    return _wide(x) @ w + b + scale * (_wide(x) @ down) @ up


def adapter(
    x: np.ndarray, down: Arrays, up: Arrays, act: Callable[[np.ndarray], np.ndarray]
) -> np.ndarray:
    """x + up(act(down(x)))."""
    return _wide(x) + act(_wide(x) @ down[0] + down[1]) @ up[0] + up[1]


def relu(x: np.ndarray) -> np.ndarray:
    """max(x, 0)."""
    return np.maximum(x, 0)


def accuracy(outputs: np.ndarray, labels: np.ndarray) -> float:
    """The share of rows whose largest output is at the right class."""
    return float(np.mean(outputs.argmax(axis=1) == labels))


def _conv(x: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """A 3x3 convolution with padding "same"."""
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
    windows = sliding_window_view(padded, (3, 3), axis=(1, 2))  # (N, H, W, C, 3, 3)
    return np.tensordot(windows, kernel, axes=((4, 5, 3), (0, 1, 2)))


def _pool(x: np.ndarray) -> np.ndarray:
    """The largest of each 2x2 block."""
    n, height, width, channels = x.shape
    return x.reshape(n, height // 2, 2, width // 2, 2, channels).max(axis=(2, 4))


def _wide(x: np.ndarray) -> np.ndarray:
    return np.asarray(x, dtype=np.float64)
