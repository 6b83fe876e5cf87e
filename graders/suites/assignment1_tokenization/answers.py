"""Answers of single functions, judged in several checks."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from graders.checks import Student, close, failed, holds, same_dict
from graders.checks import is_array as array
from graders.records import Finding
from graders.suites.assignment1_tokenization import given, oracle, wrong
from graders.suites.assignment1_tokenization.oracle import Word


def tokenizer_for(student: Student, texts: list[str]) -> Any:
    """The methods of a new tokenizer that was fitted on some texts."""
    methods = student.on(student.CharTokenizer(), "CharTokenizer")
    methods.fit(texts)
    return methods


def counts_are(student: Student, words: dict[Word, int]) -> Finding:
    """`pair_counts` of these words: tuples cannot be keys where answers cross."""
    of = "`pair_counts`"
    given_words = student.use(
        given.as_words, [[list(word), n] for word, n in words.items()], of="The words"
    )
    rows = student.use(given.rows_of_pairs, student.pair_counts(given_words), of=of)
    got = _plain_counts(rows)
    if got is None:
        return failed(
            f"{of} returned no dict from pairs (left, right) to ints.",
            fix="Return a Counter, whose keys are tuples of two symbols.",
        )
    return same_dict(
        got,
        oracle.pair_counts(words),
        of=of,
        key="pair",
        suspects=wrong.pair_counts(words),
        fix="Count the pairs of one word by hand, then those of two words.",
    )


def _plain_counts(rows: Any) -> dict[tuple[str, str], int] | None:
    """Pairs that occur, from the rows that came back; None if they are malformed.

    >>> _plain_counts([["a", "b", 2.0], ["b", "c", 0]])
    {('a', 'b'): 2}
    """
    counts = {}
    for row in rows if isinstance(rows, list) else [None]:
        if not (isinstance(row, list) and len(row) == 3):
            return None
        left, right, number = row
        if type(left) is not str or type(right) is not str:
            return None
        if type(number) not in (int, float) or number % 1:
            return None
        if number:
            counts[left, right] = int(number)
    return counts


def padded_is(
    got: Any, seqs: list[list[int]], max_len: int | None, side: str
) -> Iterator[Finding]:
    """A pair of ids and mask, both right."""
    of = f"`pad_batch` with side {side!r}"
    if not (isinstance(got, tuple | list) and len(got) == 2):
        yield failed(f"{of} does not return a pair.", fix="Return `(ids, mask)`.")
        return
    ids, mask = got
    want_ids, want_mask = oracle.pad_batch(seqs, max_len, side)
    longest = max(map(len, seqs))
    if isinstance(ids, np.ndarray) and ids.dtype.kind == "f":
        yield failed(
            f"{of} returned ids of dtype {ids.dtype}.", misconception="float_ids"
        )
        return
    yield close(
        ids,
        want_ids,
        of=f"ids of {of}",
        axes="B T",
        suspects=wrong.pad_batch(seqs, max_len, side),
        shape_suspects=[("max_len_ignored", (len(seqs), longest))],
    )
    yield array(mask, want_mask.shape, of=f"mask of {of}", axes="B T", kinds="biu")
    inverted = bool(np.array_equal(mask.astype(bool), ~want_mask))
    yield holds(
        bool(np.array_equal(mask.astype(bool), want_mask)),
        f"mask of {of} is not True exactly where an id of the list stands.",
        fix="Compare the mask with the ids, row by row.",
        misconception="mask_inverted" if inverted else None,
    )


def one_hot_is(got: Any, ids: np.ndarray, depth: int) -> Finding:
    """Rows of zeros with a one, one axis more than the ids have."""
    return close(
        got,
        oracle.one_hot(ids, depth),
        of="`one_hot`",
        axes="B T V"[4 - 2 * ids.ndim :] if ids.ndim < 3 else "",
        suspects=wrong.one_hot(ids, depth),
        shape_suspects=wrong.one_hot_shapes(ids, depth),
    )
