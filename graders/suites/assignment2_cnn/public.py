"""Public checks: small examples, whose inputs and answers a student may see."""

from collections.abc import Iterator

import numpy as np

from graders.checks import Asks, Student, check, close, equal, holds
from graders.checks import is_array as array
from graders.records import Finding
from graders.suites.assignment2_cnn import oracle, wrong
from graders.suites.assignment2_cnn.arrays import (
    MAPS,
    gradients_are_right,
    pool_table,
    same_conv,
    size_table,
)
from graders.suites.assignment2_cnn.data import data_sha256, digits, prepare_checks
from graders.suites.assignment2_cnn.fixtures import build, given_model, run_training
from graders.suites.assignment2_cnn.forms import (
    generator,
    history_is_complete,
    kernels_are_named,
    pair_has_form,
    splits_have_form,
)

__all__ = ["data_sha256", "prepare_checks"]


def ramp(*shape: int) -> np.ndarray:
    """0, 1, 2, ... in a shape."""
    return np.arange(np.prod(shape), dtype=np.float64).reshape(shape)


def named(names: str, args: tuple[int, ...]) -> str:
    """The arguments of a call by their names; the defaults are left out.

    >>> named("n k stride", (8, 3))
    'n=8, k=3'
    """
    return ", ".join(
        f"{name}={n}" for name, n in zip(names.split(), args, strict=False)
    )


@check("A2.1", title="Sizes of small examples")
def sizes(student: Student) -> Iterator[Finding]:
    """n=8 k=3 gives 6; with stride 2 it gives 3; with two zeros at each end 10."""
    for args in [(8, 3), (8, 3, 2), (8, 3, 1, 2)]:
        yield equal(
            student.output_size(*args),
            oracle.output_size(*args),
            of="`output_size`",
            suspects=wrong.sizes(*args),
            detail=f"For {named('n k stride pad', args)}:",
        )


@check("A2.1", title="Same padding of small examples")
def same_paddings(student: Student) -> Iterator[Finding]:
    """n=5 k=3 needs (1, 1), n=8 k=4 (1, 2); n=5 k=2 with stride 2 needs (0, 1)."""
    for args in [(5, 3), (8, 4), (5, 2, 2)]:
        yield equal(
            student.same_padding(*args),
            oracle.same_padding(*args),
            of="`same_padding`",
            suspects=wrong.same_paddings(*args),
            detail=f"For {named('n k stride', args)}:",
        )


@check("A2.2", title="A small image and an uneven kernel")
def small_image(student: Student) -> Finding:
    """x = 0..11 as (1, 3, 4, 1), w = 1..6 as (2, 3, 1, 1), b = 0.5."""
    x, w, b = ramp(1, 3, 4, 1), ramp(2, 3, 1, 1) + 1, np.array([0.5])
    y = student.given(output_size=size_table(x, w)).conv2d(x, w, b)
    want = oracle.conv2d(x, w, b)
    return close(
        y, want, of="`conv2d`", axes=MAPS, suspects=wrong.conv2d(x, w, b, (1, 1))
    )


@check("A2.2", title="Same padding keeps the size of the image")
def same_keeps_size(student: Student) -> Finding:
    """x = 0..19 as (1, 4, 5, 1), a 3x3 kernel of 0..8, stride 1: y is (1, 4, 5, 1)."""
    x, w, b = ramp(1, 4, 5, 1), ramp(3, 3, 1, 1), np.zeros(1)
    y = same_conv(student, x, w, b, (1, 1))
    want = oracle.conv2d(x, w, b, padding="same")
    return close(
        y,
        want,
        of="`conv2d` with padding 'same'",
        axes=MAPS,
        suspects=wrong.conv2d(x, w, b, (1, 1), "same"),
    )


@check("A2.3", title="Gradients of a small example")
def small_gradients(student: Student) -> Iterator[Finding]:
    """x = 0..11 as (1, 3, 4, 1), w = 1..4 as (2, 2, 1, 1), dout all ones, no stride."""
    x, w = ramp(1, 3, 4, 1), ramp(2, 2, 1, 1) + 1
    dout = np.ones((1, 2, 3, 1))
    yield from gradients_are_right(student, dout, x, w)


@check("A2.4", title="Pooling of a small image")
def small_pool(student: Student) -> Finding:
    """x = 0..15 as (1, 4, 4, 1): the largest of each 2x2 block."""
    x = ramp(1, 4, 4, 1)
    y = student.given(output_size=pool_table(x, (2, 2), (2, 2))).max_pool(x)
    want = oracle.max_pool(x, (2, 2), (2, 2))
    return close(y, want, of="`max_pool`", axes="N H' W' C")


@check("A2.5", title="Five kernels of shape (3, 3)")
def five_kernels(student: Student) -> Iterator[Finding]:
    """The names, the shapes, and that identity gives the image back."""
    kernels = student.named_kernels()
    yield kernels_are_named(kernels)
    identity = np.zeros((3, 3))
    identity[1, 1] = 1
    yield close(kernels["identity"], identity, of="The kernel 'identity'", axes="kh kw")


@check("A2.6", title="Parameters and receptive field of small layers")
def small_layers(student: Student) -> Iterator[Finding]:
    """A 3x3 layer from 2 to 4 channels has 76 parameters; two of them see 5 pixels."""
    yield equal(
        student.conv_params(3, 3, 2, 4),
        oracle.conv_params(3, 3, 2, 4, True),
        of="`conv_params`",
        suspects=wrong.params(3, 3, 2, 4, True),
        detail="For (3, 3, 2, 4):",
    )
    layers = [(3, 1), (3, 1)]
    yield equal(
        student.receptive_field(layers),
        oracle.receptive_field(layers),
        of="`receptive_field`",
        detail="For [(3, 1), (3, 1)]:",
    )


@check("A2.7", title="Three splits of the right form")
def form_of_splits(student: Student) -> Iterator[Finding]:
    """For the 1,078 digits of the training set, as uint8 between 0 and 16."""
    split = digits("train")
    pixels = np.rint(split.x[..., 0] * 16).astype(np.uint8)
    splits = student.prepare(pixels, split.y)
    yield splits_have_form(splits, len(split.y))


@check("A2.8", title="Images and labels keep their form")
def form_of_augmented(student: Student, seed: int) -> Iterator[Finding]:
    """The first 20 digits of the training set."""
    x, y = digits("train").x[:20], digits("train").y[:20]
    result = student.augment(x, y, generator(seed))
    yield pair_has_form(result, x, y)
    yield holds(
        not np.allclose(result[0], x, atol=1e-6),
        "`augment` gives the images back as they were.",
        fix="Return the varied copies, not x.",
    )


@check("A2.9", title="A small model for each image size")
def builds(student: Student, clean_room: Asks, seed: int) -> Iterator[Finding]:
    """(8, 8, 1), (12, 12, 1) and (28, 28, 1), each with at most 20,000 parameters."""
    for shape in [(8, 8, 1), (12, 12, 1), (28, 28, 1)]:
        artifact = build(student, clean_room, seed, shape)
        outputs = artifact.trained()(np.zeros((2, *shape), np.float32))
        yield array(outputs, (2, 10), of="The model", axes="B K", kinds="f")


@check("A2.10", title="Two epochs of training give a history")
def history(student: Student, rng: np.random.Generator) -> Iterator[Finding]:
    """A linear classifier that is given, 200 digits to train and 50 to validate."""
    split = digits("train")
    model = given_model(student, rng)
    train, val = (split.x[:200], split.y[:200]), (split.x[200:250], split.y[200:250])
    trained = run_training(student, model, train, val, 2)
    yield from history_is_complete(student, trained, 2)
