"""What public and hidden checks share: forms of answers, and values to be given."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from graders.checks import Student, close, failed, holds
from graders.checks import is_array as array
from graders.records import Finding, Outcome
from graders.suites.assignment2_cnn import oracle, wrong
from graders.wire import Generator, Opaque

IMAGES = "N H W C"
MAPS = "N H' W' F"


def generator(seed: int) -> Any:
    """What becomes a `numpy.random.Generator` in the worker."""
    return Generator(seed)


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
    stride: tuple[int, int],
    which: str = "dx dw db",
    sizes: list[Any] | None = None,
) -> Iterator[Finding]:
    """The form of the three gradients, and the values of some of them.

    `sizes` are right values of `output_size`; all, if there are none.
    """
    table = size_table(x, w, stride) if sizes is None else sizes
    got = student.given(output_size=table).conv2d_backward(dout, x, w, stride)
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


def kernels_are_named(kernels: Any) -> Finding:
    """A dict of five 3x3 arrays of numbers."""
    names = ["identity", "sobel_x", "sobel_y", "blur", "laplace"]
    if not isinstance(kernels, dict):
        return failed(
            "`named_kernels` does not return a dict.",
            fix="Return one dict from names to arrays.",
        )
    for name in names:
        if name not in kernels:
            return failed(
                f"The key {name!r} is missing.", fix=f"Use the keys {', '.join(names)}."
            )
        finding = array(kernels[name], (3, 3), of=f"The kernel {name!r}", axes="kh kw")
        if finding.what:
            return finding
    return holds(True, "")


def splits_have_form(splits: Any, num_images: int) -> Finding:
    """Three pairs of float32 (n, 8, 8, 1) in [0, 1] and int (n,), 60/20/20."""
    fix = "Return `((x_train, y_train), (x_val, y_val), (x_test, y_test))`."
    if not (isinstance(splits, tuple | list) and len(splits) == 3):
        return failed("`prepare` does not return three splits.", fix=fix)
    for name, part, share in zip(
        ("train", "val", "test"), splits, (0.6, 0.2, 0.2), strict=True
    ):
        if not (isinstance(part, tuple | list) and len(part) == 2):
            return failed(f"The split {name} is not a pair `(x, y)`.", fix=fix)
        x, y = part
        finding = _images_have_form(x, name)
        if finding.what:
            return finding
        finding = array(y, (len(x),), of=f"y_{name}", axes="n", kinds="iu")
        if finding.what:
            return finding
        # Stratified splits round once per class, so a few images either way.
        if abs(len(x) - share * num_images) > 12:
            return failed(
                f"The split {name} has {len(x)} of {num_images} images; about"
                f" {share:.0%} are asked for.",
                fix="Split into 60, 20 and 20 percent.",
            )
    return holds(True, "")


def _images_have_form(x: Any, name: str) -> Finding:
    of = f"x_{name}"
    finding = array(x, of=of, kinds="iuf")
    if finding.what:
        return finding
    if x.ndim == 3:
        return failed(
            f"{of} has the shape {x.shape}; (n, 8, 8, 1) is right.",
            misconception="channel_axis_missing",
        )
    finding = array(x, (*x.shape[:1], 8, 8, 1), of=of, axes="n H W C")
    if finding.what:
        return finding
    if not x.size:
        return failed(f"{of} holds no image.", fix="Split into 60, 20 and 20 percent.")
    if x.dtype.kind == "f" and x.max() > 1.001:
        return failed(f"{of} is not between 0 and 1.", misconception="not_scaled")
    if set(np.unique(x)) <= {0, 1}:
        return failed(
            f"{of} holds only zeros and ones.", misconception="integer_division"
        )
    if x.dtype != np.float32:
        return failed(
            f"{of} has the dtype {x.dtype}; float32 is right.",
            fix='Convert it with astype("float32").',
        )
    return holds(float(x.min()) >= 0, f"{of} has values below 0.", fix="Divide by 16.")


def pair_has_form(result: Any, x: np.ndarray, y: np.ndarray) -> Finding:
    """`(x', y')` shaped as before, the labels equal."""
    if not (isinstance(result, tuple | list) and len(result) == 2):
        return failed(
            "`augment` does not return a pair.", fix="Return `(x', y')`, both arrays."
        )
    finding = array(result[0], x.shape, of="x'", axes=IMAGES, kinds="f")
    if finding.what:
        return finding
    finding = array(result[1], y.shape, of="y'", axes="N", kinds="iu")
    if finding.what:
        return finding
    return holds(
        bool(np.array_equal(result[1], y)),
        "y' is not in the order of y.",
        misconception="augment_shuffles_images",
    )


def history_is_complete(
    student: Student, trained: Any, epochs: int
) -> Iterator[Finding]:
    """A History with a finite loss and validation loss for each epoch."""
    of = "`train`"
    if not isinstance(trained, Opaque):
        yield failed(
            f"{of} returned no History.", fix="Return what `model.fit` returns."
        )
        return
    question = {"ask": "read", "of": trained, "name": "history"}
    values = student.question(question, "Reading `.history` of what `train` returned")
    values = values if isinstance(values, dict) else {}
    for name in ("loss", "val_loss"):
        numbers = values.get(name)
        if not isinstance(numbers, list) or not numbers:
            left_out = "validation_left_out" if name == "val_loss" else None
            yield failed(
                f"The history of {of} has no {name!r}.",
                fix="Return what `model.fit` returns.",
                misconception=left_out,
            )
            return
        yield holds(
            len(numbers) == epochs,
            f"The history has {len(numbers)} values of {name!r} for {epochs} epochs.",
            fix="Pass `epochs` on to `model.fit`.",
        )
        yield holds(
            all(type(n) in (int, float) and np.isfinite(n) for n in numbers),
            f"The history's {name!r} is not finite.",
            fix="Check the loss and the learning rate.",
        )


def nothing_changed(student: Student, of: str) -> Finding:
    """The last call left its arguments alone."""
    changed = " and ".join(student.changed)
    return holds(
        not changed,
        f"{of} changes its argument {changed} in place.",
        fix="Work on a copy: `x = x.copy()`, or write into an array of your own.",
    )
