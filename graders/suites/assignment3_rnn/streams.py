"""Forms of answers about streams and series: A3.5 and A3.10."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from graders.checks import close, failed, holds, is_array
from graders.records import Finding
from graders.suites.assignment3_rnn import oracle
from graders.suites.assignment3_rnn.oracle import Array


def windows_are_right(got: Any, ids: Array, T: int, stride: int) -> Iterator[Finding]:
    """Inputs and targets of `make_windows`."""
    of = "`make_windows`"
    if not (isinstance(got, tuple | list) and len(got) == 2):
        yield failed(f"{of} does not return a pair.", fix="Return `(X, Y)`.")
        return
    want_x, want_y = oracle.make_windows(ids, T, stride)
    count = len(want_x)
    fewer: list[tuple[str, Any]] = [("windows_last_missing", (count - 1, T))]
    for name, part in zip("XY", got, strict=True):
        finding = is_array(
            part, want_x.shape, of=f"{name} of {of}", axes="n T", shape_suspects=fewer
        )
        # Without a shift one more window fits: that is told by what Y holds.
        if finding.what and isinstance(part, np.ndarray) and len(part) <= count:
            yield finding
    x, y = got
    for part in (x, y):
        if not (isinstance(part, np.ndarray) and part.ndim == 2 and part.shape[1] == T):
            yield failed(f"{of} returned no array (n, T).", fix="Return arrays (n, T).")
            return
    yield close(x[:count], want_x, of=f"X of {of}", axes="n T")
    same = len(y) >= count and np.array_equal(y[:count], want_x)
    yield holds(not same, f"Y of {of} equals X.", misconception="windows_without_shift")
    back = y.shape == x.shape and T > 1 and np.array_equal(y[1:, 1:], x[1:, :-1])
    yield holds(
        not back,
        f"Y of {of} is one position earlier than X.",
        misconception="windows_shifted_back",
    )
    yield is_array(y, want_y.shape, of=f"Y of {of}", axes="n T")
    yield close(y, want_y, of=f"Y of {of}", axes="n T")
    for name, part in (("X", x), ("Y", y)):
        yield is_array(
            part,
            want_x.shape,
            of=f"{name} of {of}",
            axes="n T",
            kinds="iu",
            fix="Ids are whole numbers: return arrays of int.",
        )


def split_is_right(got: Any, ids: Array, val_fraction: float) -> Iterator[Finding]:
    """Two parts of `split_stream`, of ids that all differ."""
    of = "`split_stream`"
    if not (isinstance(got, tuple | list) and len(got) == 2):
        yield failed(f"{of} does not return a pair.", fix="Return `(train, val)`.")
        return
    for name, part in zip(("train", "val"), got, strict=True):
        yield is_array(part, of=f"{name} of {of}", axes="L", kinds="iu")
        yield holds(
            part.ndim == 1, f"{name} of {of} is not flat.", fix="Return arrays (L,)."
        )
    train, val = got
    both = np.concatenate([train, val])
    yield holds(
        not len(np.intersect1d(train, val)),
        f"Some ids are in both parts of {of}.",
        misconception="split_parts_overlap",
    )
    yield holds(
        np.array_equal(np.sort(both), np.sort(ids)),
        f"The two parts of {of} do not add up to the stream.",
        fix="Cut once, at one position.",
    )
    yield holds(
        np.array_equal(both, ids),
        f"The ids of {of} are not in the order of the stream.",
        misconception="split_shuffled",
    )
    yield holds(
        abs(len(val) - val_fraction * len(ids)) < 0.5 + 1e-6,
        f"val of {of} has not the share that was asked for.",
        fix="val has val_fraction * L ids, rounded to the nearest whole number, train"
        " the others.",
    )


def series_is_right(got: Any, y: Array, window: int, horizon: int) -> Iterator[Finding]:
    """Pasts and futures of a series whose values all differ."""
    of = "`series_windows`"
    if not (isinstance(got, tuple | list) and len(got) == 2):
        yield failed(f"{of} does not return a pair.", fix="Return `(X, Y)`.")
        return
    pasts, futures = got
    for name, part in (("X", pasts), ("Y", futures)):
        yield is_array(part, of=f"{name} of {of}")
    yield holds(
        pasts.ndim == 3 and futures.ndim == 2,
        f"X and Y of {of} have {pasts.ndim} and {futures.ndim} axes.",
        fix="X is (n, window, 1), with one feature; Y is (n, horizon).",
    )
    yield holds(
        not _reaches_into_past(pasts, futures),
        f"Y of {of} begins with a value that X already has.",
        misconception="series_target_leaks",
    )
    want_x, want_y = oracle.series_windows(y, window, horizon)
    n = len(want_x)
    for name, part, want, axes in (
        ("X", pasts, want_x, "n window 1"),
        ("Y", futures, want_y, "n horizon"),
    ):
        yield is_array(
            part,
            want.shape,
            of=f"{name} of {of}",
            axes=axes,
            shape_suspects=[("series_last_missing", (n - 1, *want.shape[1:]))],
        )
    yield holds(
        not _shuffled(pasts, want_x),
        f"The windows of {of} are not in the order of the series.",
        misconception="series_shuffled",
    )
    yield close(pasts, want_x, of=f"X of {of}", axes="n window 1")
    yield close(futures, want_y, of=f"Y of {of}", axes="n horizon")


def _reaches_into_past(pasts: Array, futures: Array) -> bool:
    """Whether every future starts with a value of its own past."""
    if len(pasts) != len(futures) or not futures.size or not pasts.size:
        return False
    found = np.isclose(pasts[:, :, 0], futures[:, :1]).any(axis=1)
    return bool(found.all())


def _shuffled(pasts: Array, want: Array) -> bool:
    """The right windows in another order."""
    if np.allclose(pasts, want):
        return False
    rows, right = pasts[:, :, 0], want[:, :, 0]
    return bool(np.allclose(rows[np.lexsort(rows.T)], right[np.lexsort(right.T)]))


def forecast_is_right(got: Any, pasts: Array, horizon: int) -> Finding:
    """The last value of each past, repeated."""
    rows = pasts[:, :, 0]

    def repeated(values: Array) -> Array:
        return np.repeat(values[:, None], horizon, axis=1)

    return close(
        got,
        repeated(rows[:, -1]),
        of="`naive_forecast`",
        axes="n horizon",
        suspects=[
            ("naive_mean", lambda: repeated(rows.mean(axis=1))),
            ("naive_first", lambda: repeated(rows[:, 0])),
        ],
    )
