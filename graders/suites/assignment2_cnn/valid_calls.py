"""Calls that are valid by the handout, drawn widely: what a right function must take.

A mutant that answers all of them as its original does is no fault. They know nothing
of the checks, and the checks nothing of them.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from graders.wire import Generator

Rng = np.random.Generator
Pair = tuple[int, int]


def _pair(rng: Rng, low: int, high: int) -> Pair:
    """Two ints from `low` to `high`, mostly different."""
    rows, columns = rng.integers(low, high + 1, 2)
    return int(rows), int(columns)


def _floats(rng: Rng, *shape: int, single: bool) -> np.ndarray:
    """Numbers of either sign, float32 or float64.

    Multiples of 1/8: their products add up exactly in either, in any order.
    """
    eighths = rng.integers(-40, 41, shape) / 8
    return eighths.astype(np.float32 if single else np.float64)


def _axis(rng: Rng) -> tuple[int, int, int]:
    """The size of an axis, a window that fits, and a stride."""
    n = int(rng.integers(1, 40))
    return n, int(rng.integers(1, min(n, 9) + 1)), int(rng.integers(1, 7))


def output_size(rng: Rng) -> tuple[Any, ...]:
    """With and without padding; the defaults, too."""
    args = (*_axis(rng), int(rng.integers(0, 5)))
    return args[: int(rng.integers(2, 5))]


def same_padding(rng: Rng) -> tuple[Any, ...]:
    """The window may be larger than the axis, and smaller than the stride."""
    args = (*(int(n) for n in rng.integers(1, 30, 2)), int(rng.integers(1, 7)))
    return args[: int(rng.integers(2, 4))]


def conv2d(rng: Rng) -> tuple[Any, ...]:
    """Every size on its own; "same" with images smaller than the kernel."""
    single = bool(rng.integers(2))
    num_images, channels, filters = (int(n) for n in rng.integers(1, 4, 3))
    (kh, kw), stride = _pair(rng, 1, 4), _pair(rng, 1, 4)
    padding = str(rng.choice(["valid", "same"]))
    least = (kh, kw) if padding == "valid" else (1, 1)
    height, width = (int(rng.integers(size, 9)) for size in least)
    args = (
        _floats(rng, num_images, height, width, channels, single=single),
        _floats(rng, kh, kw, channels, filters, single=single),
        _floats(rng, filters, single=single),
        stride,
        padding,
    )
    return args if padding == "same" else args[: int(rng.integers(3, 6))]


def conv2d_backward(rng: Rng) -> tuple[Any, ...]:
    """Strides beyond the kernel, and pixels that belong to no window."""
    single = bool(rng.integers(2))
    num_images, channels, filters = (int(n) for n in rng.integers(1, 4, 3))
    kernel = _pair(rng, 1, 4)
    stride = _pair(rng, 1, 4) if rng.integers(3) else (1, 1)
    steps = _pair(rng, 0, 3)
    slopes = [1 + more for more in steps]
    images = [
        size + step * more + int(rng.integers(step))
        for size, step, more in zip(kernel, stride, steps, strict=True)
    ]
    args = (
        _floats(rng, num_images, *slopes, filters, single=single),
        _floats(rng, num_images, *images, channels, single=single),
        _floats(rng, *kernel, channels, filters, single=single),
        stride,
    )
    return args[:3] if stride == (1, 1) else args


def max_pool(rng: Rng) -> tuple[Any, ...]:
    """Values of either sign, windows that overlap and windows with gaps."""
    size, stride = _pair(rng, 1, 4), _pair(rng, 1, 4)
    default = not rng.integers(4)
    size = (2, 2) if default else size
    height, width = (int(rng.integers(least, 10)) for least in size)
    num_images, channels = (int(n) for n in rng.integers(1, 4, 2))
    single = bool(rng.integers(2))
    x = _floats(rng, num_images, height, width, channels, single=single)
    return (x,) if default else (x, size, stride)


def named_kernels(rng: Rng) -> tuple[Any, ...]:
    """Nothing is asked."""
    del rng
    return ()


def conv_params(rng: Rng) -> tuple[Any, ...]:
    """With a bias, without one, and by default."""
    args = (*(int(n) for n in rng.integers(1, 12, 4)), bool(rng.integers(2)))
    return args[: int(rng.integers(4, 6))]


def receptive_field(rng: Rng) -> tuple[Any, ...]:
    """Stacks of one to eight layers."""
    return ([_pair(rng, 1, 5) for _ in range(int(rng.integers(1, 9)))],)


def prepare(rng: Rng) -> tuple[Any, ...]:
    """At least 100 images, as integers and as floats; a mutant draws as it did."""
    num_images = int(rng.integers(100, 260))
    x = rng.integers(0, 17, (num_images, 8, 8))
    kind = np.uint8 if rng.integers(2) else np.float64
    return x.astype(kind), rng.integers(0, 10, num_images)


def augment(rng: Rng) -> tuple[Any, ...]:
    """Images of any size, bright at the edges, too; the same generator for both."""
    num_images, height, width = (int(n) for n in rng.integers((1, 8, 8), (7, 17, 17)))
    x = rng.uniform(0, 1, (num_images, height, width, 1)).astype(np.float32)
    seed = int(rng.integers(1_000_000))
    return x, rng.integers(0, 10, num_images), Generator(seed)


CALLS: Mapping[str, Callable[[Rng], tuple[Any, ...]]] = {
    "output_size": output_size,
    "same_padding": same_padding,
    "conv2d": conv2d,
    "conv2d_backward": conv2d_backward,
    "max_pool": max_pool,
    "named_kernels": named_kernels,
    "conv_params": conv_params,
    "receptive_field": receptive_field,
    "prepare": prepare,
    "augment": augment,
}
