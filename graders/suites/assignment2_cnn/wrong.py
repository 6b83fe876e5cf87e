"""The wrong answers that misconceptions give, so that feedback can name them."""

from collections.abc import Callable
from functools import partial

import numpy as np

from graders.suites.assignment2_cnn import oracle
from graders.suites.assignment2_cnn.oracle import Pair

Suspects = list[tuple[str, Callable[[], np.ndarray]]]


def sizes(n: int, k: int, stride: int = 1, pad: int = 0) -> dict[str, int]:
    """What `output_size` gives if ..."""
    return {
        "size_rounds_up": -(-(n + 2 * pad - k) // stride) + 1,
        # Right without padding, so a case without it tells this from the next.
        "padding_counted_once": (n + pad - k) // stride + 1,
        "size_off_by_one": (n + 2 * pad - k) // stride,
    }


def same_paddings(n: int, k: int, stride: int = 1) -> dict[str, Pair]:
    """What `same_padding` gives if ..."""
    before, after = oracle.same_padding(n, k, stride)
    return {
        "same_extra_zero_first": (after, before),
        "same_pads_symmetric": ((k - 1) // 2, (k - 1) // 2),
    }


def conv2d(
    x: np.ndarray,
    w: np.ndarray,
    b: np.ndarray,
    stride: Pair = (1, 1),
    padding: str = "valid",
) -> Suspects:
    """What `conv2d` gives if ..."""
    padded = oracle.pad_same(x, w.shape[:2], stride) if padding == "same" else x
    kh, kw, channels = w.shape[:3]
    suspects: Suspects = [
        ("kernel_flipped", lambda: oracle.conv2d(padded, w[::-1, ::-1], b, stride)),
        ("stride_axes_swapped", lambda: oracle.conv2d(padded, w, b, stride[::-1])),
    ]
    for channel in range(channels):
        only = partial(_one_channel, padded, w, b, stride, channel)
        suspects.append(("channels_not_summed", only))
    for count in (kh * kw * channels, kh * kw, channels):
        bias = b * count
        suspects.append(
            ("bias_inside_window", partial(oracle.conv2d, padded, w, bias, stride))
        )
    if padding == "same":
        for extra in (0, 1):
            symmetric = partial(_symmetric_same, x, w, b, stride, extra)
            suspects.append(("same_conv_symmetric", symmetric))
    return suspects


def _one_channel(
    x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: Pair, channel: int
) -> np.ndarray:
    one = slice(channel, channel + 1)
    return oracle.conv2d(x[..., one], w[:, :, one], b, stride)


def symmetric_shapes(
    x: np.ndarray, w: np.ndarray, stride: Pair
) -> list[tuple[str, tuple[int, ...]]]:
    """Shapes of "same" if both ends get half the kernel, rounded either way."""
    shapes: list[tuple[str, tuple[int, ...]]] = []
    for extra in (0, 1):
        sizes = [
            oracle.output_size(n, k, step, (k - 1 + extra) // 2)
            for n, k, step in zip(x.shape[1:3], w.shape[:2], stride, strict=True)
        ]
        shape = (len(x), sizes[0], sizes[1], w.shape[3])
        shapes.append(("same_conv_symmetric", shape))
    return shapes


def _symmetric_same(
    x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: Pair, extra: int
) -> np.ndarray:
    """Half the kernel before each axis, and enough zeros after it."""
    pads = []
    for axis in (0, 1):
        n, k, step = x.shape[1 + axis], w.shape[axis], stride[axis]
        before = (k - 1 + extra) // 2
        needed = (-(-n // step) - 1) * step + k
        pads.append((before, max(needed - n - before, 0)))
    return oracle.conv2d(np.pad(x, ((0, 0), *pads, (0, 0))), w, b, stride)[
        :, : -(-x.shape[1] // stride[0]), : -(-x.shape[2] // stride[1])
    ]


def dx(dout: np.ndarray, x: np.ndarray, w: np.ndarray, stride: Pair) -> Suspects:
    """What the gradient of the images is if ..."""

    def overwritten() -> np.ndarray:
        out = np.zeros(x.shape)
        for i in range(dout.shape[1]):
            for j in range(dout.shape[2]):
                top, left = i * stride[0], j * stride[1]
                out[:, top : top + w.shape[0], left : left + w.shape[1]] = np.tensordot(
                    dout[:, i, j], w, axes=(1, 3)
                )
        return out

    return [("backward_overwrites", overwritten)]


def dw(dout: np.ndarray, x: np.ndarray, w: np.ndarray, stride: Pair) -> Suspects:
    """What the gradient of the kernels is if ..."""
    right = oracle.conv2d_backward(dout, x, w, stride)[1]
    return [("dw_averaged", lambda: right / len(x))]


def max_pool(x: np.ndarray, size: Pair, stride: Pair) -> Suspects:
    """What `max_pool` gives if ..."""
    right = oracle.max_pool(x, size, stride)
    largest = np.broadcast_to(right.max(axis=3, keepdims=True), right.shape)
    return [
        ("pool_starts_at_zero", lambda: np.maximum(right, 0)),
        ("pool_over_channels", lambda: largest),
    ]


def ragged_shape(
    x: np.ndarray, size: Pair, stride: Pair
) -> list[tuple[str, tuple[int, ...]]]:
    """The shape of `max_pool` if incomplete windows are kept."""
    height = -(-max(x.shape[1] - size[0], 0) // stride[0]) + 1
    width = -(-max(x.shape[2] - size[1], 0) // stride[1]) + 1
    return [("pool_keeps_ragged_edge", (x.shape[0], height, width, x.shape[3]))]


def params(kh: int, kw: int, c_in: int, c_out: int, bias: bool) -> dict[str, int]:
    """What `conv_params` gives if ..."""
    return {
        "bias_not_counted": kh * kw * c_in * c_out,
        "input_channels_not_counted": kh * kw * c_out + bias * c_out,
    }


def receptive_fields(layers: list[Pair]) -> dict[str, int]:
    """What `receptive_field` gives if ..."""
    early, jump = 1, 1
    for size, stride in layers:
        jump *= stride
        early += (size - 1) * jump
    return {
        "stride_ignored": 1 + sum(size - 1 for size, _ in layers),
        "stride_too_early": early,
    }
