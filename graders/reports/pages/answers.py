"""Values of a worker's answers as numbers that can be drawn, or nothing.

Whatever comes from a worker is hostile: of any type, any size and any magnitude.
"""

from typing import Any

import numpy as np

from graders.reports.wording import visible

_LARGEST = 1e30
_LONGEST_NAME = 40


def array_of(value: Any, *ndims: int, most: int = 4096) -> np.ndarray | None:
    """The array as float64, if it has one of these ranks and is all finite.

    Args:
        value: anything.
        ndims: ranks to take.
        most: numbers that it may have.
    """
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "biuf":
        return None
    if value.ndim not in ndims or not 0 < value.size <= most:
        return None
    numbers = value.astype(np.float64)
    # Also false for what is no number.
    return numbers if bool((np.abs(numbers) < _LARGEST).all()) else None


def list_of(value: Any, most: int = 500) -> list[float] | None:
    """A list of numbers, if all of them are finite."""
    if not isinstance(value, list) or not 0 < len(value) <= most:
        return None
    if not all(type(one) in (int, float) and abs(one) < _LARGEST for one in value):
        return None
    return [float(one) for one in value]


def name_of(value: Any) -> str:
    """A key that a submission chose, as one short line."""
    text = value if isinstance(value, str) else type(value).__name__
    line = " ".join(visible(text[:200]).split())
    return f"{line[:_LONGEST_NAME]}…" if len(line) > _LONGEST_NAME else line or "?"


def classes_of(value: Any, *, most: int) -> np.ndarray | None:
    """Labels of classes, if they are whole numbers from 0 up to a few."""
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "iu":
        return None
    if value.ndim != 1 or not 0 < value.size <= 100_000:
        return None
    if value.min() < 0 or value.max() >= most:
        return None
    return value.astype(np.int64)
