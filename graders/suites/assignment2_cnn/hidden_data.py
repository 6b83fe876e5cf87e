"""Hidden checks of A2.7 and A2.8: splits and augmentation."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np

from graders.checks import Gates, Student, check, holds
from graders.records import Finding
from graders.suites.assignment2_cnn import variations
from graders.suites.assignment2_cnn.data import digits, prepare_checks
from graders.suites.assignment2_cnn.forms import (
    generator,
    nothing_changed,
    pair_has_form,
    splits_have_form,
)
from graders.suites.assignment2_cnn.measures import require

__all__ = ["prepare_checks"]

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
        # The mean of m positions out of N that chance has chosen has a standard
        # deviation of N / sqrt(12 m); less, as none is chosen twice. A right split
        # lies beyond five of them less than once in a million; if the data is cut in
        # order, train, val and test lie 13, 8 and 15 of them away.
        spread = len(y) / np.sqrt(12 * len(index))
        yield holds(
            abs(float(index.mean()) - len(y) / 2) < 5 * spread,
            f"The split {name} takes its images from one part of the data.",
            misconception="split_without_shuffle",
        )
    for name, index in zip(("train", "val", "test"), positions, strict=True):
        # Cutting a class twice rounds by at most 1.5 images, and rounded sizes of the
        # splits shift what is wanted by about half an image. Where chance decides, a
        # class of 60 is off by about 3 in each split, and the worst of ten classes in
        # three splits was never below 2.8 in 20,000 drawn splits.
        wanted = np.bincount(y, minlength=10) * len(index) / len(y)
        worst = float(np.abs(np.bincount(y[index], minlength=10) - wanted).max())
        yield holds(
            worst < 2.5,
            f"In the split {name} a class is off by {worst:.0f} images.",
            misconception="split_not_stratified",
        )
    # Where chance decides, two neighbours of a class are both in val, or both in test,
    # 47 times (standard deviation 7); never, if a class is dealt out by turns.
    yield holds(
        _neighbours_together(positions, y) >= 8,
        "The images are dealt to the splits by turns, in the order they came in.",
        misconception="split_without_shuffle",
    )


def _neighbours_together(positions: list[np.ndarray], y: np.ndarray) -> int:
    """How often images that follow each other in their class share val or test."""
    split_of = np.zeros(len(y), int)
    for number, index in enumerate(positions):
        split_of[index] = number
    order = np.argsort(y, kind="stable")
    split, label = split_of[order], y[order]
    same = (split[1:] == split[:-1]) & (label[1:] == label[:-1])
    return int(np.sum(same & (split[1:] > 0)))


# --- A2.8 -------------------------------------------------------------------


def _augmented(student: Student, x: np.ndarray, y: np.ndarray, seed: int) -> np.ndarray:
    result = student.augment(x, y, generator(seed))
    require(pair_has_form(result, x, y))
    return np.asarray(result[0], float)


def _by_seed(student: Student, x: np.ndarray) -> Callable[[int], np.ndarray]:
    """Variations of the images by their seed, each asked for once."""
    y = np.arange(len(x)) % 10

    @cache
    def augmented(seed: int) -> np.ndarray:
        with student.seeded(seed):
            return _augmented(student, x, y, seed)

    return augmented


Motion = Callable[[int], tuple[np.ndarray, np.ndarray]]


def _motion(augmented: Callable[[int], np.ndarray]) -> Motion:
    """How a bar is shifted (N, 2) and turned (N,), by the seed."""
    return cache(lambda seed: variations.motion(augmented(seed)))


@check("A2.8", title="Nothing is mirrored or turned round")
def upright(student: Student, gates: Gates) -> Iterator[Finding]:
    """96 copies of a sign that looks different from every side."""
    x = variations.signs(96, 12, 12)
    augmented = _by_seed(student, x)
    seen = cache(lambda seed: variations.flips_and_turns(augmented(seed), x))
    yield gates["mirrored"].decide(
        lambda seed: seen(seed)[0] / len(x), misconception="augment_flips"
    )
    yield gates["turned_round"].decide(
        lambda seed: seen(seed)[1] / len(x), misconception="augment_turns"
    )


@check("A2.8", title="Shifts and rotations stay small")
def bounded(student: Student, gates: Gates) -> Iterator[Finding]:
    """A bar in the middle, before and after; and lines along the edges."""
    motion = _motion(_by_seed(student, variations.bars(96)))
    yield gates["largest_shift"].decide(
        lambda seed: float(np.quantile(np.abs(motion(seed)[0]), 0.95)),
        fix="Draw the shift of each axis between -1 and 1.",
    )
    yield gates["largest_angle"].decide(
        lambda seed: float(np.quantile(np.abs(motion(seed)[1]), 0.95)),
        fix="Draw the angle between -15 and 15 degrees; check degrees and radians.",
    )
    lines = _by_seed(student, variations.lines(80))
    # Of several calls the best: one whose images are all shifted alike may lose an
    # edge, which another check is about.
    yield gates["edges"].decide(
        lambda seed: float(
            np.max(
                [variations.light_at_edges(lines(seed + n)) for n in range(4)], axis=0
            ).min()
        ),
        fix="An image that is hardly shifted keeps its outermost rows and columns.",
    )


@check("A2.8", title="Shift, rotation and noise are all there")
def three_variations(student: Student, seed: int, gates: Gates) -> Iterator[Finding]:
    """The spread of each over 96 images."""
    augmented = _by_seed(student, variations.bars(96))
    motion = _motion(augmented)
    alike = "augment_same_for_all" if variations.all_alike(*motion(seed)) else None
    yield gates["spread_of_shifts"].decide(
        lambda seed: float(motion(seed)[0].std(axis=0).min()),
        fix="Give each image a shift of its own along each axis.",
        misconception=alike,
    )
    yield gates["spread_of_angles"].decide(
        lambda seed: float(motion(seed)[1].std()),
        fix="Give each image an angle of its own.",
        misconception=alike,
    )
    for gate in ("least_noise", "most_noise"):
        yield gates[gate].decide(
            lambda seed: variations.noise_level(augmented(seed)),
            fix="Add noise with a standard deviation between 0.01 and 0.1.",
        )


@check("A2.8", title="Images and labels stay together")
def order_stays(student: Student, gates: Gates) -> Finding:
    """A spot at one of five places stays nearest to its own."""
    x = variations.spots(60)
    augmented = _by_seed(student, x)
    return gates["own_place"].decide(
        lambda seed: variations.most_like_themselves(augmented(seed), x),
        misconception="augment_shuffles_images",
    )


@check("A2.8", title="The generator is the only source of randomness")
def only_the_generator(student: Student, seed: int) -> Finding:
    """The same state gives the same images, another state others."""
    x, y = variations.bars(12), np.arange(12) % 10
    first = _augmented(student, x, y, seed)
    again = _augmented(student, x, y, seed)
    other = _augmented(student, x, y, seed + 1)
    return holds(
        bool(np.array_equal(first, again)) and not np.array_equal(first, other),
        "The result does not depend on rng alone.",
        misconception="augment_global_randomness",
    )


@check("A2.8", title="The arguments stay as they were")
def augment_leaves_arguments(student: Student, seed: int) -> Finding:
    """The images are asked for again after the call."""
    x, y = digits("train").x[:16], digits("train").y[:16]
    _augmented(student, x, y, seed)
    changed = student.changed
    return holds(
        not changed,
        f"`augment` changes its argument {' and '.join(changed)} in place.",
        misconception="augment_overwrites_input",
    )
