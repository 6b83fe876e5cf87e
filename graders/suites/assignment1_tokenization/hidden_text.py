"""Hidden checks of A1.1 to A1.4: pictures, text in one form, ids of characters."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from graders.checks import Student, check, close, holds, same_text
from graders.records import Finding
from graders.suites.assignment1_tokenization import oracle, wrong
from graders.suites.assignment1_tokenization.answers import tokenizer_for
from graders.suites.assignment1_tokenization.forms import (
    ids_are,
    is_text,
    is_vocab,
    named,
    not_a_vocab,
    own_ids,
    plain_ids,
    vocab_is,
)
from graders.suites.assignment1_tokenization.text import (
    LETTERS,
    MANY,
    distinct_words,
    random_words,
    shuffled,
)

Rng = np.random.Generator
ENCODE = "`CharTokenizer.encode`"
PRINTABLE = "".join(map(chr, range(33, 127)))
FORMS = [
    "ﬁlter",
    "ﬂow",
    "\uff28\uff45\uff4c\uff4c\uff4f\uff01",
    "wait…what",
    "№",
    "\u210cand",
    "™",
    "a\u00a0b",
    "İzmir",
]
KEPT = ["Café", "42", "naïve", "Ångström", "1989", "nai\u0308ve", "3Dé", "Žižek"]
SIGNS = ["well-known", "don't", "snake_case", "(x)", "50%", "a - b", "--", "end. \t\n"]


# --- A1.1 -------------------------------------------------------------------


@check("A1.1", title="Every grey value of every image")
def any_image(student: Student, rng: Rng) -> Iterator[Finding]:
    """All 256 values, then an image with no white in it."""
    for img in [
        rng.permutation(256).astype(np.uint8).reshape(16, 16),
        rng.integers(1, 120, (5, 7)).astype(np.uint8),
    ]:
        yield close(
            student.scale_gray(img),
            oracle.scale_gray(img),
            of="`scale_gray`",
            axes="H W",
            suspects=wrong.scale_gray(img),
        )


@check("A1.1", title="Every character of a drawing")
def any_drawing(student: Student, rng: Rng) -> Finding:
    """Lines of different length, with spaces inside and at both ends."""
    words = ["".join(rng.choice(list(PRINTABLE), n)) for n in (4, 1, 6, 3)]
    art = f"  {words[0]} {words[1]} \n \n{words[2]}\n {words[3]}  "
    return close(
        student.encode_ascii(art),
        oracle.encode_ascii(art),
        of="`encode_ascii`",
        axes="n",
        suspects=wrong.encode_ascii(art),
        shape_suspects=wrong.ascii_shapes(art),
    )


# --- A1.2 -------------------------------------------------------------------


def in_one_form(student: Student, rng: Rng, pieces: list[str]) -> Iterator[Finding]:
    """Each piece by itself, then all of them in a row."""
    for text in [*pieces, " ".join(shuffled(rng, pieces))]:
        yield same_text(
            student.standardize(text),
            oracle.standardize(text),
            of="`standardize`",
            suspects=wrong.standardize(text),
        )


@check("A1.2", title="Characters that look alike become the same")
def forms_of_characters(student: Student, rng: Rng) -> Iterator[Finding]:
    """Ligatures, wide letters, letters from mathematics, a hard space."""
    yield from in_one_form(student, rng, FORMS)


@check("A1.2", title="Digits and accents stay")
def digits_and_accents(student: Student, rng: Rng) -> Iterator[Finding]:
    """Names, numbers, and an accent that is a character of its own."""
    yield from in_one_form(student, rng, KEPT)


@check("A1.2", title="Punctuation goes, and single spaces are left")
def punctuation_and_space(student: Student, rng: Rng) -> Iterator[Finding]:
    """Signs inside words, between words, and at the ends."""
    yield from in_one_form(student, rng, SIGNS)


@check("A1.2", title="A text that is in that form stays as it is")
def twice_is_once(student: Student, rng: Rng) -> Iterator[Finding]:
    """The function applied to its own result."""
    for _ in range(3):
        text = " ".join(shuffled(rng, FORMS + KEPT + SIGNS))
        once = student.standardize(text)
        yield is_text(once, "`standardize`")
        twice = student.standardize(once)
        yield holds(
            type(twice) is str and twice == once,
            "`standardize` changes a text that it returned itself.",
            fix="Apply the steps by hand, in the order of the docstring, and see which"
            " of them makes work for an earlier one.",
        )


# --- A1.3 -------------------------------------------------------------------


@check("A1.3", title="Ids from 2 on, in sorted order")
def sorted_characters(student: Student, rng: Rng) -> Iterator[Finding]:
    """Twenty characters in two texts."""
    characters = "".join(shuffled(rng, list(MANY))[:20])
    texts = [characters[:11], characters[7:]]
    got = tokenizer_for(student, texts).encode(characters)
    want = oracle.encode(characters, oracle.char_ids(texts))
    finding = ids_are(
        got,
        want,
        of=ENCODE,
        suspects=wrong.encode(characters, texts),
    )
    if sorted(plain_ids(got) or []) == sorted(want):
        finding = named(finding, "characters_unsorted")
    yield finding


@check("A1.3", title="A character that was not learned is 1")
def unknown_characters(student: Student, rng: Rng) -> Iterator[Finding]:
    """Letters that were learned and signs that were not, by turns."""
    texts = random_words(rng, LETTERS[:13], 6)
    text = "".join(shuffled(rng, [*"".join(texts), *"zyx🙂🦀é"]))
    yield ids_are(
        tokenizer_for(student, texts).encode(text),
        oracle.encode(text, oracle.char_ids(texts)),
        of=ENCODE,
        suspects=wrong.encode(text, texts),
    )


@check("A1.3", title="Encoding learns nothing")
def encoding_learns_nothing(student: Student, rng: Rng) -> Iterator[Finding]:
    """A character of another text is unknown before and after it was encoded."""
    tokenizer = tokenizer_for(student, random_words(rng, LETTERS[:13], 6))
    for _ in range(2):
        ids = own_ids(tokenizer.encode("🤖"), ENCODE)
        known = len(ids) == 1 and ids[0] > oracle.UNK
        yield ids_are(
            ids,
            [oracle.UNK],
            of=ENCODE,
            suspects=[("learns_while_encoding", ids)] if known else [],
        )


@check("A1.3", title="Two tokenizers know nothing of each other")
def two_tokenizers(student: Student) -> Iterator[Finding]:
    """Fitted on different letters, then asked for those of both."""
    first = tokenizer_for(student, ["fox"])
    before = own_ids(first.encode("fox dig"), ENCODE)
    second = tokenizer_for(student, ["dig"])
    unknown = own_ids(second.encode("🤖🤖🤖"), ENCODE)
    yield named(
        ids_are(
            first.encode("fox dig"),
            before,
            of="`CharTokenizer.encode`, after another tokenizer was fitted,",
        ),
        "shared_between_tokenizers",
    )
    yield ids_are(
        second.encode("fox"),
        unknown,
        of="`CharTokenizer.encode` of letters that another tokenizer learned",
        suspects=[("shared_between_tokenizers", before[:3])],
    )


@check("A1.3", title="Any text there and back")
def there_and_back(student: Student, rng: Rng) -> Iterator[Finding]:
    """Words of many alphabets, then with padding at both ends."""
    texts = [*random_words(rng, MANY, 12), "Ab aB"]
    tokenizer = tokenizer_for(student, texts)
    for text in [*shuffled(rng, texts)[:5], "Ab aB"]:
        ids = own_ids(tokenizer.encode(text), ENCODE)
        yield holds(
            len(ids) == len(text),
            f"{ENCODE} does not return one id for each character.",
            fix="Unknown or not, each character of the text has an id.",
        )
        yield same_text(
            tokenizer.decode(ids),
            text,
            of="After `encode`, `CharTokenizer.decode`",
            suspects=wrong.decode(text, texts),
        )
        padded = tokenizer.decode([0, *ids, 0, 0])
        longer = type(padded) is str and len(padded) == len(text) + 3
        yield same_text(
            padded,
            text,
            of="After padding, `CharTokenizer.decode`",
            suspects=[("padding_decoded", padded)] if longer else [],
        )


# --- A1.4 -------------------------------------------------------------------


def vocabulary(
    student: Student, docs: list[list[str]], max_size: int, *min_freq: int
) -> Iterator[Finding]:
    """One call, with `min_freq` or without, compared with the oracle."""
    got = student.build_vocab(docs, max_size, *min_freq)
    finding = vocab_is(
        got,
        oracle.build_vocab(docs, max_size, *min_freq),
        of="`build_vocab`",
        suspects=wrong.build_vocab(docs, max_size, *min_freq),
    )
    if finding.what and is_vocab(got) and wrong.is_tie_order(got, docs):
        finding = named(finding, "vocab_order_of_set")
    yield finding


def counted_docs(rng: Rng, counts: dict[str, int]) -> list[list[str]]:
    """Five lists in which each word occurs so often, all in one of them or spread."""
    docs: list[list[str]] = [[] for _ in range(5)]
    for word, count in counts.items():
        for place in rng.integers(0, 2, count) * rng.integers(0, 5, count):
            docs[place].append(word)
    return [shuffled(rng, doc) for doc in docs]


@check("A1.4", title="The most frequent words first")
def frequent_first(student: Student, rng: Rng) -> Iterator[Finding]:
    """Ten words, each of which occurs a different number of times."""
    words = distinct_words(rng, 10)
    docs = counted_docs(rng, dict(zip(words, range(1, 11), strict=True)))
    yield from vocabulary(student, docs, 50)


@check("A1.4", title="Equally frequent words are sorted")
def equally_frequent(student: Student, rng: Rng) -> Iterator[Finding]:
    """Thirty words that occur once, twice or three times."""
    words = distinct_words(rng, 30)
    counts = {word: 1 + index % 3 for index, word in enumerate(words)}
    yield from vocabulary(student, counted_docs(rng, counts), 50)


@check("A1.4", title="No more entries than asked for")
def limited_size(student: Student, rng: Rng) -> Iterator[Finding]:
    """The two special entries count, and the rarest words are left out."""
    words = distinct_words(rng, 12)
    docs = counted_docs(rng, dict(zip(words, range(2, 14), strict=True)))
    for max_size in (9, 5):
        yield from vocabulary(student, docs, max_size)


@check("A1.4", title="Words that are too rare are left out")
def often_enough(student: Student, rng: Rng) -> Iterator[Finding]:
    """Words that occur less often than, exactly as often as, and more than asked."""
    words = distinct_words(rng, 12)
    docs = counted_docs(rng, dict(zip(words, range(1, 13), strict=True)))
    for min_freq in (2, 5):
        yield from vocabulary(student, docs, 50, min_freq)


@check("A1.4", title="The order of the documents does not matter")
def documents_in_any_order(student: Student, rng: Rng) -> Iterator[Finding]:
    """The same lists of words, shuffled."""
    docs = counted_docs(rng, dict.fromkeys(distinct_words(rng, 20), 2))
    other: list[Any] = [shuffled(rng, docs[i]) for i in rng.permutation(len(docs))]
    first, second = student.build_vocab(docs, 15), student.build_vocab(other, 15)
    for got in (first, second):
        if not is_vocab(got):
            yield not_a_vocab(got, "`build_vocab`")
    yield holds(
        bool(first == second),
        "`build_vocab` returned different ids for the same documents in another order.",
        misconception="vocab_ties_first_seen",
    )
