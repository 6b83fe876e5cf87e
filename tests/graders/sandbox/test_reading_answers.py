import numpy as np
import pytest

from graders.errors import WireError
from graders.records import Ending
from graders.sandbox.reading_answers import read_answer


@pytest.mark.parametrize(
    "reply",
    [
        None,
        3,
        "returned",
        [],
        {},
        {"ending": None},
        {"ending": "passed"},
        {"ending": "timed_out"},
        {"ending": "died"},
        {"ending": "lost"},
        {"ending": []},
        {"ending": {}},
        {"ending": np.array(["returned"])},
        {1: "returned"},
    ],
    ids=repr,
)
def test_what_is_no_reply_is_refused(reply):
    with pytest.raises(WireError, match="not a reply"):
        read_answer(reply)


def test_a_value_is_taken_from_a_returned_reply_only():
    raised = read_answer({"ending": "raised", "value": 3, "error": {"type": "A"}})
    returned = read_answer({"ending": "returned", "value": 3, "error": {"type": "A"}})

    assert (raised.ending, raised.value) == (Ending.RAISED, None)
    assert raised.error.type == "A"
    assert (returned.ending, returned.value, returned.error) == (
        Ending.RETURNED,
        3,
        None,
    )


@pytest.mark.parametrize("error", [None, 5, [], "text", np.zeros(2)], ids=repr)
def test_a_raised_reply_without_an_error_still_has_one(error):
    answer = read_answer({"ending": "raised", "error": error})

    assert answer.error.type == "Exception"
    assert (answer.error.message, answer.error.line) == ("", None)


def test_parts_of_an_error_that_have_another_type_are_left_out():
    error = {
        "type": ["x"],
        "message": {"a": 1},
        "line": "12",
        "function": 7,
        "source": b"bytes",
    }

    answer = read_answer({"ending": "raised", "error": error})

    assert answer.error.type == "Exception"
    assert answer.error.message == answer.error.function == answer.error.source == ""
    assert answer.error.line is None


@pytest.mark.parametrize("line", [0, -1, True, 2**60, 1.0, np.array(3)], ids=repr)
def test_a_line_that_cannot_be_one_is_left_out(line):
    answer = read_answer({"ending": "raised", "error": {"line": line}})

    assert answer.error.line is None


@pytest.mark.parametrize(
    "changed", [5, "12", {"a": 1}, [-1, -(2**40), 2**40, "1", True, None, [0]]]
)
def test_numbers_of_arguments_that_cannot_be_any_are_left_out(changed):
    answer = read_answer({"ending": "returned", "changed": changed})

    assert answer.changed == ()


def test_numbers_of_changed_arguments_are_kept():
    answer = read_answer({"ending": "returned", "changed": [0, 2]})

    assert answer.changed == ("0", "2")


def test_texts_are_cut():
    answer = read_answer(
        {
            "ending": "raised",
            "printed": "x" * 100_000,
            "note": "x" * 100_000,
            "warnings": ["x" * 100_000] * 1000,
            "error": dict.fromkeys(
                ("type", "message", "function", "source"), "x" * 100_000
            ),
        }
    )

    assert len(answer.printed) == 4096
    assert len(answer.note) == 300
    assert [len(text) for text in answer.warnings] == [500] * 100
    error = answer.error
    assert (len(error.type), len(error.message)) == (100, 1200)
    assert (len(error.function), len(error.source)) == (100, 200)


@pytest.mark.parametrize(
    "character",
    ["\x1b", "\x07", "\x00", "\x9b", "\r", "\x7f", "\u202e", "\u2066", "\u200f"],
    ids=ascii,
)
def test_no_text_can_steer_a_terminal(character):
    text = f"a{character}b"
    reply = {
        "ending": "raised",
        "printed": text,
        "note": text,
        "warnings": [text],
        "error": dict.fromkeys(("type", "message", "function", "source"), text),
    }

    answer = read_answer(reply)

    error = answer.error
    texts = [answer.printed, answer.note, *answer.warnings, error.type, error.message]
    assert not [
        shown for shown in [*texts, error.function, error.source] if character in shown
    ]


def test_line_breaks_and_tabs_of_printed_text_stay():
    answer = read_answer({"ending": "returned", "printed": "a\n\tb"})

    assert answer.printed == "a\n\tb"
