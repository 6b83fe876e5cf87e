"""Right values, and the calls of A2.2 to A2.4 that public and hidden checks share."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from graders.checks import Student, close, failed
from graders.records import Finding, Outcome
from graders.suites.assignment2_cnn import oracle, wrong

IMAGES = "N H W C"
MAPS = "N H' W' F"


def size_table(
    x: np.ndarray, w: np.ndarray, stride: tuple[int, int] = (1, 1)
) -> list[tuple[tuple[int, ...], int]]:
    """Right values of `output_size` for one convolution, padded already or not."""
    rows: list[tuple[tuple[int, ...], int]] = []
    for axis in (0, 1):
        n, k, step = x.shape[1 + axis], w.shape[axis], stride[axis]
        for total in range(k):
            size = oracle.output_size(n + total, k, step)
            rows.append(((n + total, k, step, 0), size))
            if total % 2 == 0:
                rows.append(((n, k, step, total // 2), size))
    return rows


def pool_table(
    x: np.ndarray, size: tuple[int, int], stride: tuple[int, int]
) -> list[tuple[tuple[int, ...], int]]:
    """Right values of `output_size` for one pooling."""
    return [
        ((n, k, step, 0), oracle.output_size(n, k, step))
        for n, k, step in zip(x.shape[1:3], size, stride, strict=True)
    ]


def padding_table(
    x: np.ndarray, w: np.ndarray, stride: tuple[int, int]
) -> list[tuple[tuple[int, ...], tuple[int, int]]]:
    """Right values of `same_padding` for one convolution."""
    return [
        ((n, k, step), oracle.same_padding(n, k, step))
        for n, k, step in zip(x.shape[1:3], w.shape[:2], stride, strict=True)
    ]


def same_conv(
    student: Student,
    x: np.ndarray,
    w: np.ndarray,
    b: np.ndarray,
    stride: tuple[int, int],
) -> Any:
    """The student's convolution with padding "same", given right paddings."""
    sizes, paddings = size_table(x, w, stride), padding_table(x, w, stride)
    given = student.given(output_size=sizes, same_padding=paddings)
    return given.conv2d(x, w, b, stride, "same")


def gradients_are_right(
    student: Student,
    dout: np.ndarray,
    x: np.ndarray,
    w: np.ndarray,
    stride: tuple[int, int] | None = None,
    which: str = "dx dw db",
    sizes: list[Any] | None = None,
) -> Iterator[Finding]:
    """The form of the three gradients, and the values of some of them.

    Without a stride, the function is called without one. `sizes` are right values of
    `output_size`; all, if there are none.
    """
    args = (dout, x, w) if stride is None else (dout, x, w, stride)
    stride = stride or (1, 1)
    table = size_table(x, w, stride) if sizes is None else sizes
    got = student.given(output_size=table).conv2d_backward(*args)
    of = "`conv2d_backward`"
    if not (isinstance(got, tuple | list) and len(got) == 3):
        yield failed(
            f"{of} does not return three arrays.", fix="Return `(dx, dw, db)`."
        )
        return
    want = oracle.conv2d_backward(dout, x, w, stride)
    suspects: dict[str, wrong.Suspects] = {
        "dx": wrong.dx(dout, x, w, stride),
        "dw": wrong.dw(dout, x, w, stride),
        "db": [],
    }
    axes = {"dx": IMAGES, "dw": "kh kw C F", "db": "F"}
    for name, value, right in zip(("dx", "dw", "db"), got, want, strict=True):
        label = f"{name} of {of}"
        if name not in which.split():
            continue
        finding = close(
            value, right, of=label, axes=axes[name], suspects=suspects[name]
        )
        if name == "db" and isinstance(value, np.ndarray):
            finding = _named(finding, "db_wrong_axis")
        yield finding


def _named(finding: Finding, misconception: str) -> Finding:
    """With the only misconception there is about this value."""
    if finding.outcome is Outcome.PASSED:
        return finding
    return replace(finding, misconception=misconception)


def convolution(
    student: Student, x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: Any
) -> Finding:
    """One call with padding "valid", compared with the oracle."""
    table = size_table(x, w, stride)
    return close(
        student.given(output_size=table).conv2d(x, w, b, stride),
        oracle.conv2d(x.astype(float), w, b, stride),
        of="`conv2d`",
        axes=MAPS,
        suspects=wrong.conv2d(x, w, b, stride),
        shape_suspects=[("stride_axes_swapped", _swapped_shape(x, w, stride))],
    )


def _swapped_shape(x: np.ndarray, w: np.ndarray, stride: Any) -> tuple[int, ...]:
    height = oracle.output_size(x.shape[1], w.shape[0], stride[1])
    width = oracle.output_size(x.shape[2], w.shape[1], stride[0])
    return (len(x), height, width, w.shape[3])


def pooling(
    student: Student, x: np.ndarray, size: tuple[int, int], stride: tuple[int, int]
) -> Finding:
    """One call, compared with the oracle."""
    got = student.given(output_size=pool_table(x, size, stride)).max_pool(
        x, size, stride
    )
    return close(
        got,
        oracle.max_pool(x, size, stride),
        of="`max_pool`",
        axes="N H' W' C",
        suspects=wrong.max_pool(x, size, stride),
        shape_suspects=wrong.ragged_shape(x, size, stride),
    )
