"""Hidden checks of A1.6 and A1.7: batches, one-hot rows and embeddings."""

from collections.abc import Iterator

import numpy as np

from graders.checks import Student, Verdict, check, close, failed, holds
from graders.checks import is_array as array
from graders.records import Finding
from graders.suites.assignment1_tokenization import oracle, wrong
from graders.suites.assignment1_tokenization.answers import one_hot_is, padded_is

Rng = np.random.Generator


# --- A1.6 -------------------------------------------------------------------


def ragged(rng: Rng, *lengths: int) -> list[list[int]]:
    """Lists of ids, none of them 0."""
    return [rng.integers(2, 99, length).tolist() for length in lengths]


@check("A1.6", title="Padding at the end, and at the start")
def padding_of_each_side(student: Student, rng: Rng) -> Iterator[Finding]:
    """Lists of up to 7 ids, one of them empty."""
    seqs = ragged(rng, 3, 7, 0, 5)
    for side in ("post", "pre"):
        yield from padded_is(student.pad_batch(seqs, None, side), seqs, None, side)


@check("A1.6", title="Cut at the end, and at the start")
def cutting_of_each_side(student: Student, rng: Rng) -> Iterator[Finding]:
    """Lists that are longer than max_len, as long, and shorter."""
    seqs = ragged(rng, 6, 4, 9, 2)
    for side in ("pre", "post"):
        got = student.pad_batch(seqs, 4, side)
        changed = bool(student.changed)
        yield from padded_is(got, seqs, 4, side)
        yield holds(
            not changed,
            "`pad_batch` changes the lists that it is given.",
            fix="Cut and pad copies: whoever calls the function still has the lists.",
        )


@check("A1.6", title="Wider than the longest list")
def wider_than_needed(student: Student, rng: Rng) -> Iterator[Finding]:
    """Lists of up to 5 ids in rows of 8."""
    seqs = ragged(rng, 5, 1, 3)
    for side in ("post", "pre"):
        yield from padded_is(student.pad_batch(seqs, 8, side), seqs, 8, side)


@check("A1.6", title="The mask counts the ids of each list")
def mask_counts(student: Student, rng: Rng) -> Iterator[Finding]:
    """As many as there are, and at most as many as fit."""
    lengths = rng.integers(1, 9, 6).tolist()
    for side in ("post", "pre"):
        got = student.pad_batch(ragged(rng, *lengths), 5, side)
        of = "mask of `pad_batch`"
        mask = got[1] if isinstance(got, tuple | list) and len(got) == 2 else None
        yield array(mask, (6, 5), of=of, axes="B T", kinds="biu")
        assert mask is not None
        yield holds(
            mask.astype(bool).sum(axis=1).tolist() == [min(n, 5) for n in lengths],
            f"{of} does not count the ids of each list.",
            fix="Sum the mask over each row, and compare with the length of the list.",
        )


# --- A1.7 -------------------------------------------------------------------


@check("A1.7", title="Ids of any shape")
def ids_of_any_shape(student: Student, rng: Rng) -> Iterator[Finding]:
    """One id without an axis, then one, two and three axes."""
    for shape in [(3,), (2, 3), (2, 2, 3), ()]:
        ids = np.asarray(rng.integers(0, 7, shape))
        yield one_hot_is(student.one_hot(ids, 7), ids, 7)


@check("A1.7", title="An id that is out of range is an error")
def ids_out_of_range(student: Student, rng: Rng) -> Iterator[Finding]:
    """First ids that are all right, then with one that is too large or negative."""
    ids = rng.integers(0, 6, (2, 3))
    yield one_hot_is(student.one_hot(ids, 6), ids, 6)
    for bad in (-1, 6, 9):
        wrong_ids = np.where(np.arange(6).reshape(2, 3) == 4, bad, ids)
        try:
            rows = student.one_hot(wrong_ids, 6)
        except Verdict as verdict:
            if not verdict.finding.what.startswith("`one_hot` raised "):
                raise
            continue
        yield array(rows, (2, 3, 6), of="`one_hot` of an id that is out of range")
        wrapped = bool(np.all(rows.sum(axis=-1) == 1))
        yield failed(
            "`one_hot` accepts an id that is out of range.",
            misconception="one_hot_wraps" if wrapped else "one_hot_accepts_any",
        )


@check("A1.7", title="Every id takes its own row")
def rows_of_the_table(student: Student, rng: Rng) -> Finding:
    """All ids of a table of 9 rows, 0 among them."""
    table = rng.normal(size=(9, 4)).astype(np.float32)
    ids = np.stack([rng.permutation(9), rng.integers(0, 9, 9)])
    return close(
        student.embed(ids, table),
        oracle.embed(ids, table),
        of="`embed`",
        axes="B T D",
        suspects=wrong.embed(ids, table),
    )


@check("A1.7", title="Taking rows is a product with one-hot rows")
def one_hot_times_table(student: Student, rng: Rng) -> Iterator[Finding]:
    """Your two functions, compared with each other."""
    table = rng.normal(size=(6, 3)).astype(np.float32)
    ids = rng.integers(0, 6, (2, 4))
    rows = student.one_hot(ids, 6)
    yield one_hot_is(rows, ids, 6)
    yield close(student.embed(ids, table), rows @ table, of="`embed`", axes="B T D")
