"""How texts, lists and dicts differ, in words.

Comparisons are led by the right value: an answer, which is hostile, is only looked at
where the right value has something to compare it with.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from graders.checks.matchers.kinds import describe_kind, shown_size

_MOST_NAMED = 3


def same_value(got: Any, want: Any) -> bool:
    """Whether an answer is the right value, apart from the type of its containers.

    >>> same_value([("a", np.array(1)), 2.0], (["a", 1], 2)), same_value([True], [1])
    (True, False)
    """
    if isinstance(want, tuple | list):
        items = as_list(got)
        if items is None or len(items) != len(want):
            return False
        return all(same_value(g, w) for g, w in zip(items, want, strict=True))
    if isinstance(want, dict):
        return (
            isinstance(got, dict)
            and len(got) == len(want)
            and all(
                has(got, name) and same_value(got[name], w) for name, w in want.items()
            )
        )
    if isinstance(got, np.ndarray) and got.ndim == 0:
        got = got.item()
    if isinstance(want, bool | np.bool_) or want is None:
        return type(got) is type(want) and bool(got == want)
    if isinstance(want, int | float | np.number):
        return type(got) in (int, float) and bool(got == want)
    return type(got) is type(want) and bool(got == want)


def as_list(got: Any) -> list[Any] | None:
    """The items of a list, a tuple or an array of one axis; None of anything else."""
    if isinstance(got, np.ndarray):
        return got.tolist() if got.ndim == 1 and got.dtype.kind in "biufU" else None
    return list(got) if isinstance(got, list | tuple) else None


def has(mapping: Mapping[Any, Any], name: Any) -> bool:
    """Whether there is such a key, of the same type: True is no 1."""
    return name in mapping and type(name) in {str, int, tuple}


def first_difference(got: Sequence[Any], want: Sequence[Any]) -> int:
    """Index of the first item that differs; the shorter length, if none does."""
    pairs = enumerate(zip(got, want, strict=False))
    shorter = min(len(got), len(want))
    return next((i for i, (g, w) in pairs if not same_value(g, w)), shorter)


def sequence_difference(
    got: Sequence[Any], want: Sequence[Any], noun: str, item: str
) -> str:
    """What is told of a list or text: lengths, and the first item that differs."""
    first = first_difference(got, want)
    length = shown_size(len(got), [len(want)])
    sizes = f"{length} {_plural(item, len(got))} instead of {len(want)}"
    if first == len(got):
        right = " These are right." if len(got) > 1 else ""
        return f"{noun} that is too short: {sizes}.{right}"
    if first == len(want):
        right = f" The first {first} are right." if first > 1 else ""
        return f"{noun} that is too long: {sizes}.{right}"
    text = f"wrong {noun}: the first wrong {item} is number {first}, counted from 0."
    if len(got) != len(want):
        text += f" There are {sizes}."
    elif _family(got[first]) is not _family(want[first]):
        text += f" It is {describe_kind(got[first])}."
    return text


def _family(value: Any) -> type:
    """The type of a value, apart from which kind of number or container it is."""
    if isinstance(value, np.ndarray):
        return list if value.ndim else type(value.item())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int
    return list if isinstance(value, tuple) else type(value)


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"


def text_pattern(got: str, want: str) -> str:
    """One sentence on how two texts differ, where there is one that holds."""
    if got.casefold() == want.casefold():
        return " Only upper and lower case differ."
    if "".join(got.split()) == "".join(want.split()):
        return " Only blanks and line ends differ."
    return " It is reversed." if got == want[::-1] else ""


def list_pattern(got: list[Any], want: list[Any], item: str) -> str:
    """One sentence on how two lists differ, where there is one that holds."""
    if len(got) != len(want) or len(want) < 2:
        return ""
    if same_value(got, want[::-1]):
        return f" The {item}s are right, but in reverse order."
    if same_value(_ordered(got), _ordered(want)):
        return f" The {item}s are right, but in another order."
    return _offset(list(zip(got, want, strict=True)), item)


def dict_pattern(got: Mapping[Any, Any], want: Mapping[Any, Any]) -> str:
    """One sentence on how the values of the same keys differ, if one holds."""
    pairs = [(got[name], right) for name, right in want.items()]
    return _offset(pairs, "value") if len(pairs) > 1 else ""


def _offset(pairs: list[tuple[Any, Any]], item: str) -> str:
    if not all(type(part) is int for pair in pairs for part in pair):
        return ""
    same = len({got - want for got, want in pairs}) == 1
    return f" Each {item} is off by the same amount." if same else ""


def _ordered(items: list[Any]) -> list[Any]:
    return sorted(items, key=repr)


def key_counts(
    want: Mapping[Any, Any],
    missing: list[Any],
    extra: list[Any],
    other: list[Any],
    key: str,
) -> str:
    """How many keys are missing, wrong, and not asked for."""
    parts = []
    if missing:
        parts.append(f"{len(missing)} {'is' if len(missing) == 1 else 'are'} missing")
    if other:
        parts.append(
            f"{len(other)} {'has' if len(other) == 1 else 'have'} a wrong value"
        )
    told = []
    if parts:
        of = f"of {len(want)} {_plural(key, len(want))}, "
        told.append(of + " and ".join(parts) + ".")
    if extra:
        count = shown_size(len(extra), [len(want)])
        told.append(
            f"{count} more should not be there."
            if parts
            else f"{count} {_plural(key, len(extra))} should not be there."
        )
    return " ".join(told)


def key_names(
    got: Mapping[Any, Any],
    want: Mapping[Any, Any],
    missing: list[Any],
    extra: list[Any],
    other: list[Any],
) -> str:
    """The first few keys of each kind, for public checks."""
    told = []
    for words, names in (("Missing", missing), ("Not asked for", extra)):
        if names:
            shown = ", ".join(short(name) for name in names[:_MOST_NAMED])
            told.append(f"{words}: {shown}{', ...' * (len(names) > _MOST_NAMED)}.")
    for name in other[:1]:
        told.append(
            f"At {short(name)}, {short(got[name])} came back,"
            f" {short(want[name])} is right."
        )
    return " ".join(told)


def first_items(got: list[Any], want: list[Any]) -> str:
    """The first items that differ, or the two lists if they are short."""
    first = first_difference(got, want)
    if max(len(repr(got[:40])), len(repr(want[:40]))) <= 80:
        return f"{got} came back, {want} is right."
    came = short(got[first]) if first < len(got) else "nothing"
    right = short(want[first]) if first < len(want) else "nothing"
    return f"At number {first}, {came} came back, {right} is right."


def first_characters(got: str, want: str) -> str:
    """Both texts from the first difference on, or all of them if they are short."""
    first = first_difference(got, want)
    if max(len(got), len(want)) <= 80:
        return f"{got!r} came back, {want!r} is right."
    came, right = got[first : first + 40], want[first : first + 40]
    return f"From there on, {came!r} came back, {right!r} is right."


def short(value: Any) -> str:
    """A value in at most 80 characters."""
    text = repr(value) if isinstance(value, str | list | tuple | dict) else str(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
