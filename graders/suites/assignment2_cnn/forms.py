"""What public and hidden checks share: forms of answers, and values to be given."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from graders.checks import Student, failed, holds
from graders.checks import is_array as array
from graders.records import Finding
from graders.wire import Generator, Opaque

IMAGES = "N H W C"


def generator(seed: int) -> Any:
    """What becomes a `numpy.random.Generator` in the worker."""
    return Generator(seed)


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
