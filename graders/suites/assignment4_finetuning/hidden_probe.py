"""Hidden checks of A4.4 and A4.9: features, a probe, forgetting, and curves."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from graders.checks import Gates, Student, check, close, failed, holds
from graders.checks import is_array as array
from graders.records import Finding, Outcome
from graders.suites.assignment4_finetuning import oracle, wrong
from graders.suites.assignment4_finetuning.data import (
    few_labels,
    old_task,
    prepare_checks,
    pretrained,
)
from graders.suites.assignment4_finetuning.fixtures import Rng, pretrained_base
from graders.suites.assignment4_finetuning.forms import (
    accuracy_of,
    arrays_of,
    model_of,
    raises_value_error,
)
from graders.suites.assignment4_finetuning.recording import (
    Entry,
    forgetful_models,
    forgetting_is_right,
    log_of,
    numbered_images,
    recorder,
)

__all__ = ["prepare_checks"]


FEATURES = "`extract_features`"


# --- A4.4 -------------------------------------------------------------------


@check("A4.4", title="Features are what the base gives at inference")
def features_are_of_base(student: Student, rng: Rng) -> Iterator[Finding]:
    """Sixty digits through the pretrained network."""
    base = pretrained_base(student)
    x = old_task().x[rng.choice(len(old_task().x), 60, replace=False)]
    yield close(
        student.extract_features(base.handle, x),
        oracle.features(base.weights, x),
        of=FEATURES,
        axes="N F",
        rtol=1e-3,
        atol=1e-3,
        suspects=wrong.features(base.weights, x),
    )
    after = arrays_of(student, base.handle, base.weights)
    yield holds(
        all(np.array_equal(a, b) for a, b in zip(after, base.weights, strict=True)),
        f"{FEATURES} changes weights of the base.",
        misconception="features_in_training_mode",
    )


@check("A4.4", title="The same image always has the same features")
def features_repeat(student: Student, rng: Rng) -> Iterator[Finding]:
    """Asked twice; then a few images alone, and in another order."""
    base = pretrained_base(student)
    x = old_task().x[rng.choice(len(old_task().x), 24, replace=False)]
    with student.seeded(1):
        first = student.extract_features(base.handle, x)
    with student.seeded(2):
        again = student.extract_features(base.handle, x)
    for got in (first, again):
        yield array(got, (24, 48), of=FEATURES, axes="N F", kinds="f")
    yield holds(
        np.allclose(first, again, rtol=1e-4, atol=1e-4),
        "Two calls with the same images give different features.",
        misconception="features_augmented",
    )
    part = student.extract_features(base.handle, x[5:2:-1])
    yield array(part, (3, 48), of=FEATURES, axes="N F", kinds="f")
    yield holds(
        np.allclose(part, first[5:2:-1], rtol=1e-3, atol=1e-3),
        "The features of an image depend on the images beside it.",
        misconception="features_in_training_mode",
    )


@check("A4.4", title="Pixels that the base does not know are refused")
def raw_pixels_are_refused(student: Student, rng: Rng) -> Iterator[Finding]:
    """Pixels from 0 to 16 as floats and as integers, pixels below 0; not 0 and 1."""
    base = pretrained_base(student)
    x = old_task().x[rng.choice(len(old_task().x), 8, replace=False)]
    x[:, 0, 0], x[:, 0, 1] = 0, 1
    for raw in (16 * x, (16 * x).astype(np.uint8), 2 * x - 1):
        yield holds(
            raises_value_error(student, "extract_features", base.handle, raw),
            "Images with pixels outside [0, 1] get features instead of a ValueError.",
            misconception="raw_pixels_accepted",
        )
    got = student.extract_features(base.handle, x)
    yield array(got, (8, 48), of=FEATURES, axes="N F", kinds="f")


@check("A4.4", title="A probe learns the new task from 40 labels")
def probe_learns(student: Student, gates: Gates) -> Finding:
    """Odd or even; judged on the digits that it was not shown."""
    on_shown: list[float] = []

    def measure(seed: int) -> float:
        shown, held_out = few_labels(seed)
        known, new = (
            oracle.features(pretrained().weights, part.x).astype(np.float32)
            for part in (shown, held_out)
        )
        with student.seeded(seed):
            probe = model_of(student.fit_probe(known, shown.y), "`fit_probe`")
        on_shown.append(accuracy_of(student, probe, known, shown.y))
        return accuracy_of(student, probe, new, held_out.y)

    finding = gates["probe_accuracy"].decide(
        measure,
        fix="Look at the learning rate, and at how large the weights become.",
    )
    hardly = finding.outcome is Outcome.FAILED and max(on_shown) < 0.9
    return replace(finding, misconception="probe_hardly_trained" if hardly else None)


# --- A4.9 -------------------------------------------------------------------


@check("A4.9", title="Forgetting is measured with the old head")
def old_head_counts(student: Student, rng: Rng) -> Iterator[Finding]:
    """Two networks, sixty images each."""
    for _ in range(2):
        yield forgetting_is_right(student, forgetful_models(student, rng, 60))


@check("A4.9", title="All builders get the same images, and their own labels")
def same_subsets(student: Student, rng: Rng) -> Iterator[Finding]:
    """Every call of a builder is written down."""
    (x, y), answers = numbered_images(rng, 30)
    kept = recorder(student, answers)
    sizes, seeds = [12, 3], [5, 2, 9]
    student.low_data_curve(kept.builders, (x, y), sizes, seeds)
    log = log_of(student, kept)
    yield holds(
        len(log) == 12,
        f"The builders were called {len(log)} times; 12 calls are needed.",
        fix="Call each builder once for each size and each seed.",
    )
    for entry in log:
        yield from _subset_is_right(entry, y, sizes, seeds)
    for size in sizes:
        for seed in seeds:
            alike = {
                tuple(sorted(e.shown))
                for e in log
                if (len(e.shown), e.seed) == (size, seed)
            }
            yield holds(
                len(alike) == 1,
                "At one size and one seed, builders get different images.",
                misconception="curve_other_subsets",
            )
        drawn = {tuple(sorted(e.shown)) for e in log if len(e.shown) == size}
        yield holds(
            len(drawn) == len(seeds),
            "Different seeds give the same images.",
            misconception="curve_first_images",
        )


def _subset_is_right(
    entry: Entry, y: np.ndarray, sizes: list[int], seeds: list[int]
) -> Iterator[Finding]:
    shown = entry.shown
    yield holds(
        entry.seed in seeds,
        "A builder gets another seed than the curve was asked for.",
        misconception="curve_other_seeds",
    )
    yield holds(
        len(shown) in sizes and len(set(shown)) == len(shown),
        "A builder gets another number of different images than the size.",
        fix="Draw as many images as the size says, without repetition.",
    )
    yield holds(
        entry.labels == [int(y[number]) for number in shown],
        "A builder gets images with the labels of others.",
        fix="Take x and y with the same numbers.",
    )


@check("A4.9", title="Every image has a chance to be drawn")
def all_can_be_drawn(student: Student, rng: Rng) -> Iterator[Finding]:
    """One image out of five, 80 times: to miss one has a probability below 1e-7."""
    data, answers = numbered_images(rng, 5)
    kept = recorder(student, answers)
    student.low_data_curve(kept.builders, data, [1], list(range(80)))
    drawn = {number for entry in log_of(student, kept) for number in entry.shown}
    yield holds(
        drawn == set(range(5)),
        "Some images are never drawn, whatever the seed.",
        fix="Draw from all numbers of images, the first and the last included.",
        misconception="curve_first_images" if drawn == {0} else None,
    )


@check("A4.9", title="Accuracy is measured on images that were not shown")
def held_out_alone(student: Student, rng: Rng) -> Iterator[Finding]:
    """What each function was asked about; and the accuracies of known answers."""
    (x, y), answers = numbered_images(rng, 40)
    kept = recorder(student, answers)
    sizes, seeds = [20, 4], [1, 3]
    curves = student.low_data_curve(kept.builders, (x, y), sizes, seeds)
    if not isinstance(curves, dict):
        yield failed("`low_data_curve` returned no dict.")
        return
    for entry in log_of(student, kept):
        shown = set(entry.shown)
        yield holds(
            not shown & set(entry.asked),
            "Accuracy is measured on images that the builder was shown.",
            misconception="curve_leaks",
        )
        if len(shown) not in sizes or entry.seed not in seeds:
            yield failed("A builder gets another subset than the size and seed say.")
            return
        rest = [number for number in range(len(y)) if number not in shown]
        given_answers = np.array(answers.get(entry.name, [0] * len(y)))
        curve = curves.get(entry.name)
        yield array(curve, (2, 2), of="A curve", axes="size seed", kinds="f")
        assert curve is not None
        place = sizes.index(len(shown)), seeds.index(entry.seed)
        yield close(
            np.asarray(curve[place]),
            np.mean(given_answers[rest] == y[rest]),
            of="A curve",
            fix="Each value is the share of right answers among all images that are"
            " not in the subset of that size and seed.",
        )
