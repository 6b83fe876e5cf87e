"""Curves: of a training, and of accuracy against the number of examples."""

from itertools import pairwise
from typing import Any

from graders.reports.pages.answers import array_of, list_of, name_of
from graders.reports.pages.asking import MOST_PANELS, Asked, arguments_of, calls
from graders.reports.pages.drawing import lines, number
from graders.reports.pages.picture import Panel, Picture


def learning_curves(asked: Asked) -> Picture | None:
    """What Keras' `History` holds; phases of one training follow each other."""
    histories = [
        kept
        for seen in asked
        if seen.question.get("ask") == "read" and seen.question.get("name") == "history"
        if (kept := _history(seen.answer.value))
    ]
    if not histories:
        return None
    names = sorted(dict.fromkeys(name for one in histories for name in one), key=_order)
    lengths = [max(map(len, one.values())) for one in histories]
    starts = [sum(lengths[:index]) for index in range(len(lengths))]
    curves = {
        name: [
            (start + index + 1.0, value)
            for start, one in zip(starts, histories, strict=True)
            for index, value in enumerate(one.get(name, []))
        ]
        for name in names
    }
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(name.removeprefix("val_"), []).append(name)
    breaks = [start + 0.5 for start in starts[1:]]
    panels = tuple(
        Panel(
            quantity,
            lines([curves[name] for name in group], quantity, "epoch", breaks),
            tuple(group),
        )
        for quantity, group in list(groups.items())[:MOST_PANELS]
    )
    told = "; ".join(
        f"{name} from {number(curve[0][1])} to {number(curve[-1][1])}"
        for name, curve in curves.items()
    )
    phases = f", in {len(histories)} phases" if breaks else ""
    by_epoch = {name: dict(curve) for name, curve in curves.items()}
    return Picture(
        title="Learning curve",
        sentence=f"Over {sum(lengths)} epochs{phases}: {told}.",
        panels=panels,
        head=("epoch", *names),
        rows=[
            (
                str(epoch),
                *(
                    number(by_epoch[name][epoch]) if epoch in by_epoch[name] else ""
                    for name in names
                ),
            )
            for epoch in range(1, sum(lengths) + 1)
        ],
    )


def _order(name: str) -> tuple[bool, str, bool]:
    """The loss first, and each quantity before what it is in validation."""
    quantity = name.removeprefix("val_")
    return quantity != "loss", quantity, name != quantity


def _history(value: Any) -> dict[str, list[float]]:
    if not isinstance(value, dict) or len(value) > 8:
        return {}
    found = {name_of(name): list_of(values) for name, values in value.items()}
    return {name: values for name, values in found.items() if values}


def low_data_curves(asked: Asked) -> Picture | None:
    """One accuracy for each size of the data and each seed, by builder."""
    for seen in calls(asked):
        value = seen.answer.value
        sizes = next(
            (
                numbers
                for argument in arguments_of(seen)
                if (numbers := list_of(argument)) and len(numbers) > 1
                if all(a < b for a, b in pairwise(numbers))
            ),
            None,
        )
        if sizes is None or not isinstance(value, dict) or not value:
            continue
        found = {name_of(key): array_of(one, 2, most=200) for key, one in value.items()}
        curves = {
            name: one
            for name, one in found.items()
            if one is not None and len(one) == len(sizes)
        }
        curves = dict(list(curves.items())[:4])
        if not curves:
            continue
        places = [
            list(zip(sizes, map(float, one.mean(axis=1)), strict=True))
            for one in curves.values()
        ]
        return Picture(
            title="Accuracy against the number of examples",
            sentence="; ".join(
                f"{name}: from {number(float(one[0].mean()))} with {number(sizes[0])}"
                f" examples to {number(float(one[-1].mean()))} with"
                f" {number(sizes[-1])}"
                for name, one in curves.items()
            )
            + ". Means over the seeds.",
            panels=(
                Panel(
                    "mean over the seeds",
                    lines(places, "accuracy by number of examples", "examples", ()),
                    tuple(curves),
                ),
            ),
            head=("of", "examples", "each seed"),
            rows=[
                (name, number(size), "  ".join(map(number, row)))
                for name, one in curves.items()
                for size, row in zip(sizes, one, strict=True)
            ],
        )
    return None
