"""Matchers for text, lists and dicts: the form first, then the value.

As with the engine's own, `what` never quotes an input or a right value.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from graders.checks import failed, passed
from graders.checks.matchers import describe_kind
from graders.records import Finding, Outcome
from graders.wire import Opaque

Suspects = Sequence[tuple[str, Any]]
_SHORT = 160


def text_is(
    got: Any,
    want: str,
    *,
    of: str,
    suspects: Suspects = (),
    detail: str = "",
    fix: str = "",
) -> Finding:
    """Exactly this text.

    >>> text_is("a", "b", of="`f`").what
    '`f` returned a wrong text.'
    """
    problem = "" if type(got) is str else "a text is needed"
    return _same(got, got, want, problem, "text", of, suspects, detail, fix)


def is_text(got: Any, of: str) -> Finding:
    """Any text."""
    problem = "" if type(got) is str else "a text is needed"
    return _same(got, got, got, problem, "text", of, (), "", "")


def ids_are(
    got: Any,
    want: list[int],
    *,
    of: str,
    suspects: Suspects = (),
    detail: str = "",
    fix: str = "",
) -> Finding:
    """Exactly these ints, in a list, a tuple or an array."""
    plain = plain_ids(got)
    problem = "" if plain is not None else "a list of ints is needed"
    finding = _same(got, plain, want, problem, "list of ids", of, suspects, detail, fix)
    if finding.what and plain is not None and len(plain) != len(want):
        size = "shorter" if len(plain) < len(want) else "longer"
        return replace(finding, what=f"{of} returned a list that is {size} than asked.")
    return finding


def symbols_are(
    got: Any,
    want: list[str],
    *,
    of: str,
    suspects: Suspects = (),
    detail: str = "",
    fix: str = "",
) -> Finding:
    """Exactly these symbols, in a list, a tuple or an array."""
    plain = plain_symbols(got)
    problem = "" if plain is not None else "a list of symbols is needed"
    return _same(
        got, plain, want, problem, "list of symbols", of, suspects, detail, fix
    )


def merges_are(
    got: Any,
    want: list[tuple[str, str]],
    *,
    of: str,
    suspects: Suspects = (),
    detail: str = "",
    fix: str = "",
) -> Finding:
    """Exactly these pairs, in this order."""
    plain = plain_merges(got)
    problem = "" if plain is not None else "a list of pairs (left, right) is needed"
    return _same(got, plain, want, problem, "list of pairs", of, suspects, detail, fix)


def vocab_is(
    got: Any,
    want: dict[str, int],
    *,
    of: str,
    suspects: Suspects = (),
    detail: str = "",
    fix: str = "",
) -> Finding:
    """Exactly these entries, whatever the order of the dict."""
    problem = "" if is_vocab(got) else "a dict from words to ints is needed"
    finding = _same(got, got, want, problem, "dict", of, suspects, detail, fix)
    if not finding.what or problem or finding.misconception:
        return finding
    told = (
        " There are entries that should not be there."
        if got.keys() - want.keys()
        else " Some entries are missing."
        if want.keys() - got.keys()
        else " The words are right, and some of their ids are not."
    )
    return replace(finding, what=finding.what + told)


def is_vocab(got: Any) -> bool:
    """Whether it is a dict from texts to ints."""
    return isinstance(got, dict) and all(
        type(key) is str and type(value) is int for key, value in got.items()
    )


def plain_ids(got: Any) -> list[int] | None:
    """A list of ints from what means one; None from anything else.

    >>> plain_ids((2, 3)), plain_ids([2.5])
    ([2, 3], None)
    """
    if isinstance(got, np.ndarray):
        return got.tolist() if got.ndim == 1 and got.dtype.kind in "iu" else None
    if isinstance(got, list | tuple) and all(type(item) is int for item in got):
        return list(got)
    return None


def plain_symbols(got: Any) -> list[str] | None:
    """A list of texts from what means one; None from anything else."""
    if isinstance(got, np.ndarray):
        return got.tolist() if got.ndim == 1 and got.dtype.kind == "U" else None
    if isinstance(got, list | tuple) and all(type(item) is str for item in got):
        return list(got)
    return None


def plain_merges(got: Any) -> list[tuple[str, str]] | None:
    """A list of pairs from what means one; None from anything else."""
    if not isinstance(got, list | tuple):
        return None
    pairs = [plain_symbols(pair) for pair in got]
    if any(pair is None or len(pair) != 2 for pair in pairs):
        return None
    return [(pair[0], pair[1]) for pair in pairs if pair is not None]


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


def _same(
    got: Any,
    plain: Any,
    want: Any,
    problem: str,
    noun: str,
    of: str,
    suspects: Suspects,
    detail: str,
    fix: str,
) -> Finding:
    if problem:
        return failed(
            f"{of} returned {describe_kind(got)}; {problem}.",
            fix=fix or "Return the value that the docstring names.",
        )
    if plain == want:
        return passed()
    suspect = next(
        (name for name, value in suspects if _call(value) == plain),
        None,
    )
    return failed(
        f"{of} returned a wrong {noun}.",
        detail=f"{detail} {shown(plain)} came back, {shown(want)} is right.".strip(),
        fix=fix or "Work it out by hand for a small case, and compare.",
        misconception=suspect,
    )


def _call(value: Any) -> Any:
    return value() if callable(value) else value


def shown(value: Any) -> str:
    """A value in one line of a `detail`."""
    text = repr(value)
    return text if len(text) <= _SHORT else f"{text[:_SHORT]} ..."
