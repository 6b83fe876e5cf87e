import numpy as np
import pytest

from graders.checks import equal, same_dict, same_list, same_text
from graders.records import Outcome
from graders.wire import Generator, Opaque

OF = "`f`"
TOKENS = ["the", "cat", "sat"]
WEIRD = [
    *(None, True, -1, 2**62, float("nan"), 1e308, "x", b"x", [], {}, ()),
    *([[1, 2], [3]], [[[[0.5]]]], [None], {1: 2}, {"a": np.array("x")}, [{}], "\ud800"),
    *(np.zeros(0), np.zeros((3, 0)), np.array(3), np.array("x"), np.arange(3)),
    *(np.array(["a"]), np.full(3, np.nan), np.ones((1,) * 8), np.array([True])),
    *(Opaque(1, "cnn.Secret8231"), Generator(3), [Opaque(1, "")], (None, None, None)),
]


@pytest.mark.parametrize(
    ("matcher", "want"),
    [
        (same_text, "a text"),
        (same_list, [1, 2, 3]),
        (same_list, ["a", "b", "c"]),
        (same_list, [("a", "b"), ("c", "d")]),
        (same_list, [[1, 2], [3]]),
        (same_dict, {"a": 1, "b": [1, 2]}),
        (equal, 3),
        (equal, (1, 2)),
    ],
)
@pytest.mark.parametrize("got", WEIRD, ids=repr)
def test_any_answer_gives_a_finding_that_quotes_no_type_of_its_own(matcher, want, got):
    finding = matcher(got, want, of=OF, suspects={"m": want})

    assert finding.outcome in (Outcome.PASSED, Outcome.FAILED)
    assert finding.what or finding.outcome is Outcome.PASSED
    assert "8231" not in finding.what


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (["a", "b"], ["a", "b"]),
        (("a", "b"), ["a", "b"]),
        (np.array(["a", "b"]), ["a", "b"]),
        (np.array([1, 2], np.uint8), [1, 2]),
        ([np.array(1), 2.0], [1, 2]),
        ([["a", "b"]], [("a", "b")]),
        ([], []),
    ],
)
def test_the_right_items_pass_in_any_container(got, want):
    assert same_list(got, want, of=OF).outcome is Outcome.PASSED


@pytest.mark.parametrize("got", [[1, True], [1, "2"], [1, None], [1, 2.5]])
def test_an_item_of_another_type_is_wrong(got):
    assert same_list(got, [1, 2], of=OF).outcome is Outcome.FAILED


@pytest.mark.parametrize(
    ("got", "what"),
    [
        (
            ["the", "dog", "sat"],
            "wrong list: the first wrong token is number 1, counted from 0.",
        ),
        (
            ["the", 3, "sat"],
            "wrong list: the first wrong token is number 1, counted from 0. It is an"
            " int.",
        ),
        (
            ["a", "the", "cat", "sat"],
            "wrong list: the first wrong token is number 0, counted from 0. There are"
            " 4 tokens instead of 3.",
        ),
        (
            ["the", "cat"],
            "list that is too short: 2 tokens instead of 3. These are right.",
        ),
        ([], "list that is too short: 0 tokens instead of 3."),
        (
            [*TOKENS, "on"],
            "list that is too long: 4 tokens instead of 3. The first 3 are right.",
        ),
        (
            [*TOKENS, *["x"] * 8231],
            "list that is too long: … tokens instead of 3. The first 3 are right.",
        ),
        (
            TOKENS[::-1],
            "wrong list: the first wrong token is number 0, counted from 0. The tokens"
            " are right, but in reverse order.",
        ),
        (
            ["cat", "the", "sat"],
            "wrong list: the first wrong token is number 0, counted from 0. The tokens"
            " are right, but in another order.",
        ),
    ],
)
def test_a_wrong_list_is_told_by_the_first_token_that_differs(got, what):
    finding = same_list(got, TOKENS, of=OF, item="token")

    assert finding.what == f"`f` returned a {what}"


def test_ids_that_all_differ_by_one_are_told_so():
    finding = same_list([1, 2, 5], [0, 1, 4], of=OF, item="id")

    assert finding.what.endswith("Each id is off by the same amount.")


def test_a_value_that_is_no_list_is_named():
    finding = same_list("the cat", TOKENS, of=OF, item="token")

    assert finding.what == "`f` returned a string; a list of tokens is needed."


def test_a_short_list_is_quoted_whole_and_a_long_one_at_the_difference():
    short = same_list([1, 2], [1, 3], of=OF, detail="For 'ab':")
    long = same_list([*range(99), 5], [*range(100)], of=OF)

    assert short.detail == "For 'ab': [1, 2] came back, [1, 3] is right."
    assert long.detail == "At number 99, 5 came back, 99 is right."


@pytest.mark.parametrize("suspects", [{"m": ["x"]}, [("m", lambda: ("x",))]])
def test_a_wrong_answer_that_a_mistake_gives_names_the_mistake(suspects):
    finding = same_list(["x"], TOKENS, of=OF, suspects=suspects)

    assert finding.misconception == "m"


@pytest.mark.parametrize(
    ("got", "what"),
    [
        (
            "the hat sat",
            "wrong text: the first wrong character is number 4, counted from 0.",
        ),
        (
            "The cat sat",
            "wrong text: the first wrong character is number 0, counted from 0. Only"
            " upper and lower case differ.",
        ),
        (
            "thecatsat",
            "wrong text: the first wrong character is number 3, counted from 0. There"
            " are 9 characters instead of 11. Only blanks and line ends differ.",
        ),
        (
            "the cat",
            "text that is too short: 7 characters instead of 11. These are right.",
        ),
        (
            "tas tac eht",
            "wrong text: the first wrong character is number 1, counted from 0. It is"
            " reversed.",
        ),
    ],
)
def test_a_wrong_text_is_told_by_the_first_character_that_differs(got, what):
    finding = same_text(got, "the cat sat", of=OF)

    assert finding.what == f"`f` returned a {what}"


def test_a_long_text_is_quoted_from_the_difference_on():
    finding = same_text("a" * 90 + "xyz", "a" * 90 + "uvw", of=OF)

    assert finding.detail == "From there on, 'xyz' came back, 'uvw' is right."


@pytest.mark.parametrize(
    ("got", "what"),
    [
        ({"a": 1, "b": 2}, "of 3 words, 1 is missing."),
        ({"a": 1, "b": 7, "c": 8}, "of 3 words, 2 have a wrong value."),
        (
            {"a": 7, "d": 4},
            "of 3 words, 2 are missing and 1 has a wrong value. 1 more should not be"
            " there.",
        ),
        ({"a": 1, "b": 2, "c": 3, "d": 4}, "1 word should not be there."),
        (
            {"a": 2, "b": 3, "c": 4},
            "of 3 words, 3 have a wrong value. Each value is off by the same amount.",
        ),
    ],
)
def test_a_wrong_dict_is_told_by_numbers_of_keys(got, what):
    finding = same_dict(got, {"a": 1, "b": 2, "c": 3}, of=OF, key="word")

    assert finding.what == f"`f` returned a wrong dict: {what}"


def test_keys_and_values_are_told_in_the_detail_alone():
    want = {"a8231": 1, "b8231": 2, "same": 3}

    finding = same_dict({"c8231": 1, "b8231": 9, "same": 3}, want, of=OF)

    assert finding.detail == (
        "Missing: 'a8231'. Not asked for: 'c8231'. At 'b8231', 9 came back, 2 is right."
    )
    assert "8231" not in finding.what + finding.fix


def test_the_order_of_a_dict_does_not_matter():
    finding = same_dict({"b": 2, "a": 1}, {"a": 1, "b": 2}, of=OF)

    assert finding.outcome is Outcome.PASSED


def test_a_wrong_tuple_of_ints_is_told_by_its_first_wrong_place():
    finding = equal((1, 3), (1, 2), of=OF)

    assert finding.what == "`f` returned a wrong value at index 1."
