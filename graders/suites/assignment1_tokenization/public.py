"""Public checks of A1.1 to A1.7: small examples, which a student may read."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from graders.checks import Student, check, close, holds, same_text
from graders.checks import is_array as array
from graders.records import Finding
from graders.suites.assignment1_tokenization import oracle, wrong
from graders.suites.assignment1_tokenization.answers import (
    counts_are,
    one_hot_is,
    padded_is,
    tokenizer_for,
)
from graders.suites.assignment1_tokenization.data import data_sha256
from graders.suites.assignment1_tokenization.forms import (
    ids_are,
    is_object,
    merges_are,
    own_ids,
    symbols_are,
    vocab_is,
)

__all__ = ["data_sha256"]

HUGS = {"hug": 10, "pug": 5, "pun": 12, "bun": 4, "hugs": 5}
LANTERN = " _ \n/_\\\n|*|\n|_|\n~~~\n.:.\n'''\n"


@check("A1.1", title="A small image")
def small_image(student: Student) -> Finding:
    """Six grey values, from black to white."""
    img = np.array([[0, 51, 102], [153, 204, 255]], np.uint8)
    return close(
        student.scale_gray(img),
        oracle.scale_gray(img),
        of="`scale_gray`",
        axes="H W",
        suspects=wrong.scale_gray(img),
    )


@check("A1.1", title="A small drawing")
def small_drawing(student: Student) -> Finding:
    """A lantern of 21 characters in seven lines, with two spaces in the first."""
    return close(
        student.encode_ascii(LANTERN),
        oracle.encode_ascii(LANTERN),
        of="`encode_ascii`",
        axes="n",
        suspects=wrong.encode_ascii(LANTERN),
        shape_suspects=wrong.ascii_shapes(LANTERN),
    )


@check("A1.1", title="Numbers of 32 bits")
def float32_numbers(student: Student) -> Iterator[Finding]:
    """Networks compute with float32, so both functions return it."""
    img = np.array([[0, 255]], np.uint8)
    for of, got in [
        ("`scale_gray`", student.scale_gray(img)),
        ("`encode_ascii`", student.encode_ascii("a b")),
    ]:
        yield array(got, of=of)
        yield holds(
            got.dtype == np.float32,
            f"{of} returned an array of dtype {got.dtype}; float32 is right.",
            fix='Convert it with astype("float32"), at the end.',
        )


@check("A1.2", title="Small texts in one form")
def small_texts(student: Student) -> Iterator[Finding]:
    """Case, punctuation, white space, a digit, an accent, and a ligature."""
    for text in ["  Hello,\tKILLER  robot!\n", "Don't  stop at 5 cafés.", "ﬁnal"]:
        yield same_text(
            student.standardize(text),
            oracle.standardize(text),
            of="`standardize`",
            suspects=wrong.standardize(text),
            detail=f"For {text!r}:",
        )


@check("A1.3", title="Characters there and back")
def small_tokenizer(student: Student) -> Iterator[Finding]:
    """Fitted on "cab" and "bb": a, b, c are 2, 3, 4, and d is unknown."""
    texts = ["cab", "bb"]
    tokenizer = tokenizer_for(student, texts)
    yield ids_are(
        tokenizer.encode("abcd"),
        [2, 3, 4, 1],
        of="`CharTokenizer.encode`",
        suspects=wrong.encode("abcd", texts),
        detail="For 'abcd', fitted on ['cab', 'bb']:",
    )
    yield same_text(
        tokenizer.decode([4, 2, 3, 1]),
        "cab\ufffd",
        of="`CharTokenizer.decode`",
        detail="For [4, 2, 3, 1], fitted on ['cab', 'bb']:",
    )


@check("A1.3", title="Fitting returns the tokenizer")
def fit_returns_itself(student: Student) -> Iterator[Finding]:
    """So that `CharTokenizer().fit(texts)` can be used at once."""
    own = student.on(student.CharTokenizer(), "CharTokenizer")
    fitted = own.fit(["ab"])
    yield is_object(fitted, "`CharTokenizer.fit`", misconception="fit_returns_nothing")
    yield ids_are(
        student.on(fitted, "CharTokenizer").encode("ab"),
        own_ids(own.encode("ab"), "`CharTokenizer.encode`"),
        of="`encode` of what `CharTokenizer.fit` returned",
    )


@check("A1.4", title="A small vocabulary")
def small_vocabulary(student: Student) -> Iterator[Finding]:
    """Three lists of words; all of them, then four entries, then frequent ones."""
    docs = [["to", "be", "or", "not", "to", "be"], ["to", "do"], ["be", "bold", "or"]]
    for max_size, min_freq in [(20, 1), (4, 1), (20, 2)]:
        yield vocab_is(
            student.build_vocab(docs, max_size, min_freq),
            oracle.build_vocab(docs, max_size, min_freq),
            of="`build_vocab`",
            suspects=wrong.build_vocab(docs, max_size, min_freq),
            detail=f"With max_size={max_size} and min_freq={min_freq}:",
        )


@check("A1.5", title="Pairs of hug, pug, pun, bun and hugs")
def pairs_of_hugs(student: Student) -> Finding:
    """They occur 10, 5, 12, 4 and 5 times: (u, g) 20 times, (u, n) 16 times."""
    return counts_are(student, {tuple(word): n for word, n in HUGS.items()})


@check("A1.5", title="One pair merged in short words")
def short_merges(student: Student) -> Iterator[Finding]:
    """(u, g) in h-u-g-s, and (a, a) in two, three and four times a."""
    cases: list[tuple[Any, Any]] = [(("h", "u", "g", "s"), ("u", "g"))]
    cases += [(("a",) * n, ("a", "a")) for n in (2, 3, 4)]
    for word, pair in cases:
        yield symbols_are(
            student.merge_word(word, pair),
            list(oracle.merge_word(word, pair)),
            of="`merge_word`",
            suspects=wrong.merge_word(word, pair),
            detail=f"For {word} and {pair}:",
        )


@check("A1.5", title="Three merges learned from hug, pug, pun, bun and hugs")
def merges_of_hugs(student: Student) -> Finding:
    """u+g, then u+n, then h+ug."""
    corpus = list(Counter(HUGS).elements())
    return merges_are(
        student.train_bpe(corpus, 3),
        [("u", "g"), ("u", "n"), ("h", "ug")],
        of="`train_bpe`",
        suspects=wrong.train_bpe(corpus, 3),
    )


@check("A1.5", title="A word as symbols, and back")
def hugs_as_symbols(student: Student) -> Iterator[Finding]:
    """With the merges u+g, u+n and h+ug, hugs is hug, s."""
    merges = [("u", "g"), ("u", "n"), ("h", "ug")]
    yield symbols_are(
        student.bpe_encode("hugs", merges),
        ["hug", "s"],
        of="`bpe_encode`",
        suspects=wrong.bpe_encode("hugs", merges),
    )
    yield same_text(
        student.bpe_decode(["hug", "s"]),
        "hugs",
        of="`bpe_decode`",
        suspects=[("decode_with_spaces", "hug s")],
    )


@check("A1.6", title="Three lists in one batch")
def small_batch(student: Student) -> Iterator[Finding]:
    """Of 3, 1 and 2 ids: as long as the longest, then cut to 2."""
    seqs = [[5, 6, 7], [8], [9, 4]]
    for max_len in (None, 2):
        got = student.pad_batch(seqs, max_len)
        yield from padded_is(got, seqs, max_len, "post")


@check("A1.6", title="Whole numbers and a mask of bools")
def types_of_batch(student: Student) -> Iterator[Finding]:
    """The ids are int32, and the mask is bool."""
    got = student.pad_batch([[5, 6], [7]])
    yield from padded_is(got, [[5, 6], [7]], None, "post")
    ids, mask = got
    yield holds(
        ids.dtype == np.int32 and mask.dtype == np.bool_,
        f"`pad_batch` returned ids of dtype {ids.dtype} and a mask of dtype"
        f" {mask.dtype}; int32 and bool are right.",
        fix="Give the dtype where you make the arrays.",
    )


@check("A1.7", title="Four ids as rows with a one")
def small_one_hot(student: Student) -> Iterator[Finding]:
    """The ids 2, 0, 3, 1 of four, as float32."""
    ids = np.array([2, 0, 3, 1])
    got = student.one_hot(ids, 4)
    yield one_hot_is(got, ids, 4)
    yield holds(
        got.dtype == np.float32,
        f"`one_hot` returned an array of dtype {got.dtype}; float32 is right.",
        fix='Convert it with astype("float32"), at the end.',
    )


@check("A1.7", title="Ids as rows of a table")
def small_embedding(student: Student) -> Finding:
    """Two texts of two ids, and a table of 3 rows."""
    table = np.array([[0.5, -0.5], [1, 2], [3, 4]], np.float32)
    ids = np.array([[2, 1], [1, 0]])
    return close(
        student.embed(ids, table),
        oracle.embed(ids, table),
        of="`embed`",
        axes="B T D",
        suspects=wrong.embed(ids, table),
    )
