"""What was asked for one public check and answered, taken apart."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from graders.records import Observation
from graders.reports.pages.answers import name_of
from graders.reports.pages.drawing import number

Asked = Sequence[Observation]
MOST_PANELS = 8


def calls(asked: Asked) -> list[Observation]:
    """The calls of functions of the file."""
    return [seen for seen in asked if seen.question.get("ask") == "call"]


def arguments_of(seen: Observation) -> list[Any]:
    """What a function was called with, by place."""
    found = seen.question.get("args")
    return found if isinstance(found, list) else []


def function_of(seen: Observation) -> str:
    """The name of what was called."""
    return name_of(seen.question.get("function"))


def counted(count: int, unit: str) -> str:
    """A number of something."""
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def size_of(matrix: np.ndarray) -> str:
    """The shape of a matrix, in words."""
    return " by ".join(map(str, matrix.shape))


def matrix_rows(named: dict[str, np.ndarray]) -> list[tuple[str, str, str]]:
    """Rows of a table for some matrices that have names."""
    return [
        (name, str(index + 1), "  ".join(map(number, row)))
        for name, one in named.items()
        for index, row in enumerate(one)
    ]
