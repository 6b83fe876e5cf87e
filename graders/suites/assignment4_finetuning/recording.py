"""What A4.9 is asked with: numbered images, and builders that write down."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from graders.checks import Student, Verdict, close
from graders.records import Finding
from graders.suites.assignment4_finetuning import given, oracle
from graders.suites.assignment4_finetuning.fixtures import (
    UNITS,
    Rng,
    broken_worker,
    small_base,
    small_images,
    use,
)

Answers = dict[str, list[int]]


@dataclass(frozen=True)
class Kept:
    """A recorder in the student's worker, and its builders."""

    handle: Any
    builders: dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """What one builder was shown, and what its function was asked about."""

    name: str
    seed: int
    shown: list[int]
    labels: list[int]
    asked: list[int]


def numbered_images(
    rng: Rng, count: int
) -> tuple[tuple[np.ndarray, np.ndarray], Answers]:
    """Images with their number in a corner, labels 0 and 1, and fixed answers."""
    x = rng.uniform(0, 1, (count, 2, 2, 1)).astype(np.float32)
    x[:, 0, 0, 0] = np.arange(count) / count
    y = rng.permutation(np.arange(count) % 2)
    answers = {
        name: rng.integers(0, 2, count).tolist() for name in ("probe", "scratch")
    }
    return (x, y), answers


def recorder(student: Student, answers: Answers) -> Kept:
    """Builders whose functions answer as told."""
    handle = use(student, given.Recorder, answers)
    builders = student.use(given.builders_of, handle, of="The builders")
    if not isinstance(builders, dict):
        raise Verdict(broken_worker())
    return Kept(handle, builders)


def log_of(student: Student, kept: Kept) -> list[Entry]:
    """One entry for each call of a builder, in their order."""
    rows = student.use(given.log_of, kept.handle, of="What the builders were given")
    return [
        Entry(
            str(row.get("name")),
            _whole(row.get("seed")),
            _numbers(row.get("shown")),
            _numbers(row.get("labels")),
            _numbers(row.get("asked")),
        )
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict)
    ]


@dataclass(frozen=True)
class Forgetful:
    """Two models in the student's worker, images, and how much was forgotten."""

    before: Any
    after: Any
    x: np.ndarray
    y: np.ndarray
    want: float
    by_new_heads: float


def forgetful_models(student: Student, rng: Rng, count: int) -> Forgetful:
    """Models with an old and a new head, whose accuracies on the old task differ."""
    x = small_images(rng, count)
    bases = [small_base(student, rng) for _ in range(2)]
    features = [oracle.small_features(base.weights, x) for base in bases]
    while True:
        heads = [[_head(rng, 4), _head(rng, 2)] for _ in bases]
        before, after = (
            [np.argmax(part @ kernel + bias, axis=1) for kernel, bias in pair]
            for part, pair in zip(features, heads, strict=True)
        )
        y = np.where(rng.random(count) < 0.75, before[0], rng.integers(0, 4, count))
        want = float(np.mean(before[0] == y) - np.mean(after[0] == y))
        by_new = float(np.mean(before[1] == y) - np.mean(after[1] == y))
        if want > 0.1 and abs(want - by_new) > 0.1:
            break
    models = [
        use(student, given.two_heads, base.handle, *pair)
        for base, pair in zip(bases, heads, strict=True)
    ]
    return Forgetful(models[0], models[1], x, y, want, by_new)


def forgetting_is_right(student: Student, models: Forgetful) -> Finding:
    """The old heads count, and before comes first."""
    got = student.forgetting(models.before, models.after, models.x, models.y)
    return close(
        np.asarray(got) if isinstance(got, float | int) else got,
        models.want,
        of="`forgetting`",
        suspects=[
            ("forgetting_reversed", lambda: np.asarray(-models.want)),
            ("forgetting_of_new_head", lambda: np.asarray(models.by_new_heads)),
        ],
    )


def _head(rng: Rng, n_classes: int) -> list[np.ndarray]:
    kernel = rng.normal(0, 2, (UNITS[-1], n_classes))
    return [kernel.astype(np.float32), np.zeros(n_classes, np.float32)]


def _whole(value: Any) -> int:
    return value if type(value) is int else -1


def _numbers(value: Any) -> list[int]:
    return [_whole(one) for one in value] if isinstance(value, list) else []
