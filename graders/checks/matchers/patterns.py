"""How wrong values differ from the right ones, without quoting either.

A pattern is told only where it holds for the whole array. The sizes of relative
errors are read as in the notes of Stanford's course CS231n on gradient checks
(https://cs231n.github.io/neural-networks-3/#gradcheck): above 1e-2 the formula is
wrong, between 1e-2 and 1e-4 something in it is, below 1e-4 it is a matter of
precision, and 1e-7 is what float64 can be asked for. The error of one value is

    |got - want| / max(|got|, |want|)

and that of an array is the median over its wrong places: the maximum, which gradient
checks often take, is close to 1 as soon as one of the right values is close to zero,
whatever the mistake.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from graders.checks.matchers.places import axis_names

_BANDS = (
    (1e-2, "so it is the formula, not rounding"),
    (1e-4, "so it is close: one term, border or constant is off"),
    (
        0.0,
        "so it is nearly right: look at precision, float32 for float64, or at a small"
        " constant",
    ),
)
_MOST_ROWS, _MOST_COMPARED = 64, 2_000_000
_MOST_TIMES = 100


def error_band(
    got: np.ndarray, want: np.ndarray, wrong: np.ndarray, *, meaning: bool = True
) -> str:
    """One sentence on the size of the relative error, and what it means.

    >>> error_band(np.array([2.0]), np.array([1.0]), np.array([True]))
    'Relative error: 0.5, so it is the formula, not rounding.'
    """
    error = relative_error(got[wrong], want[wrong])
    words = next((words for bound, words in _BANDS if error >= bound), _BANDS[0][1])
    name = "Typical relative error" if wrong.sum() > 1 else "Relative error"
    return f"{name}: {error:.1g}{f', {words}' if meaning else ''}."


def relative_error(got: np.ndarray, want: np.ndarray) -> float:
    """The median of |got - want| / max(|got|, |want|) over values that differ.

    >>> relative_error(np.array([1.0, 3.0]), np.array([2.0, 4.0]))
    0.375
    """
    largest = np.maximum(np.abs(got), np.abs(want))
    return float(np.median(np.abs(got / largest - want / largest)))


def pattern(
    got: np.ndarray,
    want: np.ndarray,
    wrong: np.ndarray,
    *,
    axes: Sequence[str] = (),
    rtol: float,
    atol: float,
) -> str:
    """One sentence on how the values differ; "" if none holds.

    >>> pattern(np.array([3.0, 2, 1]), np.array([1.0, 2, 3]), np.array([1, 0, 1]) > 0,
    ...         axes=["T"], rtol=1e-4, atol=1e-5)
    'The values are right, but in reverse order along T.'
    """
    with np.errstate(all="ignore"):
        told = _constant(got, want) or _scaled(got, want, wrong)
        return told or _rearranged(got, want, wrong, axes, rtol, atol)


def swapped_axes(
    got: np.ndarray, want: np.ndarray, axes: Sequence[str], rtol: float, atol: float
) -> str:
    """The pair of axes whose places are taken: "H and W"; "" if it is not that."""
    names = axis_names(want.ndim, axes)
    for one, other in combinations(range(want.ndim), 2):
        if min(want.shape[one], want.shape[other]) < 2:
            continue
        turned = want.swapaxes(one, other)
        same = turned.shape == got.shape or got.shape == want.shape
        if same and _near(got, turned.reshape(got.shape), rtol, atol):
            return f"{names[one]} and {names[other]}"
    return ""


def _near(got: np.ndarray, want: np.ndarray, rtol: float, atol: float) -> bool:
    return bool(np.allclose(got, want, rtol=rtol, atol=atol))


def _constant(got: np.ndarray, want: np.ndarray) -> str:
    if got.size < 2 or np.ptp(got) != 0 or np.ptp(want) == 0:
        return ""
    return "Every value is the same." if got.flat[0] else "Every value is 0."


def _scaled(got: np.ndarray, want: np.ndarray, wrong: np.ndarray) -> str:
    difference = got - want
    amount = abs(float(np.median(difference)))
    if wrong.all() and got.size > 1 and np.ptp(difference) < 1e-3 * amount:
        return "Each is off by the same amount."
    sizable = np.abs(want) > 1e-6
    if not sizable.any() or not np.all(got[~sizable] ** 2 < 1e-6):
        return ""
    ratios = got[sizable] / want[sizable]
    ratio = float(np.median(ratios))
    told = abs(ratio) > 1e-9 and abs(ratio - 1) > 1e-3
    if not told or not np.allclose(ratios, ratio, rtol=1e-3):
        return ""
    return _times(ratio, got[sizable], want[sizable])


def _times(ratio: float, got: np.ndarray, want: np.ndarray) -> str:
    """The factor, unless it would give a right value away.

    Where the right values are all alike, whoever returns ones would read the right
    value from the factor.
    """
    if abs(ratio + 1) < 1e-3:
        return "Each has the wrong sign."
    simple = _simple(ratio)
    alike = np.ptp(np.abs(want)) < 1e-2 * np.abs(want).max()
    if alike and (not simple or _simple(float(got[0])) or abs(got[0]) == 1):
        return ""
    return f"Each is {simple or f'{ratio:.2g} times'} the right one."


def _simple(ratio: float) -> str:
    """A factor that is a whole number, or one over it; else "".

    >>> _simple(3.0), _simple(0.25), _simple(1.234)
    ('3 times', '1/4 of', '')
    """
    sign, size = "-" if ratio < 0 else "", abs(ratio)
    for number, words in ((size, "{} times"), (1 / size if size else 0, "1/{} of")):
        whole = round(min(number, 2.0 * _MOST_TIMES))
        if 2 <= whole <= _MOST_TIMES and abs(number / whole - 1) < 1e-4:
            return sign + words.format(whole)
    return ""


def _rearranged(
    got: np.ndarray,
    want: np.ndarray,
    wrong: np.ndarray,
    axes: Sequence[str],
    rtol: float,
    atol: float,
) -> str:
    names = axis_names(want.ndim, axes)
    if pair := swapped_axes(got, want, axes, rtol, atol):
        return f"The values are right, but the axes {pair} are swapped."
    for axis, name in enumerate(names):
        if _near(got, np.flip(want, axis), rtol, atol):
            return f"The values are right, but in reverse order along {name}."
    for axis, name in enumerate(names):
        for when, is_shifted in zip(
            ("late", "early"), _shifts(got, want, wrong, axis, rtol, atol), strict=True
        ):
            if is_shifted:
                return f"Along {name}, the values come one place too {when}."
    if got.ndim and _is_permuted(got, want, rtol, atol):
        return f"The values are right, but in another order along {names[0]}."
    return ""


def _shifts(
    got: np.ndarray,
    want: np.ndarray,
    wrong: np.ndarray,
    axis: int,
    rtol: float,
    atol: float,
) -> Iterator[bool]:
    """Whether the values come one place too late; whether one too early."""
    got, want = np.moveaxis(got, axis, 0), np.moveaxis(want, axis, 0)
    wrong = np.moveaxis(wrong, axis, 0)
    long = len(want) > 2
    yield long and bool(wrong[1:].any()) and _near(got[1:], want[:-1], rtol, atol)
    yield long and bool(wrong[:-1].any()) and _near(got[:-1], want[1:], rtol, atol)


def _is_permuted(got: np.ndarray, want: np.ndarray, rtol: float, atol: float) -> bool:
    """Whether each row of one is a row of the other, once."""
    count = len(want)
    if not 2 < count <= _MOST_ROWS or count * want.size > _MOST_COMPARED:
        return False
    rows, right = got.reshape(count, -1), want.reshape(count, -1)
    same = np.isclose(rows[:, None], right[None], rtol=rtol, atol=atol).all(axis=2)
    return bool(same.any(axis=1).all() and len(set(same.argmax(axis=1))) == count)
