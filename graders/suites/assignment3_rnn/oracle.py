"""The right answers, in NumPy and float64. Compared with Keras by our own tests."""

from typing import Any

import numpy as np

PAD, START, END = 0, 1, 2
Array = np.ndarray
Weights = tuple[Array, Array, Array]


def sigmoid(a: Array) -> Array:
    """1 / (1 + exp(-a)).

    >>> float(sigmoid(np.array(0.0)))
    0.5
    """
    return 0.5 * (1 + np.tanh(0.5 * a))


def rnn_step(x: Array, h: Array, Wx: Array, Wh: Array, b: Array) -> Array:
    """(N, H): one step of a simple recurrent layer."""
    return np.tanh(x @ Wx + h @ Wh + b)


def rnn_forward(
    x: Array, h0: Array, weights: Weights, mask: Array | None = None
) -> Array:
    """(N, T, H): the state after every step; a masked step keeps it."""
    states, h = [], h0
    for t in range(x.shape[1]):
        new = rnn_step(x[:, t], h, *weights)
        h = new if mask is None else np.where(mask[:, t, None], new, h)
        states.append(h)
    return np.stack(states, axis=1)


def lstm_step(
    x: Array, h: Array, c: Array, W: Array, U: Array, b: Array
) -> tuple[Array, Array]:
    """`(h', c')` with Keras' order of the gates: i, f, g, o."""
    i, f, g, o = np.split(x @ W + h @ U + b, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


def gru_step(x: Array, h: Array, W: Array, U: Array, b: Array) -> Array:
    """(N, H) with Keras' order z, r, g; the reset gate before the product."""
    z_x, r_x, g_x = np.split(x @ W + b, 3, axis=1)
    z_u, r_u, g_u = np.split(U, 3, axis=1)
    z, r = sigmoid(z_x + h @ z_u), sigmoid(r_x + h @ r_u)
    return z * h + (1 - z) * np.tanh(g_x + (r * h) @ g_u)


def rnn_backward(
    dh: Array, x: Array, h0: Array, weights: Weights
) -> tuple[Array, Array, Array, Array, Array]:
    """`(dx, dh0, dWx, dWh, db)` of sum(dh * rnn_forward(x, h0, weights))."""
    Wx, Wh, _ = weights
    states = rnn_forward(x, h0, weights)
    before = np.concatenate([h0[:, None], states[:, :-1]], axis=1)
    slopes, later = np.empty_like(states), np.zeros_like(h0)
    for t in reversed(range(x.shape[1])):
        slopes[:, t] = (dh[:, t] + later) * (1 - states[:, t] ** 2)
        later = slopes[:, t] @ Wh.T
    dWx = np.einsum("ntd,nth->dh", x, slopes)
    dWh = np.einsum("ntg,nth->gh", before, slopes)
    return slopes @ Wx.T, later, dWx, dWh, slopes.sum(axis=(0, 1))


def global_norm(grads: list[Array]) -> float:
    """Of all numbers of all arrays.

    >>> global_norm([np.array([3.0]), np.array([[4.0]])])
    5.0
    """
    return float(np.sqrt(sum(float(np.sum(grad**2)) for grad in grads)))


def clip_by_global_norm(grads: list[Array], max_norm: float) -> list[Array]:
    """All scaled by one factor, at most 1."""
    norm = global_norm(grads)
    return [grad * (max_norm / norm if norm > max_norm else 1.0) for grad in grads]


def make_windows(ids: Array, T: int, stride: int) -> tuple[Array, Array]:
    """Inputs (n, T), and the ids that follow each, (n, T)."""
    starts = range(0, len(ids) - T, stride)
    x = np.stack([ids[start : start + T] for start in starts])
    y = np.stack([ids[start + 1 : start + 1 + T] for start in starts])
    return x, y


def nlls(logits: Array, targets: Array) -> Array:
    """(B, T): the negative log-likelihood of each target."""
    logits = np.asarray(logits, np.float64)
    shifted = logits - logits.max(axis=-1, keepdims=True)
    log_sum = np.log(np.exp(shifted).sum(axis=-1))
    chosen = np.take_along_axis(shifted, targets[..., None], axis=-1)[..., 0]
    return log_sum - chosen


def nll(logits: Array, targets: Array, mask: Array | None = None) -> float:
    """The mean over the positions that count."""
    losses = nlls(logits, targets)
    return float(losses.mean() if mask is None else losses[mask].mean())


def softmax(logits: Array) -> Array:
    """Probabilities along the last axis."""
    weights = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))


def seq2seq_batches(pairs: list[Any]) -> tuple[Array, Array, Array]:
    """Encoder input, decoder input and decoder output, filled up with 0."""
    return (
        filled([list(source) for source, _ in pairs]),
        filled([[START, *target] for _, target in pairs]),
        filled([[*target, END] for _, target in pairs]),
    )


def filled(rows: list[list[int]]) -> Array:
    """Rows of different lengths as one array, zeros at their ends.

    >>> filled([[5], [6, 7]]).tolist()
    [[5, 0], [6, 7]]
    """
    out = np.zeros((len(rows), max(map(len, rows))), np.int64)
    for number, row in enumerate(rows):
        out[number, : len(row)] = row
    return out


def series_windows(y: Array, window: int, horizon: int) -> tuple[Array, Array]:
    """Pasts (n, window, 1) and what follows each, (n, horizon)."""
    count = len(y) - window - horizon + 1
    x = np.stack([y[k : k + window] for k in range(count)])
    after = np.stack([y[k + window : k + window + horizon] for k in range(count)])
    return x[..., None], after
