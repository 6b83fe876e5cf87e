"""Arrays of numbers: the form first, then the values."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from graders.checks.matchers.kinds import describe_kind, shown_shape, shown_size
from graders.checks.matchers.patterns import error_band, pattern, swapped_axes
from graders.checks.matchers.places import at, first_place, region
from graders.checks.matchers.verdicts import failed, passed
from graders.records import Finding, Outcome

RTOL, ATOL = 1e-4, 1e-5
Suspects = Sequence[tuple[str, Callable[[], np.ndarray]]]
ShapeSuspects = Sequence[tuple[str, Sequence[int]]]


def is_array(
    got: Any,
    shape: Sequence[int] | None = None,
    *,
    of: str,
    axes: str = "",
    kinds: str = "iuf",
    shape_suspects: ShapeSuspects = (),
    fix: str = "",
) -> Finding:
    """An array of numbers, of the given shape, without NaN or infinity.

    Args:
        got: what came back.
        shape: the right shape, or None for any.
        of: names the value: "`conv2d`".
        axes: a name per axis, separated by blanks: "N H' W' F".
        kinds: allowed `dtype.kind`s.
        shape_suspects: misconceptions, each with the shape that gives it away.
        fix: what to do, where no misconception says it.

    >>> is_array([1, 2], (2,), of="`f`").what
    '`f` returned a list; a NumPy array is needed.'
    """
    if not isinstance(got, np.ndarray):
        return failed(
            f"{of} returned {describe_kind(got)}; a NumPy array is needed.",
            fix=fix or "Return the array itself, at the end of the function.",
        )
    if got.dtype.kind not in kinds:
        return failed(
            f"{of} returned an array of dtype {got.dtype}; numbers are needed."
            if got.dtype.kind not in "iuf"
            else f"{of} returned an array of dtype {got.dtype}, which is the wrong"
            " kind of number.",
            fix=fix or "Convert it with astype before you return it.",
        )
    if shape is not None and got.shape != tuple(shape):
        suspect = _matching_shape(got.shape, shape_suspects)
        return failed(
            f"{of} returned the shape {shown_shape(got.shape, shape)};"
            f" {tuple(shape)} is right."
            + _axis_difference(got.shape, tuple(shape), axes.split()),
            fix=fix or "Print the shape after each step and compare.",
            misconception=suspect,
        )
    return _is_finite(got, of, axes.split())


def close(
    got: Any,
    want: Any,
    *,
    of: str,
    axes: str = "",
    rtol: float = RTOL,
    atol: float = ATOL,
    suspects: Suspects = (),
    shape_suspects: ShapeSuspects = (),
    fix: str = "",
) -> Finding:
    """The same values as `want`, up to rounding: |got - want| <= atol + rtol |want|.

    Args:
        got: what came back, hostile.
        want: the right array, or number.
        of: names the value.
        axes: a name per axis.
        rtol: relative tolerance.
        atol: absolute tolerance, where `want` is near zero.
        suspects: misconceptions, each with a function that makes its wrong answer.
        shape_suspects: misconceptions, each with the shape that it gives.
        fix: what to do, where no misconception says it.

    >>> close(np.array([1.0, 2.0]), np.array([2.0, 1.0]), of="`f`", axes="T").detail
    'At the first, 1 came back, 2 is right.'
    """
    want, names = np.asarray(want, dtype=np.float64), axes.split()
    typed = is_array(
        got,
        want.shape,
        of=of,
        axes=axes,
        shape_suspects=shape_suspects,
        fix=fix,
    )
    if typed.outcome is not Outcome.PASSED:
        return _or_only_the_form(typed, got, want, names, rtol, atol)
    got = got.astype(np.float64)
    wrong = ~np.isclose(got, want, rtol=rtol, atol=atol)
    if not wrong.any():
        return passed()
    suspect = _suspect(got, suspects, rtol, atol)
    told = pattern(got, want, wrong, axes=names, rtol=rtol, atol=atol)
    band = error_band(got, want, wrong, meaning=not told)
    first = first_place(wrong)
    came, right = _short(got[first]), _short(want[first])
    at_first = "At the first, " if wrong.sum() > 1 else ""
    return failed(
        " ".join(filter(None, (_where(of, wrong, names), told, band))),
        detail=f"{at_first}{came} came back, {right} is right.",
        fix=fix or "Work out one of the values by hand, on a very small example.",
        misconception=suspect,
    )


def _where(of: str, wrong: np.ndarray, axes: list[str]) -> str:
    """How many places are wrong, which part of the array that is, and the first."""
    if wrong.size == 1:
        return f"{of} returned a wrong value."
    count, place = int(wrong.sum()), at(first_place(wrong), axes)
    number = f"{count:,} of {wrong.size:,}" if count < wrong.size else f"all {count:,}"
    text = f"{of} returned a wrong value at {number} places"
    if count == 1:
        return f"{text}, {place}."
    part = region(wrong, axes)
    return f"{text}{f', all at {part}' if part else ''}, first {place}."


def _or_only_the_form(
    finding: Finding,
    got: Any,
    want: np.ndarray,
    axes: list[str],
    rtol: float,
    atol: float,
) -> Finding:
    """Says so, where the right values came in another shape."""
    if not isinstance(got, np.ndarray) or got.shape == want.shape:
        return finding
    if got.size != want.size or got.dtype.kind not in "iuf" or not got.size:
        return finding
    got = got.astype(np.float64)
    if got.ndim == want.ndim and (pair := swapped_axes(got, want, axes, rtol, atol)):
        told = f"The values are right, but the axes {pair} are swapped."
    elif np.allclose(got.reshape(want.shape), want, rtol=rtol, atol=atol):
        told = "The values are right, and in the right order."
    else:
        return finding
    return replace(finding, what=f"{finding.what} {told}")


def _is_finite(got: np.ndarray, of: str, axes: list[str]) -> Finding:
    if got.dtype.kind != "f":
        return passed()
    bad = ~np.isfinite(got)
    if not bad.any():
        return passed()
    first = "first " if bad.sum() > 1 else ""
    place = f"{first}{at(first_place(bad), axes)}"
    places = f" at {bad.sum():,} of {bad.size:,} places, {place}"
    return failed(
        f"{of} returned NaN or infinity{places if bad.size > 1 else ''}.",
        fix="Look for a division by zero, a log of zero, or an array made by np.empty"
        " that is not filled everywhere.",
    )


def _axis_difference(
    got: tuple[int, ...], want: tuple[int, ...], axes: Sequence[str]
) -> str:
    if len(got) != len(want):
        unit = "axis" if len(got) == 1 else "axes"
        return f" It has {len(got)} {unit} instead of {len(want)}."
    if len(axes) != len(want):
        return ""
    parts = [
        f"axis {name} has {shown_size(g, want)} instead of {w}"
        for name, g, w in zip(axes, got, want, strict=True)
        if g != w
    ]
    text = ", ".join(parts)
    return f" {text[:1].upper()}{text[1:]}."


def _suspect(
    got: np.ndarray, suspects: Suspects, rtol: float, atol: float
) -> str | None:
    """The misconception whose wrong answer this is."""
    for name, make in suspects:
        wrong_answer = np.asarray(make(), dtype=np.float64)
        if wrong_answer.shape == got.shape and np.allclose(
            got, wrong_answer, rtol=max(rtol, 1e-3), atol=max(atol, 1e-4)
        ):
            return name
    return None


def _matching_shape(got: tuple[int, ...], suspects: ShapeSuspects) -> str | None:
    for name, shape in suspects:
        if tuple(shape) == got:
            return name
    return None


def _short(value: Any) -> str:
    if isinstance(value, float | np.floating):
        return f"{float(value):.6g}"
    return str(value)[:80]
