"""Hidden checks of A2.1 to A2.6: NumPy functions, on fresh inputs."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from graders.checks import Student, check, close, equal, holds
from graders.records import Finding
from graders.suites.assignment2_cnn import oracle, wrong
from graders.suites.assignment2_cnn.arrays import (
    MAPS,
    convolution,
    gradients_are_right,
    padding_table,
    pool_table,
    pooling,
    same_conv,
    size_table,
)
from graders.suites.assignment2_cnn.forms import kernels_are_named, nothing_changed
from graders.suites.assignment2_cnn.own_functions import Rows, corrections

Rng = np.random.Generator


# --- A2.1 -------------------------------------------------------------------


@check("A2.1", title="Sizes for many windows, strides and paddings")
def size_table_holds(student: Student, rng: Rng) -> Iterator[Finding]:
    """Cases in which the division does not come out even, then any."""
    cases = [(8, 3, 2, 0), (5, 2, 2, 0), (7, 7, 3, 0), (9, 4, 3, 2)]
    for _ in range(12):
        k = int(rng.integers(1, 8))
        n = k + int(rng.integers(0, 30))
        cases.append((n, k, int(rng.integers(1, 6)), int(rng.integers(0, 4))))
    for case in cases:
        yield equal(
            student.output_size(*case),
            oracle.output_size(*case),
            of="`output_size`",
            suspects=wrong.sizes(*case),
        )


@check("A2.1", title="Same padding for many windows and strides")
def padding_table_holds(student: Student, rng: Rng) -> Iterator[Finding]:
    """Odd totals, windows smaller than the stride, then any."""
    cases = [(5, 2, 2), (8, 4, 1), (7, 1, 3), (6, 3, 2), (10, 5, 4), (6, 1, 4)]
    for _ in range(12):
        n, k = int(rng.integers(1, 30)), int(rng.integers(1, 8))
        cases.append((n, k, int(rng.integers(1, 6))))
    for case in cases:
        yield equal(
            student.same_padding(*case),
            oracle.same_padding(*case),
            of="`same_padding`",
            suspects=wrong.same_paddings(*case),
        )


# --- A2.2 -------------------------------------------------------------------


@check("A2.2", title="One bright pixel shows the kernel as it is")
def impulse(student: Student, rng: Rng) -> Finding:
    """An impulse in the middle of an image, and an uneven, asymmetric kernel."""
    x = np.zeros((1, 7, 8, 1))
    x[0, 3, 4, 0] = 1
    return convolution(student, x, rng.normal(size=(2, 3, 1, 1)), np.zeros(1), (1, 1))


@check("A2.2", title="Strides of different height and width")
def uneven_strides(student: Student, rng: Rng) -> Iterator[Finding]:
    """Given x (2, 9, 7, 3), w (3, 2, 3, 4); stride (2, 1) and then (1, 3)."""
    x, w = rng.normal(size=(2, 9, 7, 3)), rng.normal(size=(3, 2, 3, 4))
    for stride in [(2, 1), (1, 3)]:
        yield convolution(student, x, w, rng.normal(size=4), stride)


@check("A2.2", title="Every channel counts for every kernel")
def channels_and_kernels(student: Student, rng: Rng) -> Finding:
    """Three channels, four kernels, float32 as Keras would pass it."""
    x = rng.normal(size=(3, 6, 5, 3)).astype(np.float32)
    w = rng.normal(size=(2, 2, 3, 4)).astype(np.float32)
    return convolution(student, x, w, rng.normal(size=4).astype(np.float32), (1, 1))


@check("A2.2", title="The bias is added once")
def bias_alone(student: Student, rng: Rng) -> Finding:
    """With a kernel of zeros the output is the bias, everywhere."""
    x, w = rng.normal(size=(2, 5, 6, 2)), np.zeros((3, 2, 2, 3))
    return convolution(student, x, w, rng.uniform(1, 2, size=3), (1, 1))


@check("A2.2", title="Same padding with an even kernel and a stride")
def same_even_kernels(student: Student, rng: Rng) -> Iterator[Finding]:
    """Kernels of 2x2 and 4x3 with strides; 3x5, where the stride takes a zero away."""
    for shape, size, stride in [
        ((2, 5, 5, 2), (2, 2), (2, 2)),
        ((1, 6, 9, 2), (4, 3), (1, 2)),
        ((1, 6, 8, 2), (3, 5), (2, 2)),
    ]:
        x, w = rng.normal(size=shape), rng.normal(size=(*size, 2, 3))
        b = rng.normal(size=3)
        yield close(
            same_conv(student, x, w, b, stride),
            oracle.conv2d(x, w, b, stride, "same"),
            of="`conv2d` with padding 'same'",
            axes=MAPS,
            suspects=wrong.conv2d(x, w, b, stride, "same"),
            shape_suspects=wrong.symmetric_shapes(x, w, stride),
        )


@check("A2.2", title="The arguments stay as they were")
def conv_leaves_arguments(student: Student, rng: Rng) -> Iterator[Finding]:
    """Two calls with the same arrays, checked after each."""
    x, w, b = rng.normal(size=(2, 5, 5, 2)), rng.normal(size=(3, 3, 2, 2)), np.ones(2)
    yield convolution(student, x, w, b, (1, 1))
    yield nothing_changed(student, "`conv2d`")
    same_conv(student, x, w, b, (1, 1))
    yield nothing_changed(student, "`conv2d` with padding 'same'")


@check(
    "A2.2",
    title="With the file's own output_size and same_padding",
    needs=["uneven_strides", "same_even_kernels"],
)
def conv_end_to_end(student: Student, rng: Rng) -> Iterator[Finding]:
    """Right values only for what those two get wrong, which A2.1 has judged."""
    x, w = rng.normal(size=(2, 7, 6, 2)), rng.normal(size=(3, 2, 2, 3))
    b, stride = rng.normal(size=3), (2, 1)
    tables: dict[str, Rows] = {
        "output_size": size_table(x, w, stride),
        "same_padding": padding_table(x, w, stride),
    }
    wrong_rows = corrections(student, tables)
    if wrong_rows is None:
        return
    for padding in ("valid", "same"):
        yield close(
            student.given(**wrong_rows).conv2d(x, w, b, stride, padding),
            oracle.conv2d(x, w, b, stride, padding),
            of=f"`conv2d` with padding {padding!r}",
            axes=MAPS,
        )


# --- A2.3 -------------------------------------------------------------------


Case = tuple[np.ndarray, np.ndarray, np.ndarray, tuple[int, int]]


def _backward_case(rng: Rng, stride: tuple[int, int]) -> Case:
    """Two images, overlapping windows, everything uneven."""
    x, w = rng.normal(size=(2, 6, 5, 2)), rng.normal(size=(3, 2, 2, 3))
    height = oracle.output_size(6, 3, stride[0])
    width = oracle.output_size(5, 2, stride[1])
    return rng.normal(size=(2, height, width, 3)), x, w, stride


@check("A2.3", title="Gradient with respect to the images")
def gradient_of_images(student: Student, rng: Rng) -> Iterator[Finding]:
    """Overlapping windows: each pixel collects from all of them."""
    yield from gradients_are_right(student, *_backward_case(rng, (1, 1)), "dx")


@check("A2.3", title="Gradient with respect to the kernels")
def gradient_of_kernels(student: Student, rng: Rng) -> Iterator[Finding]:
    """A sum over the batch and over all positions."""
    yield from gradients_are_right(student, *_backward_case(rng, (1, 1)), "dw")


@check("A2.3", title="Gradient with respect to the biases")
def gradient_of_biases(student: Student, rng: Rng) -> Iterator[Finding]:
    """One number per kernel."""
    yield from gradients_are_right(student, *_backward_case(rng, (1, 1)), "db")


@check("A2.3", title="Gradients with strides of different height and width")
def gradients_with_strides(student: Student, rng: Rng) -> Iterator[Finding]:
    """Stride (2, 1), where the last row of the image belongs to no window."""
    case = _backward_case(rng, (2, 1))
    for finding in gradients_are_right(student, *case, "dx dw"):
        yield _or_stride(finding)


@check("A2.3", title="The arguments stay as they were")
def backward_leaves_arguments(student: Student, rng: Rng) -> Iterator[Finding]:
    """The gradients are new arrays."""
    yield from gradients_are_right(student, *_backward_case(rng, (1, 1)))
    yield nothing_changed(student, "`conv2d_backward`")


@check(
    "A2.3",
    title="With the file's own output_size",
    needs=["gradients_with_strides"],
)
def backward_end_to_end(student: Student, rng: Rng) -> Iterator[Finding]:
    """Right values only for what it gets wrong, which A2.1 has judged."""
    dout, x, w, stride = _backward_case(rng, (1, 2))
    wrong_rows = corrections(student, {"output_size": size_table(x, w, stride)})
    if wrong_rows is not None:
        yield from gradients_are_right(
            student, dout, x, w, stride, sizes=wrong_rows["output_size"]
        )


def _or_stride(finding: Finding) -> Finding:
    """Names the stride, where nothing else explains the values."""
    if finding.what and finding.misconception is None:
        return replace(finding, misconception="backward_stride_forgotten")
    return finding


# --- A2.4 -------------------------------------------------------------------


@check("A2.4", title="Windows in which every value is negative")
def pool_negatives(student: Student, rng: Rng) -> Finding:
    """All values between -9 and -1."""
    return pooling(student, rng.uniform(-9, -1, (2, 4, 6, 2)), (2, 2), (2, 2))


@check("A2.4", title="Each channel is pooled by itself")
def pool_channels(student: Student, rng: Rng) -> Finding:
    """Three channels of positive values."""
    return pooling(student, rng.uniform(1, 9, (2, 4, 6, 3)), (2, 2), (2, 2))


@check("A2.4", title="Rows and columns that do not fill a window are dropped")
def pool_ragged(student: Student, rng: Rng) -> Finding:
    """Odd height and width."""
    return pooling(student, rng.uniform(1, 9, (2, 5, 7, 2)), (2, 2), (2, 2))


@check("A2.4", title="Windows that overlap, of different height and width")
def pool_overlaps(student: Student, rng: Rng) -> Iterator[Finding]:
    """Size (3, 2) with stride (2, 1); the image stays as it was."""
    yield pooling(student, rng.normal(size=(2, 7, 6, 2)), (3, 2), (2, 1))
    yield nothing_changed(student, "`max_pool`")


@check(
    "A2.4",
    title="With the file's own output_size",
    needs=["pool_ragged", "pool_overlaps"],
)
def pool_end_to_end(student: Student, rng: Rng) -> Iterator[Finding]:
    """Right values only for what it gets wrong, which A2.1 has judged."""
    x, size, stride = rng.uniform(1, 9, (2, 8, 7, 2)), (3, 2), (2, 3)
    wrong_rows = corrections(student, {"output_size": pool_table(x, size, stride)})
    if wrong_rows is not None:
        yield close(
            student.given(**wrong_rows).max_pool(x, size, stride),
            oracle.max_pool(x, size, stride),
            of="`max_pool`",
            axes="N H' W' C",
        )


# --- A2.5 -------------------------------------------------------------------

_SOBEL_X = np.outer([1.0, 2.0, 1.0], [-1.0, 0.0, 1.0])
_ROW, _COLUMN = np.mgrid[-1:2, -1:2].astype(float)


def _kernel(student: Student, name: str) -> tuple[Any, Finding]:
    kernels = student.named_kernels()
    finding = kernels_are_named(kernels)
    return (None if finding.what else kernels[name].astype(float)), finding


@check("A2.5", title="sobel_x answers to a change from left to right")
def sobel_x(student: Student) -> Iterator[Finding]:
    """Any multiple of the classic kernel, of either sign."""
    yield from _sobel(student, "sobel_x", _SOBEL_X)


@check("A2.5", title="sobel_y answers to a change from top to bottom")
def sobel_y(student: Student) -> Iterator[Finding]:
    """The same, turned."""
    yield from _sobel(student, "sobel_y", _SOBEL_X.T)


def _sobel(student: Student, name: str, template: np.ndarray) -> Iterator[Finding]:
    kernel, finding = _kernel(student, name)
    yield finding
    across = abs(_cosine(kernel, template))
    turned = abs(_cosine(kernel, template.T))
    yield holds(
        turned < 0.99,
        f"The kernel {name!r} answers to changes along the other axis.",
        misconception="sobel_swapped",
    )
    yield holds(
        across > 0.999,
        f"The kernel {name!r} is not a multiple of the Sobel kernel.",
        fix="Smooth along the edge with weights 1, 2, 1 and take the difference"
        " across it.",
    )


@check("A2.5", title="blur is an average")
def blur(student: Student) -> Iterator[Finding]:
    """No negative weight, a sum of 1, the same in all four directions."""
    kernel, finding = _kernel(student, "blur")
    yield finding
    yield holds(
        abs(kernel.sum() - 1) < 1e-3,
        "The weights of 'blur' do not add up to 1.",
        misconception="blur_not_normalised",
    )
    even = np.allclose(kernel, kernel.T) and np.allclose(kernel, kernel[::-1])
    yield holds(
        bool(kernel.min() >= 0 and even and kernel[1, 1] < 0.9),
        "The kernel 'blur' does not spread a pixel evenly over its neighbours.",
        fix="Give all nine places a weight that is not negative.",
    )


@check("A2.5", title="laplace is zero on every linear ramp")
def laplace(student: Student) -> Iterator[Finding]:
    """With four or with eight neighbours, of either sign, of any size."""
    kernel, finding = _kernel(student, "laplace")
    yield finding
    size = max(float(np.abs(kernel).max()), 1e-12)
    for name, image in [("a flat image", 1.0), ("a ramp", _ROW), ("a ramp", _COLUMN)]:
        yield holds(
            abs(float(np.sum(kernel * image))) < 1e-3 * size,
            f"The kernel 'laplace' is not zero on {name}.",
            fix="Its weights add up to zero, and are the same on opposite sides.",
        )
    down, across, saddle = (
        float(np.sum(kernel * image)) for image in (_ROW**2, _COLUMN**2, _ROW * _COLUMN)
    )
    yield holds(
        abs(down + across) > 1e-2 * size,
        "The kernel 'laplace' does not answer to a bump.",
        fix="Compare the middle with the mean of its neighbours.",
    )
    yield holds(
        abs(down - across) < 1e-3 * size and abs(saddle) < 1e-3 * size,
        "The kernel 'laplace' does not answer alike to a bend along either axis.",
        fix="Give neighbours at the same distance the same weight.",
    )


def _cosine(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.sum(a * b) / max(np.linalg.norm(a) * np.linalg.norm(b), 1e-12))


# --- A2.6 -------------------------------------------------------------------


@check("A2.6", title="Parameters of many layers")
def params_table(student: Student, rng: Rng) -> Iterator[Finding]:
    """With and without bias."""
    for bias in (True, False, True, False):
        kh, kw, c_in, c_out = (int(n) for n in rng.integers(2, 9, 4))
        yield equal(
            student.conv_params(kh, kw, c_in, c_out, bias),
            oracle.conv_params(kh, kw, c_in, c_out, bias),
            of="`conv_params`",
            suspects=wrong.params(kh, kw, c_in, c_out, bias),
        )


@check("A2.6", title="Receptive fields of many stacks")
def field_table(student: Student, rng: Rng) -> Iterator[Finding]:
    """Strides early and late in the stack, and layers of size 1."""
    stacks = [[(3, 1), (2, 2), (3, 1)], [(5, 2), (3, 2), (1, 1), (3, 1)], [(7, 3)]]
    for _ in range(5):
        count = int(rng.integers(2, 6))
        sizes, strides = rng.integers(1, 6, count), rng.integers(1, 4, count)
        stacks.append([(int(k), int(s)) for k, s in zip(sizes, strides, strict=True)])
    for layers in stacks:
        yield equal(
            student.receptive_field(layers),
            oracle.receptive_field(layers),
            of="`receptive_field`",
            suspects=wrong.receptive_fields(layers),
        )
