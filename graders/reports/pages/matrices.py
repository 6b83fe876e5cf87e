"""Small matrices: kernels, maps, and hidden states over time."""

import numpy as np

from graders.reports.pages.answers import array_of, name_of
from graders.reports.pages.asking import (
    MOST_PANELS,
    Asked,
    arguments_of,
    calls,
    counted,
    function_of,
    matrix_rows,
    size_of,
)
from graders.reports.pages.drawing import cells, number
from graders.reports.pages.picture import Panel, Picture


def kernels(asked: Asked) -> Picture | None:
    """Small matrices that have names."""
    for seen in calls(asked):
        value = seen.answer.value
        if seen.question.get("args") or not isinstance(value, dict):
            continue
        found = {name_of(key): array_of(one, 2, most=64) for key, one in value.items()}
        named = {key: one for key, one in found.items() if one is not None}
        if not named:
            continue
        named = dict(list(named.items())[:MOST_PANELS])
        return Picture(
            title="Kernels",
            sentence="; ".join(
                f"{name}: {size_of(one)}, from {number(one.min())} to"
                f" {number(one.max())}, sum {number(one.sum())}"
                for name, one in named.items()
            )
            + ".",
            panels=tuple(
                Panel(name, cells(one, name, largest=np.abs(one).max()))
                for name, one in named.items()
            ),
            head=("kernel", "row", "values"),
            rows=matrix_rows(named),
        )
    return None


def maps(asked: Asked) -> Picture | None:
    """What a convolution or a pooling makes of a small image of one channel."""
    for seen in calls(asked):
        arguments = arguments_of(seen)
        before = array_of(arguments[0], 4, most=256) if arguments else None
        after = array_of(seen.answer.value, 4, most=256)
        if before is None or after is None or len(before) != len(after):
            continue
        steps = {"the image": before[0, ..., 0]}
        if len(arguments) > 1:
            kernel = array_of(arguments[1], 4, most=256)
            if kernel is not None:
                steps["the kernel"] = kernel[..., 0, 0]
        answer = f"what `{function_of(seen)}` returned"
        steps[answer] = after[0, ..., 0]
        return Picture(
            title="A small image and its map",
            sentence=f"{'; '.join(_told(*step) for step in steps.items())}.",
            panels=tuple(
                Panel(name, cells(one, name, largest=np.abs(one).max()))
                for name, one in steps.items()
            ),
            head=("of", "row", "values"),
            rows=matrix_rows(steps),
        )
    return None


def states(asked: Asked) -> Picture | None:
    """The hidden states of a layer over the steps of short sequences."""
    for seen in calls(asked):
        arguments = arguments_of(seen)
        x = array_of(arguments[0], 3, most=4096) if arguments else None
        h = array_of(seen.answer.value, 3, most=4096)
        if x is None or h is None or x.shape[:2] != h.shape[:2]:
            continue
        rows = {
            f"sequence {index + 1}": one.T for index, one in enumerate(h[:MOST_PANELS])
        }
        steps = [str(step + 1) for step in range(h.shape[1])]
        units = [f"h{unit}" for unit in range(h.shape[2])]
        few = max(h.shape[1:]) <= 8
        return Picture(
            title="Hidden state over time",
            sentence=(
                f"{counted(len(h), 'sequence')} of {counted(h.shape[1], 'step')} and"
                f" {counted(h.shape[2], 'unit')}. The state goes from"
                f" {number(float(h.min()))} to {number(float(h.max()))}; after the last"
                f" step its mean is {number(float(h[:, -1].mean()))}."
            ),
            panels=tuple(
                Panel(
                    name,
                    cells(
                        one,
                        name,
                        largest=float(np.abs(h).max()),
                        rows=units if few else (),
                        columns=steps if few else (),
                    ),
                )
                for name, one in rows.items()
            ),
            head=("of", "unit", "state at each step"),
            rows=matrix_rows(rows),
        )
    return None


def rows_of_ids(asked: Asked) -> Picture | None:
    """Rows of whole numbers: windows, padded batches with their mask, one-hot rows."""
    for seen in calls(asked):
        value = seen.answer.value
        parts = list(value) if isinstance(value, tuple | list) else [value]
        found = [array_of(part, 2, most=256) for part in parts[:MOST_PANELS]]
        whole = [one for one in found if one is not None and not (one % 1).any()]
        if not whole or len(whole) < len(parts):
            continue
        what = f"what `{function_of(seen)}` returned"
        named = {
            f"{what}, {index + 1}" if len(whole) > 1 else what: one
            for index, one in enumerate(whole)
        }
        return Picture(
            title="Rows of numbers",
            sentence=f"{'; '.join(_told(*one) for one in named.items())}.",
            panels=tuple(
                Panel(name, cells(one, name, largest=float(np.abs(one).max())))
                for name, one in named.items()
            ),
            head=("of", "row", "values"),
            rows=matrix_rows(named),
        )
    return None


def _told(name: str, one: np.ndarray) -> str:
    return f"{name}: {size_of(one)}, from {number(one.min())} to {number(one.max())}"
