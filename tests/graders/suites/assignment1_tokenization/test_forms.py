"""Answers of one meaning are alike, whatever holds them; others are told apart."""

import numpy as np
import pytest

from graders.checks import Verdict
from graders.records import Outcome
from graders.suites.assignment1_tokenization import forms

MERGES = [("u", "g"), ("h", "ug")]


@pytest.mark.parametrize(
    "got",
    [
        tuple(MERGES),
        [list(pair) for pair in MERGES],
        np.array(MERGES),
        [np.array(pair) for pair in MERGES],
    ],
    ids=["tuple", "lists", "array", "arrays"],
)
def test_pairs_are_alike_in_lists_tuples_and_arrays(got):
    assert forms.merges_are(got, MERGES, of="`f`").outcome is Outcome.PASSED
    assert forms.own_merges(got) == MERGES


@pytest.mark.parametrize(
    "got", [None, "ug", np.array("ug"), [("u", "g", "h")], np.zeros((2, 2)), [[]]]
)
def test_anything_else_than_pairs_is_told_as_such(got):
    finding = forms.merges_are(got, MERGES, of="`f`")

    assert "a list of pairs (left, right) is needed" in finding.what


@pytest.mark.parametrize("empty", [[], (), np.array([]), np.array([], int)])
def test_an_empty_list_is_one_whatever_its_type(empty):
    assert forms.ids_are(empty, [], of="`f`").outcome is Outcome.PASSED
    assert forms.symbols_are(empty, [], of="`f`").outcome is Outcome.PASSED


def test_symbols_that_cannot_be_read_are_told_apart_from_wrong_ones():
    with pytest.raises(Verdict) as unreadable:
        forms.own_symbols([1, 2], "hug")
    with pytest.raises(Verdict) as misspelt:
        forms.own_symbols(["h", "u"], "hug")

    assert unreadable.value.finding.what == (
        "`bpe_encode` returned a list with other items in it; a list of symbols is"
        " needed."
    )
    assert misspelt.value.finding.what == (
        "The symbols of `bpe_encode` do not spell the word."
    )
    assert forms.own_symbols(np.array(["h", "ug"]), "hug") == ["h", "ug"]


def test_the_first_wrong_id_is_told():
    finding = forms.ids_are([2, 4, 3], [2, 3, 4], of="`f`")

    assert "the first wrong id is number 1" in finding.what
