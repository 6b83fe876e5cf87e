"""Matchers: functions that compare and explain. Each returns one finding.

`what` never quotes an input or an expected value, because it is shown for hidden
checks too; `detail` may, because it is shown for public checks only.
"""

import builtins
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from graders.records import Finding, Outcome
from graders.wire import Opaque

RTOL, ATOL = 1e-4, 1e-5
_TOLD_SIZE = 64
_KNOWN_TYPES = frozenset(
    {
        *("builtins.function", "builtins.generator", "builtins.module"),
        *("keras.Model", "keras.callbacks.History"),
    }
)
Suspects = Sequence[tuple[str, Callable[[], np.ndarray]]]
ShapeSuspects = Sequence[tuple[str, Sequence[int]]]


def passed() -> Finding:
    """Nothing to say."""
    return Finding(outcome=Outcome.PASSED)


def failed(
    what: str, *, fix: str = "", detail: str = "", misconception: str | None = None
) -> Finding:
    """A finding in the check's own words."""
    return Finding(
        outcome=Outcome.FAILED,
        what=what,
        fix=fix,
        detail=detail,
        misconception=misconception,
    )


def holds(
    condition: bool,
    what: str,
    *,
    fix: str = "",
    detail: str = "",
    misconception: str | None = None,
) -> Finding:
    """Passed if the condition holds; otherwise failed with `what`."""
    if condition:
        return passed()
    return failed(what, fix=fix, detail=detail, misconception=misconception)


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
            f"{of} returned {_kind(got)}; a NumPy array is needed.",
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

    >>> close(np.array([2.0]), np.array([1.0]), of="`f`").what
    '`f` returned a wrong value at 1 of 1 places: each is 2 times the right one.'
    """
    want = np.asarray(want, dtype=np.float64)
    typed = is_array(
        got,
        want.shape,
        of=of,
        axes=axes,
        shape_suspects=shape_suspects,
        fix=fix,
    )
    if typed.outcome is not Outcome.PASSED:
        return typed
    got = got.astype(np.float64)
    wrong = ~np.isclose(got, want, rtol=rtol, atol=atol)
    if not wrong.any():
        return passed()
    first = tuple(int(index) for index in np.argwhere(wrong)[0])
    suspect = _suspect(got, suspects, rtol, atol)
    return failed(
        f"{of} returned a wrong value at {wrong.sum():,} of {wrong.size:,} places"
        + ("." if suspect else _pattern(got, want, wrong)),
        detail=f"The first is {_at(first, axes.split())}: {_short(got[first])} came"
        f" back, {_short(want[first])} is right.",
        fix=fix or "Work out one of the values by hand, on a very small example.",
        misconception=suspect,
    )


def equal(
    got: Any,
    want: Any,
    *,
    of: str,
    suspects: Mapping[str, Any] | None = None,
    fix: str = "",
    detail: str = "",
) -> Finding:
    """Exactly `want`, an int or a tuple of ints; integral floats are accepted.

    >>> equal(3, 4, of="`f`").detail
    '3 came back, 4 is right.'
    """
    problem = _not_int_like(got, want)
    if problem:
        return failed(f"{of} returned {problem}.", fix=fix)
    if _as_ints(got) == _as_ints(want):
        return passed()
    suspect = next(
        (
            name
            for name, value in (suspects or {}).items()
            if _as_ints(value) == _as_ints(got)
        ),
        None,
    )
    return failed(
        f"{of} returned a wrong value.",
        detail=f"{detail} {_short(got)} came back, {_short(want)} is right.".strip(),
        fix=fix or "Work it out by hand for a small case, and compare.",
        misconception=suspect,
    )


def at_least(
    value: float,
    threshold: float,
    *,
    of: str,
    fix: str = "",
    misconception: str | None = None,
) -> Finding:
    """A measured figure that must not be below a threshold.

    >>> at_least(0.41, 0.8, of="The accuracy").what
    'The accuracy is 0.410; at least 0.800 is needed.'
    """
    return holds(
        bool(np.isfinite(value)) and value >= threshold,
        f"{of} is {value:.3f}; at least {threshold:.3f} is needed.",
        fix=fix,
        misconception=misconception,
    )


def at_most(
    value: float,
    threshold: float,
    *,
    of: str,
    fix: str = "",
    misconception: str | None = None,
) -> Finding:
    """A measured figure that must not be above a threshold."""
    return holds(
        bool(np.isfinite(value)) and value <= threshold,
        f"{of} is {value:,.6g}; at most {threshold:,.6g} is allowed.",
        fix=fix,
        misconception=misconception,
    )


def describe_kind(got: Any) -> str:
    """What a value is, in a word or two: "a list", "None", "a keras.Model"."""
    return _kind(got)


def shown_shape(got: tuple[int, ...], want: Sequence[int] = ()) -> str:
    """A shape in words; sizes far from any right one are not told.

    A submission could write a hidden input into them.

    >>> shown_shape((2, 918273645), (2, 3))
    '(2, …)'
    """
    sizes = [_shown_size(size, want) for size in got]
    return f"({sizes[0]},)" if len(sizes) == 1 else f"({', '.join(sizes)})"


def _shown_size(size: int, want: Sequence[int]) -> str:
    most = max(_TOLD_SIZE, 4 * max(want, default=0))
    return str(size) if size <= most else "…"


def _kind(got: Any) -> str:
    if got is None:
        return "None (a return statement may be missing)"
    if isinstance(got, Opaque):
        known = _is_known_type(got.type_name)
        return f"an object of type {got.type_name}" if known else "an object"
    if isinstance(got, np.ndarray):
        return f"an array of shape {shown_shape(got.shape)}"
    names = {bool: "a bool", int: "an int", float: "a float", str: "a string"}
    return names.get(type(got), f"a {type(got).__name__}")


def _is_known_type(name: str) -> bool:
    """Whether a type is one of the libraries'.

    A submission names its own classes, and could write a hidden input into a name.
    """
    module, _, kind = name.rpartition(".")
    return (
        name in _KNOWN_TYPES
        or (module == "builtins" and kind in vars(builtins))
        or (module == "numpy" and kind in vars(np))
    )


def _is_finite(got: np.ndarray, of: str, axes: list[str]) -> Finding:
    if got.dtype.kind != "f":
        return passed()
    bad = ~np.isfinite(got)
    if not bad.any():
        return passed()
    first = tuple(int(index) for index in np.argwhere(bad)[0])
    return failed(
        f"{of} returned NaN or infinity at {bad.sum():,} of {bad.size:,} places, the"
        f" first {_at(first, axes)}.",
        fix="Look for a division by zero, a log of zero, or an array made by np.empty"
        " that is not filled everywhere.",
    )


def _axis_difference(
    got: tuple[int, ...], want: tuple[int, ...], axes: Sequence[str]
) -> str:
    if len(got) != len(want):
        return f" It has {len(got)} axes instead of {len(want)}."
    if len(axes) != len(want):
        return ""
    parts = [
        f"axis {name} has {_shown_size(g, want)} instead of {w}"
        for name, g, w in zip(axes, got, want, strict=True)
        if g != w
    ]
    return f" {', '.join(parts).capitalize() if not axes else _sentence(parts)}"


def _sentence(parts: list[str]) -> str:
    text = ", ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def _at(index: tuple[int, ...], axes: Sequence[str]) -> str:
    if not index:
        return "the value itself"
    if len(axes) == len(index):
        pairs = zip(axes, index, strict=True)
        return "at " + ", ".join(f"{name} {position}" for name, position in pairs)
    return f"at index {index}"


def _pattern(got: np.ndarray, want: np.ndarray, wrong: np.ndarray) -> str:
    """How the wrong values differ, in words and without quoting one."""
    difference = got - want
    sizable = np.abs(want) > 1e-6
    even = np.ptp(difference) < 1e-6 * max(1.0, float(np.abs(difference).max()))
    if wrong.all() and difference.size > 1 and even:
        return ": each is off by the same amount."
    if sizable.any() and np.all(got[~sizable] ** 2 < 1e-6):
        ratios = got[sizable] / want[sizable]
        ratio = float(np.median(ratios))
        told = abs(ratio) > 1e-9 and abs(ratio - 1) > 1e-3
        if told and np.allclose(ratios, ratio, rtol=1e-3):
            return f": each is {ratio:.4g} times the right one."
    scale = np.maximum(np.abs(want), 1e-3 * max(1e-12, float(np.abs(want).max())))
    error = float(np.median((np.abs(difference) / scale)[wrong]))
    for bound, words in _BANDS:
        if error < bound:
            return f", with a typical relative error of {error:.1g}: {words}."
    return f", with a typical relative error of {error:.2g}: a different formula."


_BANDS = (
    (1e-3, "nearly right, so look at precision and at small constants"),
    (0.05, "close, so look for one wrong term or border"),
)


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


def _not_int_like(got: Any, want: Any) -> str | None:
    if isinstance(want, tuple):
        if not isinstance(got, tuple | list):
            return f"{_kind(got)}; a tuple of {len(want)} ints is needed"
        if len(got) != len(want):
            return f"{len(got)} values; {len(want)} are needed"
        problems = (_not_int_like(g, w) for g, w in zip(got, want, strict=True))
        return next((f"a tuple that holds {p}" for p in problems if p), None)
    if isinstance(got, np.ndarray) and got.ndim == 0 and got.dtype.kind in "iu":
        return None
    if type(got) is int or (type(got) is float and got.is_integer()):
        return None
    return f"{_kind(got)}; an int is needed"


def _as_ints(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return tuple(_as_ints(item) for item in value)
    return int(value)


def _short(value: Any) -> str:
    if isinstance(value, float | np.floating):
        return f"{float(value):.6g}"
    return str(value)[:80]
