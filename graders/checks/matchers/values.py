"""Ints, texts, lists and dicts: exactly the right ones."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from graders.checks.matchers.differences import (
    as_list,
    dict_pattern,
    first_characters,
    first_difference,
    first_items,
    has,
    key_counts,
    key_names,
    list_pattern,
    same_value,
    sequence_difference,
    short,
    text_pattern,
)
from graders.checks.matchers.kinds import describe_kind, shown_size
from graders.checks.matchers.verdicts import failed, passed
from graders.records import Finding

ValueSuspects = Mapping[str, Any] | Sequence[tuple[str, Any]]
"""Misconceptions, each with its wrong answer, or with a function that makes it."""
_BY_HAND = "Work it out by hand for a small case, and compare."


def equal(
    got: Any,
    want: Any,
    *,
    of: str,
    suspects: ValueSuspects = (),
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
    if same_value(got, want):
        return passed()
    place = ""
    if isinstance(want, tuple) and len(want) > 1:
        place = f" at index {first_difference(got, want)}"
    return failed(
        f"{of} returned a wrong value{place}.",
        detail=f"{detail} {short(got)} came back, {short(want)} is right.".strip(),
        fix=fix or _BY_HAND,
        misconception=_suspect(got, suspects),
    )


def same_text(
    got: Any,
    want: str,
    *,
    of: str,
    suspects: ValueSuspects = (),
    fix: str = "",
    detail: str = "",
) -> Finding:
    """Exactly this text; where it differs, the first character that does is told.

    >>> same_text("the cat", "the hat", of="`f`").what
    '`f` returned a wrong text: the first wrong character is number 4, counted from 0.'
    """
    if isinstance(got, np.ndarray) and got.ndim == 0 and got.dtype.kind == "U":
        got = got.item()
    if type(got) is not str:
        return failed(
            f"{of} returned {describe_kind(got)}; a string is needed.", fix=fix
        )
    if got == want:
        return passed()
    return failed(
        f"{of} returned a {sequence_difference(got, want, 'text', 'character')}"
        + text_pattern(got, want),
        detail=f"{detail} {first_characters(got, want)}".strip(),
        fix=fix or _BY_HAND,
        misconception=_suspect(got, suspects),
    )


def same_list(
    got: Any,
    want: Sequence[Any],
    *,
    of: str,
    item: str = "item",
    suspects: ValueSuspects = (),
    fix: str = "",
    detail: str = "",
) -> Finding:
    """Exactly these items, in this order: ints, strings, tuples or lists of them.

    A tuple or an array of one axis does as well as a list.

    Args:
        got: what came back, hostile.
        want: the right items.
        of: names the value.
        item: what one item is: "token", "id", "pair".
        suspects: misconceptions, each with its wrong answer.
        fix: what to do, where no misconception says it.
        detail: what public checks say before the two values.

    >>> same_list(["a", "b"], ["a", "b", "c"], of="`f`", item="token").what
    '`f` returned a list that is too short: 2 tokens instead of 3. These are right.'
    """
    items = as_list(got)
    if items is None:
        return failed(
            f"{of} returned {describe_kind(got)}; a list of {item}s is needed.", fix=fix
        )
    want = list(want)
    if same_value(items, want):
        return passed()
    return failed(
        f"{of} returned a {sequence_difference(items, want, 'list', item)}"
        + list_pattern(items, want, item),
        detail=f"{detail} {first_items(items, want)}".strip(),
        fix=fix or _BY_HAND,
        misconception=_suspect(items, suspects),
    )


def same_dict(
    got: Any,
    want: Mapping[Any, Any],
    *,
    of: str,
    key: str = "key",
    suspects: ValueSuspects = (),
    fix: str = "",
    detail: str = "",
) -> Finding:
    """Exactly these keys with these values, in any order.

    >>> same_dict({"a": 1, "b": 3}, {"a": 1, "c": 3}, of="`f`").what
    '`f` returned a wrong dict: of 2 keys, 1 is missing. 1 more should not be there.'
    """
    if not isinstance(got, dict):
        return failed(f"{of} returned {describe_kind(got)}; a dict is needed.", fix=fix)
    missing = [name for name in want if not has(got, name)]
    extra = [name for name in got if not has(want, name)]
    other = [
        name
        for name in want
        if has(got, name) and not same_value(got[name], want[name])
    ]
    if not (missing or extra or other):
        return passed()
    return failed(
        f"{of} returned a wrong dict: {key_counts(want, missing, extra, other, key)}"
        + ("" if missing or extra else dict_pattern(got, want)),
        detail=f"{detail} {key_names(got, want, missing, extra, other)}".strip(),
        fix=fix or _BY_HAND,
        misconception=_suspect(got, suspects),
    )


def _suspect(got: Any, suspects: ValueSuspects) -> str | None:
    """The misconception whose wrong answer this is."""
    rows = suspects.items() if isinstance(suspects, Mapping) else suspects
    for name, value in rows:
        if same_value(got, value() if callable(value) else value):
            return str(name)
    return None


def _not_int_like(got: Any, want: Any) -> str | None:
    if isinstance(want, tuple):
        if not isinstance(got, tuple | list):
            return f"{describe_kind(got)}; a tuple of {len(want)} ints is needed"
        if len(got) != len(want):
            return f"{shown_size(len(got), [len(want)])} values; {len(want)} are needed"
        problems = (_not_int_like(g, w) for g, w in zip(got, want, strict=True))
        return next((f"a tuple that holds {p}" for p in problems if p), None)
    if isinstance(got, np.ndarray) and got.ndim == 0 and got.dtype.kind in "iu":
        return None
    if type(got) is int or (type(got) is float and got.is_integer()):
        return None
    return f"{describe_kind(got)}; an int is needed"
