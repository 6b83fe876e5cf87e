"""Images that a submission has changed, beside their originals."""

import numpy as np

from graders.reports.pages.answers import array_of
from graders.reports.pages.asking import (
    MOST_PANELS,
    Asked,
    arguments_of,
    calls,
    function_of,
)
from graders.reports.pages.drawing import image, number
from graders.reports.pages.picture import Panel, Picture


def image_pairs(asked: Asked) -> Picture | None:
    """Images that were changed one by one, each beside its original."""
    for seen in calls(asked):
        arguments, value = arguments_of(seen), seen.answer.value
        if not arguments or not isinstance(value, tuple | list) or not value:
            continue
        before = array_of(arguments[0], 4, most=100_000)
        after = array_of(value[0], 4, most=100_000)
        if before is None or after is None or before.shape != after.shape:
            continue
        if not 4 <= min(before.shape[1:3]) <= max(before.shape[1:3]) <= 32:
            continue
        pairs = [
            (before[index, ..., 0], after[index, ..., 0])
            for index in range(min(len(before), MOST_PANELS))
        ]
        low, high = float(before.min()), float(before.max())
        moved = [float(np.abs(new - old).mean()) for old, new in pairs]
        return Picture(
            title="Images before and after",
            sentence=(
                f"The first {len(pairs)} of {len(before)} images, each above what"
                f" `{function_of(seen)}` made of it. A pixel changes by"
                f" {number(float(np.mean(moved)))} on average, where pixels go from"
                f" {number(low)} to {number(high)}."
            ),
            panels=tuple(
                Panel(
                    str(index + 1),
                    image(old, f"image {index + 1}", low, high)
                    + image(new, f"image {index + 1}, changed", low, high),
                )
                for index, (old, new) in enumerate(pairs)
            ),
            head=("image", "mean before", "mean after", "mean change of a pixel"),
            rows=[
                (
                    str(index + 1),
                    number(float(old.mean())),
                    number(float(new.mean())),
                    number(moved[index]),
                )
                for index, (old, new) in enumerate(pairs)
            ],
        )
    return None
