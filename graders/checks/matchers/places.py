"""Where an array is wrong: a place with named axes, and the part it is confined to."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

_MOST_AXES = 6


def first_place(wrong: np.ndarray) -> tuple[int, ...]:
    """Index of the first True."""
    return tuple(int(index) for index in np.argwhere(wrong)[0])


def at(index: tuple[int, ...], axes: Sequence[str]) -> str:
    """A place in words.

    >>> at((0, 2), ["N", "T"]), at((3,), [])
    ('at N=0, T=2', 'at index (3,)')
    """
    if not index:
        return "the value itself"
    if len(axes) == len(index):
        pairs = zip(axes, index, strict=True)
        return "at " + ", ".join(f"{name}={position}" for name, position in pairs)
    return f"at index {index}"


def axis_names(ndim: int, axes: Sequence[str]) -> list[str]:
    """The names of all axes; their numbers, where the author gave no names.

    >>> axis_names(2, ["N", "T"]), axis_names(1, [])
    (['N', 'T'], ['axis 0'])
    """
    if len(axes) == ndim:
        return list(axes)
    return [f"axis {number}" for number in range(ndim)]


def region(wrong: np.ndarray, axes: Sequence[str]) -> str:
    """The smallest simple part that holds every wrong place; "" if there is none.

    A part is told if no place outside it is wrong, and at least half of it is.

    >>> region(np.array([[False, True, True], [False, True, True]]), ["N", "T"])
    'T>=1'
    """
    count = int(wrong.sum())
    if count < 2 or wrong.ndim > _MOST_AXES:
        return ""
    names = axis_names(wrong.ndim, axes)
    best, words = wrong.size, ""
    for size, text in (*_slabs(wrong, names), *_borders(wrong, names)):
        if size < best and 2 * count >= size:
            best, words = size, text
    return words


def _slabs(wrong: np.ndarray, names: list[str]) -> Iterator[tuple[int, str]]:
    """Along each axis, the range of positions with a wrong place, if it has an end."""
    for axis, name in enumerate(names):
        length = wrong.shape[axis]
        others = tuple(other for other in range(wrong.ndim) if other != axis)
        hit = np.flatnonzero(wrong.any(axis=others))
        low, high = int(hit[0]), int(hit[-1])
        size = wrong.size // length * (high - low + 1)
        if low == high:
            last = high == length - 1 and length > 2
            yield size, f"the last {name}" if last else f"{name}={low}"
        elif high == length - 1:
            yield size, f"{name}>={low}"
        elif low == 0:
            yield size, f"{name}<={high}"


def _borders(wrong: np.ndarray, names: list[str]) -> Iterator[tuple[int, str]]:
    """For each pair of axes, what an error of padding leaves wrong."""
    long = [axis for axis, length in enumerate(wrong.shape) if length > 2]
    for first, second in combinations(long, 2):
        one, other = names[first], names[second]
        for start, stop, words in (
            (1, None, f"the first {one} or the first {other}"),
            (None, -1, f"the last {one} or the last {other}"),
            (1, -1, f"the edges of {one} and {other}"),
        ):
            inside: list[slice] = [slice(None)] * wrong.ndim
            inside[first] = inside[second] = slice(start, stop)
            if not wrong[tuple(inside)].any():
                yield wrong.size - wrong[tuple(inside)].size, words
