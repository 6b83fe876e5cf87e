"""Hidden checks of A1.5: byte-pair encoding."""

from collections.abc import Iterator

import numpy as np

from graders.checks import Student, check, holds, same_text
from graders.checks.gate import Gates
from graders.records import Finding
from graders.suites.assignment1_tokenization import oracle, wrong
from graders.suites.assignment1_tokenization.answers import counts_are
from graders.suites.assignment1_tokenization.forms import (
    merges_are,
    own_merges,
    own_symbols,
    symbols_are,
)
from graders.suites.assignment1_tokenization.oracle import Pair, Word
from graders.suites.assignment1_tokenization.text import (
    LETTERS,
    MANY,
    course_words,
    random_words,
    shuffled,
)

Rng = np.random.Generator
NUM_MERGES = 60


@check("A1.5", title="Each pair counts as often as its word occurs")
def weighted_pairs(student: Student, rng: Rng) -> Iterator[Finding]:
    """Words with a pair in several places, and symbols of several characters."""
    words: dict[Word, int] = {tuple("banana"): 3, ("ba", "na", "na"): 2, ("a",): 7}
    for word in random_words(rng, "abc", 8):
        words[tuple(word)] = int(rng.integers(1, 9))
    yield counts_are(student, words)


@check("A1.5", title="Runs of one symbol")
def runs_of_one_symbol(student: Student, rng: Rng) -> Iterator[Finding]:
    """Three to seven in a row, alone and between others."""
    symbol = LETTERS[int(rng.integers(26))]
    for n in range(3, 8):
        for word in [(symbol,) * n, ("_", *(symbol,) * n, "_", symbol, symbol)]:
            yield merging(student, word, (symbol, symbol))


@check("A1.5", title="Symbols of several characters")
def long_symbols(student: Student, rng: Rng) -> Iterator[Finding]:
    """A pair merges where both symbols are equal to it, not where they end so."""
    a, b, x = shuffled(rng, list(LETTERS))[:3]
    words: list[Word] = [
        (x + a, b),
        (a, b + x),
        (a, b, x + a, b, a, b + x, a, b),
        (a + b, a, b, a + b),
    ]
    for word in words:
        yield merging(student, word, (a, b))
        yield merging(student, word, (x + a, b))
    yield merging(student, words[3], (a + b, a))


@check("A1.5", title="A pair that is not there, and very short words")
def nothing_to_merge(student: Student, rng: Rng) -> Iterator[Finding]:
    """The word comes back as it is."""
    for word in [("a",), ("b", "a"), ("ab", "c")]:
        yield merging(student, word, ("a", "b"))


def merging(student: Student, word: Word, pair: Pair) -> Finding:
    """One call, compared with the oracle."""
    return symbols_are(
        student.merge_word(word, pair),
        list(oracle.merge_word(word, pair)),
        of="`merge_word`",
        suspects=wrong.merge_word(word, pair),
    )


def learning(student: Student, corpus: list[str], n_merges: int) -> Finding:
    """One training, compared with the oracle."""
    return merges_are(
        student.train_bpe(corpus, n_merges),
        oracle.train_bpe(corpus, n_merges),
        of="`train_bpe`",
        suspects=wrong.train_bpe(corpus, n_merges),
        fix="Follow the first few merges of five short words on paper.",
    )


@check("A1.5", title="Merges of words that occur many times")
def merges_of_frequent_words(student: Student, rng: Rng) -> Finding:
    """Words from a lesson; rare ones have other pairs than frequent ones."""
    return learning(student, course_words(rng, 200), 30)


@check("A1.5", title="Of equally frequent pairs, the first in sorted order")
def ties_are_sorted(student: Student, rng: Rng) -> Iterator[Finding]:
    """Few letters, few words, and so many ties."""
    for _ in range(3):
        yield learning(student, random_words(rng, "abcdef", 12), 12)


@check("A1.5", title="Pairs end where words end")
def words_stay_apart(student: Student, rng: Rng) -> Iterator[Finding]:
    """Two words, again and again; and fewer merges than asked, as no pair is left."""
    a, b, c, d = shuffled(rng, list(LETTERS))[:4]
    yield learning(student, shuffled(rng, [a + b] * 9 + [c + d + c] * 5), 10)


@check("A1.5", title="The order of the corpus does not matter")
def corpus_in_any_order(student: Student, rng: Rng) -> Iterator[Finding]:
    """The same words, shuffled."""
    corpus = random_words(rng, "abcde", 20)
    first = own_merges(student.train_bpe(corpus, 10))
    second = own_merges(student.train_bpe(shuffled(rng, corpus), 10))
    yield holds(
        first == second,
        "`train_bpe` returned other merges for the same words in another order.",
        fix="Find out what decides between equally frequent pairs, and whether a pair"
        " can reach from one word into the next.",
    )


def encoding(student: Student, word: str, merges: list[Pair]) -> Finding:
    """One call, compared with the oracle."""
    return symbols_are(
        student.bpe_encode(word, merges),
        oracle.bpe_encode(word, merges),
        of="`bpe_encode`",
        suspects=wrong.bpe_encode(word, merges),
    )


@check("A1.5", title="Merges in the order in which they were learned")
def merges_in_order(student: Student, rng: Rng) -> Iterator[Finding]:
    """Words in which another order gives other symbols, then words from a lesson."""
    a, b, c = shuffled(rng, list(LETTERS))[:3]
    yield encoding(student, a + b + c, [(b, c), (a, b + c)])
    yield encoding(student, a + b + c + b + c, [(b, c), (a, b)])
    yield encoding(student, (a + b + c + a + b) * 2, [(b, c), (a, b), (a, b + c)])
    learned = oracle.train_bpe(course_words(rng, 200), NUM_MERGES)
    for word in dict.fromkeys(course_words(rng, 15)):
        # A right solution may go by rank instead, which is hardly ever different.
        if oracle.bpe_encode(word, learned) == oracle.bpe_encode_by_rank(word, learned):
            yield encoding(student, word, learned)


@check("A1.5", title="Any word there and back")
def words_there_and_back(student: Student, rng: Rng) -> Iterator[Finding]:
    """Words of many alphabets, and merges that were learned from them."""
    words = [*random_words(rng, MANY, 25), "aaaa"]
    merges = oracle.train_bpe(words, 15)
    for word in [*words[:6], "aaaa"]:
        symbols = own_symbols(student.bpe_encode(word, merges), word)
        spaced = [("decode_with_spaces", " ".join(symbols))]
        yield same_text(
            student.bpe_decode(symbols),
            word,
            of="After `bpe_encode`, `bpe_decode`",
            suspects=spaced if len(symbols) > 1 else [],
        )


@check("A1.5", title="More merges never make more symbols")
def more_merges_fewer_symbols(student: Student, rng: Rng) -> Iterator[Finding]:
    """A few words, with none, some and all of the merges."""
    merges = oracle.train_bpe(course_words(rng, 200), NUM_MERGES)
    for word in course_words(rng, 4):
        lengths = [
            len(own_symbols(student.bpe_encode(word, merges[:n]), word))
            for n in (0, 5, 20, NUM_MERGES)
        ]
        yield holds(
            lengths[0] == len(word) and lengths == sorted(lengths, reverse=True),
            "`bpe_encode` returned more symbols with more merges.",
            fix="Without merges there is one symbol per character; each merge can only"
            " join two of them.",
        )


@check("A1.5", title="Shorter than characters, with merges of your own")
def shorter_than_characters(student: Student, gates: Gates) -> Finding:
    """Learned from one half of the words of a lesson, measured on the other."""

    def measure(seed: int) -> float:
        rng = np.random.default_rng(seed)
        words, others = course_words(rng, 300), course_words(rng, 30)
        with student.seeded(seed):
            merges = own_merges(student.train_bpe(words, NUM_MERGES))
            cut = [own_symbols(student.bpe_encode(w, merges), w) for w in others]
        return sum(map(len, cut)) / sum(map(len, others))

    return gates["bpe_length"].decide(
        measure,
        fix="Look at the symbols of one word: do the merges that were learned apply?",
    )
