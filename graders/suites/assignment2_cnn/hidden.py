"""Hidden checks: fresh inputs, drawn from the seed. Kept from students."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from graders.checks import (
    Artifact,
    Asks,
    Recipe,
    Student,
    at_least,
    check,
    close,
    equal,
    failed,
    holds,
)
from graders.checks import is_array as array
from graders.records import Finding
from graders.suites.assignment2_cnn import oracle, variations, wrong
from graders.suites.assignment2_cnn.data import digits, shifted_digits
from graders.suites.assignment2_cnn.fixtures import (
    build,
    given_conv_model,
    given_model,
    own_cnn,
)
from graders.suites.assignment2_cnn.forms import (
    MAPS,
    conv_suspects,
    generator,
    gradients_are_right,
    history_is_complete,
    kernels_are_named,
    pair_has_form,
    pool_table,
    same_conv,
    size_table,
    splits_have_form,
)

__all__ = ["own_cnn"]

Rng = np.random.Generator
RECIPE = Recipe(epochs=12)
DIGITS_ACCURACY = 0.93
SHIFTED_ACCURACY = 0.65
OWN_ACCURACY = 0.90
GIVEN_ACCURACY = 0.80


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
    cases = [(5, 2, 2), (8, 4, 1), (7, 1, 3), (6, 3, 2), (10, 5, 4)]
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
    """Kernels of 2x2 and 4x3 with strides, on images of odd and even size."""
    for shape, size, stride in [
        ((2, 5, 5, 2), (2, 2), (2, 2)),
        ((1, 6, 9, 2), (4, 3), (1, 2)),
    ]:
        x, w = rng.normal(size=shape), rng.normal(size=(*size, 2, 3))
        b = rng.normal(size=3)
        yield close(
            same_conv(student, x, w, b, stride),
            oracle.conv2d(x, w, b, stride, "same"),
            of="`conv2d` with padding 'same'",
            axes=MAPS,
            suspects=conv_suspects(x, w, b, stride, "same"),
        )


@check("A2.2", title="The arguments stay as they were")
def conv_leaves_arguments(student: Student, rng: Rng) -> Iterator[Finding]:
    """Two calls with the same arrays, checked after each."""
    x, w, b = rng.normal(size=(2, 5, 5, 2)), rng.normal(size=(3, 3, 2, 2)), np.ones(2)
    yield convolution(student, x, w, b, (1, 1))
    yield nothing_changed(student, "`conv2d`")
    same_conv(student, x, w, b, (1, 1))
    yield nothing_changed(student, "`conv2d` with padding 'same'")


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
        suspects=conv_suspects(x, w, b, stride),
        shape_suspects={
            "stride_axes_swapped": _swapped_shape(x, w, stride),
        },
    )


def _swapped_shape(x: np.ndarray, w: np.ndarray, stride: Any) -> tuple[int, ...]:
    height = oracle.output_size(x.shape[1], w.shape[0], stride[1])
    width = oracle.output_size(x.shape[2], w.shape[1], stride[0])
    return (len(x), height, width, w.shape[3])


def nothing_changed(student: Student, of: str) -> Finding:
    """The last call left its arguments alone."""
    changed = " and ".join(student.changed)
    return holds(
        not changed,
        f"{of} changes its argument {changed} in place.",
        fix="Work on a copy: `x = x.copy()`, or write into an array of your own.",
    )


# --- A2.3 -------------------------------------------------------------------


def _backward_case(rng: Rng, stride: tuple[int, int]) -> tuple[Any, ...]:
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


def _or_stride(finding: Finding) -> Finding:
    """Names the stride, where nothing else explains the values."""
    from dataclasses import replace

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
    bump = _ROW**2 + _COLUMN**2
    yield holds(
        abs(float(np.sum(kernel * bump))) > 1e-2 * size,
        "The kernel 'laplace' does not answer to a bump.",
        fix="Compare the middle with the mean of its neighbours.",
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


# --- A2.7 -------------------------------------------------------------------


def _numbered_images(rng: Rng) -> tuple[np.ndarray, np.ndarray]:
    """600 images that all differ, the labels of each writer bunched together."""
    x = rng.integers(0, 17, (600, 8, 8)).astype(np.uint8)
    x[:, 0, 0] = 16  # The largest pixel is 16, whichever way it is looked for.
    y = np.sort(rng.integers(0, 10, 600) + np.repeat([0, 10], 300)) % 10
    return x, y


def _positions(
    splits: Any, x: np.ndarray
) -> tuple[list[np.ndarray], list[np.ndarray], int]:
    """Where each image of each split was in x; and how many are of nowhere."""
    known = {image.tobytes(): index for index, image in enumerate(x)}
    found, labels, strangers = [], [], 0
    for part, y in splits:
        pixels = np.rint(part[..., 0].astype(float) * 16).astype(np.uint8)
        index = np.array([known.get(image.tobytes(), -1) for image in pixels], int)
        strangers += int((index < 0).sum())
        found.append(index[index >= 0])
        labels.append(np.asarray(y)[index >= 0])
    return found, labels, strangers


@check("A2.7", title="uint8 and float images are scaled alike")
def scaling(student: Student, rng: Rng) -> Iterator[Finding]:
    """Every image comes back divided by 16, from integers and from floats."""
    x, y = _numbered_images(rng)
    for kind in (np.uint8, np.float64):
        splits = student.prepare(x.astype(kind), y)
        yield splits_have_form(splits, len(y))
        strangers = _positions(splits, x)[2]
        yield holds(
            strangers == 0,
            f"{strangers} images come back with other pixels than X / 16.",
            fix="Divide the pixels by 16 as floats, and change nothing else.",
        )
    yield nothing_changed(student, "`prepare`")


@check("A2.7", title="Every image is in exactly one split")
def every_image_once(student: Student, rng: Rng) -> Iterator[Finding]:
    """No image twice, none lost."""
    x, y = _numbered_images(rng)
    splits = student.prepare(x, y)
    yield splits_have_form(splits, len(y))
    positions = np.concatenate(_positions(splits, x)[0])
    twice = len(positions) - len(np.unique(positions))
    yield holds(
        twice == 0,
        f"{twice} images are in more than one place.",
        misconception="split_overlap",
    )
    missing = len(y) - len(np.unique(positions))
    yield holds(
        missing == 0,
        f"{missing} of {len(y)} images are in no split.",
        fix="Let the three parts add up to the whole.",
    )


@check("A2.7", title="Every image keeps its own label")
def labels_stay(student: Student, rng: Rng) -> Iterator[Finding]:
    """x and y are shuffled together."""
    x, y = _numbered_images(rng)
    splits = student.prepare(x, y)
    yield splits_have_form(splits, len(y))
    positions, labels, _ = _positions(splits, x)
    wrong_labels = sum(
        int((y[index] != label).sum())
        for index, label in zip(positions, labels, strict=True)
    )
    yield holds(
        wrong_labels == 0,
        f"{wrong_labels} images have another image's label.",
        fix="Use one permutation for x and y.",
    )


@check("A2.7", title="Each split looks like the whole")
def representative(student: Student, rng: Rng) -> Iterator[Finding]:
    """The mix of classes, and of early and late writers."""
    x, y = _numbered_images(rng)
    splits = student.prepare(x, y)
    yield splits_have_form(splits, len(y))
    positions, _, _ = _positions(splits, x)
    for name, index in zip(("train", "val", "test"), positions, strict=True):
        # 5 standard deviations of the mean position of a sample without choice.
        spread = len(y) / np.sqrt(12 * max(len(index), 1))
        yield holds(
            abs(float(index.mean()) - len(y) / 2) < 5 * spread,
            f"The split {name} takes its images from one part of the data.",
            misconception="split_without_shuffle",
        )
    for name, index in zip(("train", "val", "test"), positions, strict=True):
        wanted = np.bincount(y, minlength=10) * len(index) / len(y)
        worst = float(np.abs(np.bincount(y[index], minlength=10) - wanted).max())
        yield holds(
            worst < 2.5,
            f"In the split {name} a class is off by {worst:.0f} images.",
            misconception="split_not_stratified",
        )


# --- A2.8 -------------------------------------------------------------------


def _augmented(
    student: Student, x: np.ndarray, y: np.ndarray, seed: int
) -> Iterator[Any]:
    result = student.augment(x, y, generator(seed))
    yield pair_has_form(result, x, y)
    return np.asarray(result[0], float)


@check("A2.8", title="Nothing is mirrored or turned round")
def upright(student: Student, seed: int) -> Iterator[Finding]:
    """96 copies of a sign that looks different from every side."""
    x, y = variations.signs(96, 12, 12), np.arange(96) % 10
    images = yield from _augmented(student, x, y, seed)
    mirrored, turned = variations.flips_and_turns(images, x)
    yield holds(
        mirrored <= 2,
        f"{mirrored} of {len(x)} images come back mirrored.",
        misconception="augment_flips",
    )
    yield holds(
        turned <= 2,
        f"{turned} of {len(x)} images come back turned by a quarter or a half.",
        misconception="augment_turns",
    )


@check("A2.8", title="Shifts and rotations stay small")
def bounded(student: Student, seed: int) -> Iterator[Finding]:
    """A bar in the middle: its centre and its direction before and after."""
    x, y = variations.bars(96, 13, 17), np.arange(96) % 10
    images = yield from _augmented(student, x, y, seed)
    shift, angle = variations.motion(images, x)
    yield holds(
        float(np.quantile(np.abs(shift), 0.95)) < 1.35,
        "Images are shifted by more than 1 pixel.",
        fix="Draw the shift of each axis between -1 and 1.",
    )
    yield holds(
        float(np.quantile(np.abs(angle), 0.95)) < 20,
        "Images are rotated by more than 15 degrees.",
        fix="Draw the angle between -15 and 15 degrees; check degrees and radians.",
    )


@check("A2.8", title="Shift, rotation and noise are all there")
def three_variations(student: Student, seed: int) -> Iterator[Finding]:
    """The spread of each over 96 images."""
    x, y = variations.bars(96, 13, 13), np.arange(96) % 10
    images = yield from _augmented(student, x, y, seed)
    shift, angle = variations.motion(images, x)
    yield holds(
        variations.all_alike(images) is False,
        "All images of a batch get the same variation.",
        misconception="augment_same_for_all",
    )
    yield holds(
        float(shift.std(axis=0).min()) > 0.15,
        "Images are not shifted along both axes.",
        fix="Give each image a shift of its own along each axis.",
    )
    yield holds(
        float(angle.std()) > 1.5,
        "Images are not rotated.",
        fix="Give each image an angle of its own.",
    )
    level = variations.noise_level(images)
    yield holds(
        0.001 < level < 0.15,
        "There is no noise." if level <= 0.001 else "There is too much noise.",
        fix="Add noise with a standard deviation between 0.01 and 0.1.",
    )


@check("A2.8", title="Images and labels stay together")
def order_stays(student: Student, seed: int) -> Iterator[Finding]:
    """Each image is still most like itself."""
    split = digits("test")
    x, y = split.x[:60], split.y[:60]
    images = yield from _augmented(student, x, y, seed)
    same = variations.most_like_themselves(images, x)
    yield holds(
        same > 0.6,
        "Images are no longer in the order of their labels.",
        misconception="augment_shuffles_images",
    )


@check("A2.8", title="The generator is the only source of randomness")
def only_the_generator(student: Student, seed: int) -> Iterator[Finding]:
    """The same state gives the same images, another state others."""
    x, y = variations.bars(12, 10, 10), np.arange(12) % 10
    first = yield from _augmented(student, x, y, seed)
    again = yield from _augmented(student, x, y, seed)
    other = yield from _augmented(student, x, y, seed + 1)
    yield holds(
        bool(np.array_equal(first, again)) and not np.array_equal(first, other),
        "The result does not depend on rng alone.",
        misconception="augment_global_randomness",
    )


@check("A2.8", title="The arguments stay as they were")
def augment_leaves_arguments(student: Student, seed: int) -> Iterator[Finding]:
    """The images are asked for again after the call."""
    x, y = digits("test").x[:16], digits("test").y[:16]
    yield from _augmented(student, x, y, seed)
    changed = student.changed
    yield holds(
        not changed,
        f"`augment` changes its argument {' and '.join(changed)} in place.",
        misconception="augment_overwrites_input",
    )


# --- A2.9 -------------------------------------------------------------------


@check("A2.9", title="The model ends in logits")
def logits(own_cnn: Artifact, rng: Rng) -> Iterator[Finding]:
    """Neither rows that all add up to 1 nor values that all lie between 0 and 1."""
    x = rng.uniform(0, 1, (64, 8, 8, 1)).astype(np.float32)
    outputs = own_cnn.trained()(4 * x)
    yield array(outputs, (64, 10), of="The model", axes="B K", kinds="f")
    sums = outputs.astype(float).sum(axis=1)
    yield holds(
        not np.allclose(sums, 1, atol=1e-3),
        "The outputs of every image add up to 1: they are probabilities.",
        misconception="softmax_head",
    )
    yield holds(
        bool(outputs.min() < 0 or outputs.max() > 1),
        "All outputs lie between 0 and 1: they are no logits.",
        misconception="softmax_head",
    )


@check("A2.9", title="There is a non-linear activation between the layers")
def nonlinear(own_cnn: Artifact, rng: Rng) -> Iterator[Finding]:
    """By its layers; and superposition, f(x+y) - f(x) - f(y) + f(0) = 0, fails."""
    yield holds(
        own_cnn.has_activation,
        "No layer has an activation.",
        misconception="no_nonlinearity",
    )
    model = own_cnn.trained()
    x, y = rng.uniform(0, 1, (2, 16, 8, 8, 1)).astype(np.float32)
    parts = [model(batch, training=False) for batch in (x + y, x, y, 0 * x)]
    for part in parts:
        yield array(part, (16, 10), of="The model", axes="B K", kinds="f")
    both, first, second, zero = (part.astype(float) for part in parts)
    yield holds(
        float(np.abs(both - first - second + zero).max()) > 1e-4,
        "The model is a linear function of the image.",
        misconception="no_nonlinearity",
    )


@check("A2.9", title="The same image gives the same output")
def deterministic(own_cnn: Artifact, rng: Rng) -> Iterator[Finding]:
    """Two calls as a user would make them."""
    model = own_cnn.trained()
    x = rng.uniform(0, 1, (8, 8, 8, 1)).astype(np.float32)
    outputs = [model(x), model(x)]
    for output in outputs:
        yield array(output, (8, 10), of="The model", axes="B K", kinds="f")
    yield holds(
        np.allclose(*outputs, atol=1e-6),
        "Two calls with the same images give different outputs.",
        misconception="dropout_at_inference",
    )


@check("A2.9", title="It can learn twenty images by heart")
def overfits_twenty(student: Student, clean_room: Asks, seed: int) -> Iterator[Finding]:
    """80 steps over the same 20 digits."""
    split = digits("train")
    model = build(student, clean_room, seed, (8, 8, 1)).fresh()
    recipe = Recipe(epochs=80, learning_rate=5e-3)
    yield from _learns(model, split.x[:20], split.y[:20], split, recipe, 0.95, 20)


@check("A2.9", title="It learns the digits", needs=["logits"])
def learns_digits(student: Student, clean_room: Asks, seed: int) -> Iterator[Finding]:
    """Twelve epochs; judged on images that it was not trained on."""
    train, test = digits("train"), digits("test")
    model = build(student, clean_room, seed, (8, 8, 1)).fresh()
    yield from _learns(model, train.x, train.y, test, RECIPE, DIGITS_ACCURACY)


@check("A2.9", title="It learns digits at any place", needs=["logits"])
def learns_shifted(student: Student, clean_room: Asks, seed: int) -> Iterator[Finding]:
    """On the larger canvas: 0.20 better than a dense network can do."""
    train, test = shifted_digits("train"), shifted_digits("test")
    model = build(student, clean_room, seed, (12, 12, 1)).fresh()
    yield from _learns(model, train.x, train.y, test, RECIPE, SHIFTED_ACCURACY)


def _learns(
    model: Any,
    x: np.ndarray,
    y: np.ndarray,
    held_out: Any,
    recipe: Recipe,
    threshold: float,
    num_held_out: int | None = None,
) -> Iterator[Finding]:
    """Trains with the recipe, and compares the answers with labels kept here."""
    model.fit(x, y, recipe)
    images, labels = held_out.x[:num_held_out], held_out.y[:num_held_out]
    yield from accuracy_is(model, images, labels, threshold)


def accuracy_is(
    model: Any,
    x: np.ndarray,
    labels: np.ndarray,
    threshold: float,
    misconception: str | None = None,
) -> Iterator[Finding]:
    """The share of images whose largest output is at the right class."""
    outputs = model(x, training=False)
    yield array(outputs, of="The model", axes="B K", kinds="f")
    yield holds(
        outputs.ndim == 2 and len(outputs) == len(x), "The model gives no row per image."
    )
    yield at_least(
        float(np.mean(outputs.argmax(axis=1) == labels)),
        threshold,
        of="The accuracy",
        fix="Give the network more kernels or another layer, within the limit of"
        " parameters, and check what each layer does to the shape.",
        misconception=misconception,
    )


# --- A2.10 ------------------------------------------------------------------


@check("A2.10", title="Any classifier that is given is trained")
def trains_given_model(
    student: Student, clean_room: Asks, rng: Rng, seed: int
) -> Iterator[Finding]:
    """A small dense network and digits whose classes have other numbers."""
    train, val, test = digits("train"), digits("validation"), digits("test")
    numbers = rng.permutation(10)
    given = given_model(student, rng, hidden=32)
    trained = student.train(
        given, (train.x, numbers[train.y]), (val.x, numbers[val.y]), 8
    )
    yield from history_is_complete(student, trained, 8)
    artifact = Artifact(student, clean_room, given, of="`train`", seed=seed)
    yield _loss_is_right(artifact)
    yield from accuracy_is(
        artifact.trained(),
        test.x,
        numbers[test.y],
        GIVEN_ACCURACY,
        "loss_summed" if artifact.loss.get("reduction") == "sum" else None,
    )


def _loss_is_right(artifact: Artifact) -> Finding:
    """Where the model tells how it was compiled, the loss must expect logits."""
    name = str(artifact.loss.get("name", "")).lower().replace("_", "")
    plain = name in ("sparsecategoricalcrossentropy", "categoricalcrossentropy")
    if plain and artifact.loss.get("from_logits") is not True:
        return failed(
            "The loss takes the logits for probabilities.",
            misconception="logits_into_probability_loss",
        )
    return holds(True, "")


@check("A2.10", title="Nothing is learned from the validation images")
def validation_is_not_learned(
    student: Student, clean_room: Asks, rng: Rng, seed: int
) -> Iterator[Finding]:
    """A class that occurs in the validation images only."""
    stripes = np.zeros((3, 8, 8, 1), np.float32)
    stripes[0, :3], stripes[1, 3:5], stripes[2, 5:] = 1, 1, 1
    y = np.repeat([0, 1], 48)
    x = stripes[y] + rng.normal(0, 0.05, (96, 8, 8, 1)).astype(np.float32)
    unseen = np.full(96, 2)
    x_val = stripes[unseen] + rng.normal(0, 0.05, (96, 8, 8, 1)).astype(np.float32)
    given = given_model(student, rng, n_classes=3)
    student.train(given, (x, y), (x_val, unseen), 12)
    artifact = Artifact(student, clean_room, given, of="`train`", seed=seed)
    outputs = artifact.trained()(np.concatenate([x, x_val]), training=False)
    yield array(outputs, (192, 3), of="The model", axes="B K", kinds="f")
    chosen = outputs.argmax(axis=1)
    yield holds(
        float(np.mean(chosen[96:] == 2)) < 0.5,
        "The model has learned a class that only the validation images show.",
        misconception="validation_in_training",
    )
    yield at_least(
        float(np.mean(chosen[:96] == y)),
        0.8,
        of="The accuracy on the training images",
        fix="Use an optimizer and a learning rate that work within a few epochs.",
        misconception="loss_summed" if artifact.loss.get("reduction") == "sum" else None,
    )


@check("A2.10", title="The callbacks are told of every epoch")
def callbacks_are_used(student: Student, rng: Rng) -> Iterator[Finding]:
    """A callback that counts."""
    split = digits("train")
    counter = student.question({"ask": "epoch_counter"}, "The given callback")
    given = given_model(student, rng)
    train, val = (split.x[:64], split.y[:64]), (split.x[64:96], split.y[64:96])
    student.train(given, train, val, 3, [counter])
    question = {"ask": "read", "of": counter, "name": "num_epochs"}
    yield holds(
        student.question(question, "Reading the callback") == 3,
        "The callbacks are not told of each epoch.",
        misconception="callbacks_ignored",
    )


@check("A2.10", title="Your own model, trained by your own function")
def own_model_learns(
    student: Student, clean_room: Asks, rng: Rng, seed: int, has_passed: Any
) -> Iterator[Finding]:
    """Ten epochs on the digits; the given network, if A2.9 is not there yet."""
    train, val, test = digits("train"), digits("validation"), digits("test")
    if has_passed("A2.9.learns_digits") and has_passed("A2.9.deterministic"):
        model = student.build_cnn((8, 8, 1), 10)
    else:
        model = given_model(student, rng, hidden=32)
    student.train(model, (train.x, train.y), (val.x, val.y), 10)
    artifact = Artifact(student, clean_room, model, of="`train`", seed=seed)
    yield _loss_is_right(artifact)
    yield from accuracy_is(
        artifact.trained(),
        test.x,
        test.y,
        OWN_ACCURACY,
        "loss_summed" if artifact.loss.get("reduction") == "sum" else None,
    )


@check("A2.10", title="Feature maps are what the layer gives")
def maps_of_a_layer(student: Student, rng: Rng) -> Iterator[Finding]:
    """A given model with known kernels: its convolution, then its pooling."""
    kernels = rng.normal(size=(3, 2, 1, 3)).astype(np.float32)
    bias = rng.normal(size=3).astype(np.float32)
    x = rng.uniform(0, 1, (4, 8, 9, 1)).astype(np.float32)
    model = given_conv_model(student, (8, 9, 1), kernels, bias)
    edges = np.maximum(oracle.conv2d(x.astype(float), kernels, bias), 0)
    pooled = oracle.max_pool(edges, (2, 2), (2, 2))
    wrong_layer = {
        "feature_maps_last_layer": (4, pooled[0].size),
        "feature_maps_layer_input": x.shape,
    }
    for layer, want in [("edges", edges), ("pooled", pooled)]:
        yield close(
            student.feature_maps(model, x, layer),
            want,
            of="`feature_maps`",
            axes="N h w F",
            rtol=1e-3,
            atol=1e-4,
            shape_suspects={**wrong_layer, "feature_maps_layer_input": x.shape}
            if layer == "edges"
            else {**wrong_layer, "feature_maps_layer_input": edges.shape},
        )
