"""The cases that checks draw can tell right answers from wrong ones."""

import doctest

import numpy as np
import pytest

from graders.suites.assignment3_rnn import (
    data,
    decoding,
    given,
    hidden_streams,
    oracle,
    reference,
    wrong,
)


@pytest.mark.parametrize("module", [reference, oracle, wrong])
def test_the_examples_in_docstrings_are_right(module):
    results = doctest.testmod(module)

    assert results.attempted > 0
    assert results.failed == 0


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("max_len", [3, 4, 5])
def test_a_drawn_script_has_answers_of_different_lengths(seed, max_len):
    found = decoding.script(np.random.default_rng(seed), 5, max_len)

    right, margin = found.decode(max_len)
    lengths = (right != oracle.PAD).sum(axis=1)
    assert margin > 0.01
    assert lengths.min() < max_len
    assert lengths.max() > 1
    for _, guess in decoding.suspects(found, max_len):
        assert not np.array_equal(guess, right)


def test_the_step_function_that_is_given_notes_what_it_hears():
    steps = given.Steps(np.array([[1.0, 0.0], [0.0, 1.0]]))

    first, state = steps(1, None)
    second, _ = steps(1, state)

    assert first.tolist() == [0.0, 1.0]
    assert second.tolist() == [1.0, 0.0]
    assert (steps.fed, steps.starts) == ([1, 1], 1)


def test_frequencies_far_from_the_right_ones_are_found():
    rng = np.random.default_rng(0)
    logits = np.array([2.0, 1.0, 0.3, -0.5, -1.2])
    draws = rng.choice(5, 1500, p=oracle.softmax(logits))
    counts = np.bincount(draws, minlength=5)

    assert hidden_streams._deviation(counts, logits) < hidden_streams.FAR
    assert hidden_streams._deviation(counts, logits / 2.5) > 5 * hidden_streams.FAR
    assert hidden_streams._deviation(counts, logits / 0.5) > 5 * hidden_streams.FAR


def test_the_two_streams_of_text_have_one_vocabulary():
    text = data.text()

    assert text.train.min() >= 0
    assert max(text.train.max(), text.held_out.max()) == text.vocab - 1
    assert 2.5 < text.unigram < np.log(text.vocab)


def test_a_mask_alone_tells_the_two_kinds_of_recalled_sequences_apart():
    found = data.recall(100, np.random.default_rng(0))

    assert found.x.shape == (100, data.RECALL_LENGTH)
    assert np.array_equal(found.x[:, 0] - 1, found.y)
    assert (found.x == 0).sum(axis=1).min() >= 16


def test_reversed_pairs_have_the_same_shapes_whatever_is_drawn():
    shapes = {
        tuple(part.shape for part in data.reversals(50, np.random.default_rng(seed)))
        for seed in range(5)
    }

    assert shapes == {((50, 4), (50, 5), (50, 5))}
