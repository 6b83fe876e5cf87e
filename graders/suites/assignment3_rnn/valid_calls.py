"""Calls that the handout allows, drawn widely and independently of the checks.

Validation compares a changed function with the original on them: if both agree, the
change is no fault.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Rng = np.random.Generator
Args = tuple[Any, ...]
Array = np.ndarray


def _sizes(rng: Rng, count: int, most: int = 6) -> list[int]:
    return [int(size) for size in rng.integers(1, most + 1, count)]


def _any_size(rng: Rng) -> float:
    """Small, ordinary, or so large that cells saturate."""
    return float(rng.choice([0.1, 1.0, 10.0]))


def _step(rng: Rng) -> Args:
    n, d, h = _sizes(rng, 3)
    size = _any_size(rng)
    return (
        size * rng.normal(size=(n, d)),
        np.tanh(rng.normal(size=(n, h))),
        rng.normal(size=(d, h)),
        rng.normal(size=(h, h)),
        rng.normal(size=h),
    )


def _sequence(rng: Rng, size: float) -> tuple[Array, Array, Array, Array, Array]:
    n, t, d, h = _sizes(rng, 4)
    return (
        size * rng.normal(size=(n, t, d)),
        np.tanh(rng.normal(size=(n, h))),
        rng.normal(size=(d, h)),
        rng.normal(size=(h, h)) / np.sqrt(h),
        rng.normal(size=h),
    )


def _forward(rng: Rng) -> Args:
    """No mask named, None, and masks of any share, all and nothing too."""
    args = _sequence(rng, _any_size(rng))
    kind = rng.integers(4)
    if kind < 2:
        return args if kind == 0 else (*args, None)
    share = rng.choice([0.0, 0.3, 0.7, 1.0])
    return (*args, rng.uniform(size=args[0].shape[:2]) < share)


def _backward(rng: Rng) -> Args:
    args = _sequence(rng, 1.0)
    n, t, _ = args[0].shape
    return (rng.normal(size=(n, t, args[1].shape[1])), *args)


def _gates(rng: Rng, count: int, states: int) -> Args:
    n, d, h = _sizes(rng, 3)
    size = _any_size(rng)
    return (
        size * rng.normal(size=(n, d)),
        np.tanh(rng.normal(size=(n, h))),
        *(size * rng.normal(size=(states - 1, n, h))),
        rng.normal(size=(d, count * h)),
        rng.normal(size=(h, count * h)),
        size * rng.normal(size=count * h),
    )


def _clip(rng: Rng) -> Args:
    """Limits below and above the norm; now and then zeros, or one array alone."""
    size = float(rng.choice([0.0, 1e-3, 1.0, 100.0]))
    shapes = [
        _sizes(rng, int(rng.integers(1, 4)), 4) for _ in range(rng.integers(1, 5))
    ]
    grads = [size * rng.normal(size=shape) for shape in shapes]
    return grads, float(10 ** rng.uniform(-3, 3))


def _ids(rng: Rng, length: int) -> Array:
    return rng.integers(0, 40, length)


def _windows(rng: Rng) -> Args:
    """Streams just long enough for one window, and far longer."""
    T, stride = (int(size) for size in rng.integers(1, 10, 2))
    length = T + 1 + int(rng.integers(2) * rng.integers(0, 40))
    return _ids(rng, length), T, stride


def _split(rng: Rng) -> Args:
    """No share whose part of the stream ends near a half, which goes either way."""
    while True:
        length, share = int(rng.integers(5, 80)), float(rng.uniform(0.02, 0.98))
        if abs(share * length % 1 - 0.5) > 0.01:
            return _ids(rng, length), share


def _likelihood(rng: Rng) -> Args:
    b, t = _sizes(rng, 2)
    v = int(rng.integers(2, 8))
    size = float(rng.choice([0.0, 1.0, 5.0]))
    args = (size * rng.normal(size=(b, t, v)), rng.integers(0, v, (b, t)))
    kind = rng.integers(4)
    if kind < 2:
        return args if kind == 0 else (*args, None)
    mask = rng.uniform(size=(b, t)) < rng.uniform()
    mask[rng.integers(b), rng.integers(t)] = True
    return (*args, mask)


def _nll(rng: Rng) -> Args:
    """Logits in the thousands as well."""
    logits, *others = _likelihood(rng)
    return (logits * float(rng.choice([1.0, 1000.0])), *others)


def _pairs(rng: Rng) -> Args:
    def ids() -> list[int]:
        found: list[int] = rng.integers(3, 50, rng.integers(1, 9)).tolist()
        return found

    return ([(ids(), ids()) for _ in range(rng.integers(1, 8))],)


def _series(rng: Rng) -> Args:
    """Series just long enough for one window, and far longer."""
    window, horizon = (int(size) for size in rng.integers(1, 8, 2))
    length = window + horizon + int(rng.integers(2) * rng.integers(0, 30))
    return rng.normal(size=length), window, horizon


def _forecast(rng: Rng) -> Args:
    n, window, horizon = _sizes(rng, 3, 8)
    return rng.normal(size=(n, window, 1)), horizon


CALLS: Mapping[str, Callable[[Rng], Args]] = {
    "rnn_step": _step,
    "rnn_forward": _forward,
    "lstm_step": lambda rng: _gates(rng, 4, 2),
    "gru_step": lambda rng: _gates(rng, 3, 1),
    "rnn_backward": _backward,
    "clip_by_global_norm": _clip,
    "make_windows": _windows,
    "split_stream": _split,
    "nll": _nll,
    "perplexity": _likelihood,
    "seq2seq_batches": _pairs,
    "series_windows": _series,
    "naive_forecast": _forecast,
}
