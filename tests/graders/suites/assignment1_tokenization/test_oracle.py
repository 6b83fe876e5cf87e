"""The oracle agrees with the reference, with brute force, and with other rules."""

import doctest
import itertools
import unicodedata
from collections import Counter

import numpy as np
import pytest

from graders.suites.assignment1_tokenization import (
    answers,
    forms,
    hidden_text,
    oracle,
    reference,
    valid_calls,
)
from graders.suites.assignment1_tokenization.public import HUGS
from graders.suites.assignment1_tokenization.text import (
    MANY,
    course_words,
    random_words,
    shuffled,
)

TEXTS = [*hidden_text.FORMS, *hidden_text.KEPT, *hidden_text.SIGNS]


@pytest.fixture(params=range(5))
def rng(request):
    return np.random.default_rng(request.param)


@pytest.mark.parametrize(
    "module", [reference, forms, answers], ids=lambda m: m.__name__
)
def test_the_examples_in_the_docstrings_are_true(module):
    result = doctest.testmod(module)

    assert result.attempted > 0
    assert result.failed == 0


def test_the_numbers_of_the_course_about_hugs():
    counts = oracle.pair_counts({tuple(word): n for word, n in HUGS.items()})

    assert counts["u", "g"] == 20
    assert counts["u", "n"] == 16
    merges = oracle.train_bpe(Counter(HUGS).elements(), 3)
    assert merges == [("u", "g"), ("u", "n"), ("h", "ug")]


@pytest.mark.parametrize(("n", "want"), [(1, "a"), (3, "aa a"), (4, "aa aa")])
def test_a_run_merges_from_the_left(n, want):
    assert oracle.merge_word(("a",) * n, ("a", "a")) == tuple(want.split())


@pytest.mark.parametrize("length", range(7))
def test_merging_agrees_with_the_reference_on_all_short_words(length):
    for word in itertools.product(["a", "b", "ab"], repeat=length):
        for pair in [("a", "b"), ("a", "a"), ("ab", "a"), ("b", "b")]:
            assert oracle.merge_word(word, pair) == reference.merge_word(word, pair)


def test_training_and_encoding_agree_with_the_reference(rng):
    corpus = random_words(rng, "abcd", 40)

    merges = oracle.train_bpe(corpus, 15)

    assert merges == reference.train_bpe(corpus, 15)
    for word in random_words(rng, "abcde", 40):
        assert oracle.bpe_encode(word, merges) == reference.bpe_encode(word, merges)


def test_the_two_rules_for_encoding_agree_on_words_of_a_lesson(rng):
    merges = oracle.train_bpe(course_words(rng, 200), 60)
    words = course_words(rng, 40)

    one_by_one = [oracle.bpe_encode(word, merges) for word in words]

    assert one_by_one == [oracle.bpe_encode_by_rank(word, merges) for word in words]


def test_a_vocabulary_agrees_with_the_reference(rng):
    docs = [random_words(rng, "ab", 9, longest=3) for _ in range(4)]

    for max_size, min_freq in [(50, 1), (5, 1), (50, 2), (2, 1)]:
        got = reference.build_vocab(docs, max_size, min_freq)
        assert got == oracle.build_vocab(docs, max_size, min_freq)


def test_ids_of_characters_agree_with_the_reference(rng):
    texts, text = random_words(rng, MANY, 5), "".join(random_words(rng, MANY, 5))

    tokenizer = reference.CharTokenizer().fit(texts)

    assert tokenizer.encode(text) == oracle.encode(text, oracle.char_ids(texts))


def test_the_steps_once_are_enough_for_every_text_that_is_asked_about(rng):
    for text in [*TEXTS, " ".join(shuffled(rng, TEXTS))]:
        once = oracle.standardize(text)

        assert oracle.standardize(once) == once
        assert unicodedata.is_normalized("NFKC", once)


@pytest.mark.parametrize("name", valid_calls.CALLS)
def test_the_reference_takes_all_calls_that_are_drawn(name, rng):
    for _ in range(60):
        args = valid_calls.CALLS[name](rng)
        try:
            getattr(reference, name)(*args)
        except ValueError:
            assert name == "one_hot"


@pytest.mark.parametrize("side", ["post", "pre"])
@pytest.mark.parametrize("max_len", [None, 2, 9])
def test_batches_agree_with_the_reference(rng, side, max_len):
    seqs = [rng.integers(2, 50, n).tolist() for n in (3, 0, 5, 1)]

    ids, mask = oracle.pad_batch(seqs, max_len, side)

    got_ids, got_mask = reference.pad_batch(seqs, max_len, side)
    assert np.array_equal(ids, got_ids)
    assert np.array_equal(mask, got_mask)
    assert np.array_equal(ids > 0, mask)


def test_rows_of_a_table_are_a_product_with_one_hot_rows(rng):
    ids, table = rng.integers(0, 6, (2, 4)), rng.normal(size=(6, 3))

    assert np.allclose(oracle.embed(ids, table), oracle.one_hot(ids, 6) @ table)
