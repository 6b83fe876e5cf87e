"""Matchers for what A1 asks: the form first, then the value.

As with the engine's own, `what` never quotes an input or a right value.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from graders.checks import Verdict, failed, passed, same_dict, same_list
from graders.checks.matchers import describe_kind
from graders.records import Finding, Outcome
from graders.wire import Opaque

Suspects = Sequence[tuple[str, Any]]


def is_text(got: Any, of: str) -> Finding:
    """Any text."""
    return passed() if type(got) is str else _other(got, of, "a text")


def ids_are(
    got: Any,
    want: list[int],
    *,
    of: str,
    suspects: Suspects = (),
    detail: str = "",
) -> Finding:
    """Exactly these ints, in a list, a tuple or an array."""
    if (ids := plain_ids(got)) is None:
        return _other(got, of, "a list of ints")
    return same_list(ids, want, of=of, item="id", suspects=suspects, detail=detail)


def symbols_are(
    got: Any,
    want: list[str],
    *,
    of: str,
    suspects: Suspects = (),
    detail: str = "",
) -> Finding:
    """Exactly these symbols, in a list, a tuple or an array."""
    if (symbols := plain_symbols(got)) is None:
        return _other(got, of, "a list of symbols")
    return same_list(
        symbols, want, of=of, item="symbol", suspects=suspects, detail=detail
    )


def merges_are(
    got: Any,
    want: list[tuple[str, str]],
    *,
    of: str,
    suspects: Suspects = (),
    fix: str = "",
) -> Finding:
    """Exactly these pairs, in this order."""
    if (merges := plain_merges(got)) is None:
        return _other(got, of, "a list of pairs (left, right)")
    return same_list(merges, want, of=of, item="pair", suspects=suspects, fix=fix)


def vocab_is(
    got: Any,
    want: dict[str, int],
    *,
    of: str,
    suspects: Suspects = (),
    detail: str = "",
) -> Finding:
    """Exactly these entries, whatever the order of the dict."""
    if not is_vocab(got):
        return not_a_vocab(got, of)
    return same_dict(got, want, of=of, key="word", suspects=suspects, detail=detail)


def is_vocab(got: Any) -> bool:
    """Whether it is a dict from texts to ints."""
    return isinstance(got, dict) and all(
        type(key) is str and type(value) is int for key, value in got.items()
    )


def not_a_vocab(got: Any, of: str) -> Finding:
    """What is told of anything else than a dict from texts to ints."""
    return _other(got, of, "a dict from words to ints")


def plain_ids(got: Any) -> list[int] | None:
    """A list of ints from what means one; None from anything else.

    >>> plain_ids((2, 3)), plain_ids([2.5]), plain_ids(np.array([]))
    ([2, 3], None, [])
    """
    items = _items(got)
    return items if items is not None and _all_are(items, int) else None


def plain_symbols(got: Any) -> list[str] | None:
    """A list of texts from what means one; None from anything else."""
    items = _items(got)
    return items if items is not None and _all_are(items, str) else None


def plain_merges(got: Any) -> list[tuple[str, str]] | None:
    """A list of pairs from what means one; None from anything else.

    >>> plain_merges(np.array([["a", "b"], ["ab", "c"]]))
    [('a', 'b'), ('ab', 'c')]
    """
    if isinstance(got, np.ndarray) and got.ndim == 2 and got.dtype.kind == "U":
        got = got.tolist()
    pairs = [plain_symbols(pair) for pair in _items(got) or []]
    if _items(got) is None or any(pair is None or len(pair) != 2 for pair in pairs):
        return None
    return [(pair[0], pair[1]) for pair in pairs if pair is not None]


def own_ids(got: Any, of: str) -> list[int]:
    """A student's ids, whichever they are.

    Raises:
        Verdict: if it is no list of ints.
    """
    ids = plain_ids(got)
    if ids is None:
        raise Verdict(_other(got, of, "a list of ints"))
    return ids


def own_merges(got: Any) -> list[tuple[str, str]]:
    """A student's merges, whichever they are.

    Raises:
        Verdict: if it is no list of pairs.
    """
    merges = plain_merges(got)
    if merges is None:
        raise Verdict(_other(got, "`train_bpe`", "a list of pairs (left, right)"))
    return merges


def own_symbols(got: Any, word: str) -> list[str]:
    """A student's symbols of a word, however it is cut.

    Raises:
        Verdict: if it is no list of symbols, or if they are those of another word.
    """
    of, symbols = "`bpe_encode`", plain_symbols(got)
    if symbols is None:
        raise Verdict(_other(got, of, "a list of symbols"))
    if "".join(symbols) != word:
        raise Verdict(
            failed(
                f"The symbols of {of} do not spell the word.",
                fix="Begin with the characters of the word, and only join them.",
            )
        )
    return symbols


def is_object(got: Any, of: str, *, misconception: str | None = None) -> Finding:
    """Something that stays in the worker, and not a plain value."""
    if isinstance(got, Opaque):
        return passed()
    return failed(
        f"{of} returned {describe_kind(got)}.",
        fix="Return the object itself, as the docstring says.",
        misconception=misconception,
    )


def named(finding: Finding, misconception: str) -> Finding:
    """With the only misconception there is about this value."""
    if finding.outcome is Outcome.PASSED or finding.misconception:
        return finding
    return replace(finding, misconception=misconception)


def _items(got: Any) -> list[Any] | None:
    """The items of a list, a tuple or an array of one axis; an empty one of any."""
    if isinstance(got, np.ndarray):
        return got.tolist() if got.ndim == 1 else None
    return list(got) if isinstance(got, list | tuple) else None


def _all_are(items: list[Any], kind: type) -> bool:
    return all(type(item) is kind for item in items)


def _other(got: Any, of: str, needed: str) -> Finding:
    """What is told of a value in the wrong form."""
    told = describe_kind(got) + (" with other items in it" if _items(got) else "")
    return failed(
        f"{of} returned {told}; {needed} is needed.",
        fix="Return the value that the docstring names.",
    )
