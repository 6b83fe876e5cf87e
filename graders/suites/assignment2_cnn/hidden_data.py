"""Hidden checks of A2.7 and A2.8: splits and augmentation."""

from collections.abc import Generator, Iterator
from typing import Any

import numpy as np

from graders.checks import Student, check, holds
from graders.records import Finding
from graders.suites.assignment2_cnn import variations
from graders.suites.assignment2_cnn.data import digits
from graders.suites.assignment2_cnn.forms import (
    generator,
    nothing_changed,
    pair_has_form,
    splits_have_form,
)

Rng = np.random.Generator


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
        yield holds(
            len(index) > 0,
            f"The split {name} holds no image of the data.",
            fix="Divide the pixels by 16 as floats, and change nothing else.",
        )
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
) -> Generator[Finding, None, np.ndarray]:
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
    x, y = variations.bars(96), np.arange(96) % 10
    images = yield from _augmented(student, x, y, seed)
    shift, angle = variations.motion(images)
    yield holds(
        float(np.quantile(np.abs(shift), 0.95)) < 1.35,
        "Images are shifted by more than 1 pixel.",
        fix="Draw the shift of each axis between -1 and 1.",
    )
    yield holds(
        float(np.quantile(np.abs(angle), 0.95)) < 19.5,
        "Images are rotated by more than 15 degrees.",
        fix="Draw the angle between -15 and 15 degrees; check degrees and radians.",
    )


@check("A2.8", title="Shift, rotation and noise are all there")
def three_variations(student: Student, seed: int) -> Iterator[Finding]:
    """The spread of each over 96 images."""
    x, y = variations.bars(96), np.arange(96) % 10
    images = yield from _augmented(student, x, y, seed)
    shift, angle = variations.motion(images)
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
    """A spot at one of five places stays nearest to its own."""
    x, y = variations.spots(60), np.arange(60) % 10
    images = yield from _augmented(student, x, y, seed)
    same = variations.most_like_themselves(images, x)
    yield holds(
        same > 0.9,
        "Images are no longer in the order of their labels.",
        misconception="augment_shuffles_images",
    )


@check("A2.8", title="The generator is the only source of randomness")
def only_the_generator(student: Student, seed: int) -> Iterator[Finding]:
    """The same state gives the same images, another state others."""
    x, y = variations.bars(12), np.arange(12) % 10
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
    x, y = digits("train").x[:16], digits("train").y[:16]
    yield from _augmented(student, x, y, seed)
    changed = student.changed
    yield holds(
        not changed,
        f"`augment` changes its argument {' and '.join(changed)} in place.",
        misconception="augment_overwrites_input",
    )
