"""Classes: which are taken for which, and how many there are of each."""

from typing import Any

import numpy as np

from graders.reports.pages.answers import array_of, classes_of
from graders.reports.pages.asking import (
    Asked,
    arguments_of,
    calls,
    counted,
)
from graders.reports.pages.drawing import bars, cells, number
from graders.reports.pages.picture import Panel, Picture

_MOST_CLASSES = 12


def confusion(asked: Asked) -> Picture | None:
    """Classes that were shown to a model, and those that it then names for the same."""
    shown: list[tuple[np.ndarray, np.ndarray]] = []
    for seen in asked:
        if seen.question.get("ask") == "call":
            arguments = arguments_of(seen)
            if len(arguments) == 2 and isinstance(arguments[0], np.ndarray):
                labels = classes_of(arguments[1], most=_MOST_CLASSES)
                if labels is not None and len(labels) == len(arguments[0]):
                    shown.append((arguments[0], labels))
        elif seen.question.get("ask") == "apply":
            x, logits = seen.question.get("x"), array_of(seen.answer.value, 2)
            if logits is None or logits.shape[1] > _MOST_CLASSES:
                continue
            for inputs, labels in shown:
                fits = len(logits) == len(labels) and labels.max() < logits.shape[1]
                if fits and _is_same(inputs, x):
                    return _confusion(labels, logits)
    return None


def _confusion(labels: np.ndarray, logits: np.ndarray) -> Picture:
    size = logits.shape[1]
    counts = np.zeros((size, size))
    np.add.at(counts, (labels, logits.argmax(axis=1)), 1)
    names = [str(index) for index in range(size)]
    right = int(np.trace(counts))
    off = counts - np.diag(np.diag(counts))
    sentence = f"{right} of {len(labels)} examples get their own class."
    if off.any():
        of, named = np.unravel_index(int(off.argmax()), off.shape)
        sentence += (
            f" The most frequent mistake: class {of} is taken for class {named},"
            f" {counted(int(off[of, named]), 'time')}."
        )
    return Picture(
        title="Confusion matrix",
        sentence=sentence,
        panels=(
            Panel(
                "rows: the class; columns: what the model names",
                cells(
                    counts,
                    "confusion matrix",
                    largest=float(counts.max()),
                    rows=names,
                    columns=names,
                ),
            ),
        ),
        head=("class", *(f"named {name}" for name in names)),
        rows=[
            (name, *map(number, row)) for name, row in zip(names, counts, strict=True)
        ],
    )


def label_counts(asked: Asked) -> Picture | None:
    """How often each class is in each part of some data."""
    for seen in calls(asked):
        value = seen.answer.value
        if not isinstance(value, tuple | list) or not 2 <= len(value) <= 4:
            continue
        labels = [_labels(part) for part in value]
        parts = [one for one in labels if one is not None]
        if len(parts) < len(value):
            continue
        size = 1 + max(int(one.max()) for one in parts)
        names: tuple[str, ...] = ("training", "validation", "test")
        if len(parts) != len(names):
            names = tuple(f"part {index + 1}" for index in range(len(parts)))
        counts = {
            name: np.bincount(one, minlength=size)
            for name, one in zip(names, parts, strict=True)
        }
        classes = [str(index) for index in range(size)]
        return Picture(
            title="Classes in each part of the data",
            sentence="; ".join(
                f"{name}: {one.sum():,} examples, from {one.min()} to {one.max()} of a"
                " class"
                for name, one in counts.items()
            )
            + ".",
            panels=tuple(
                Panel(name, bars([float(n) for n in one], classes, f"{name} by class"))
                for name, one in counts.items()
            ),
            head=("part", *classes),
            rows=[(name, *map(str, one)) for name, one in counts.items()],
        )
    return None


def _labels(part: Any) -> np.ndarray | None:
    if not isinstance(part, tuple | list) or len(part) != 2:
        return None
    labels = classes_of(part[1], most=_MOST_CLASSES)
    same = isinstance(part[0], np.ndarray) and part[0].ndim > 1
    return labels if same and labels is not None else None


def _is_same(one: np.ndarray, other: Any) -> bool:
    return isinstance(other, np.ndarray) and np.array_equal(one, other)
