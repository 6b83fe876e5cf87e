import numpy as np
import pytest

from graders.marks.asked import by_check, short
from graders.records import Answer, Ending, Observation, StudentError
from graders.wire import Generator, Opaque

PARAMETERS = {"parameters": [["x", "POSITIONAL_OR_KEYWORD", False]] * 2, "line": 3}


def seen(question, check="A2.2.bias", room="student", **answer):
    parts = {"ending": Ending.RETURNED, **answer}
    return Observation(
        group="hidden",
        room=room,
        check=check,
        question=question,
        answer=Answer(**parts),
    )


def call(function, *args, **parts):
    return {"ask": "call", "function": function, "args": list(args), **parts}


def one(question, **answer):
    (asked,) = by_check([seen(question, **answer)])["A2.2.bias"]
    return asked


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.zeros((2, 5, 7, 3), np.float32), "(2, 5, 7, 3) float32"),
        (np.array(["a", "b"]), "(2,) str"),
        (np.array(2.5), "() float64"),
        (Opaque(7, "keras.Sequential"), "keras.Sequential"),
        (Generator(3), "default_rng(3)"),
        (None, "None"),
        (True, "True"),
        (0.1 + 0.2, "0.30000000000000004"),
        ("same", "'same'"),
        ("a" * 200, "'" + "a" * 55 + " ..."),
        (b"\x00" * 9, "9 bytes"),
        ([1, 2.5, "a"], "[1, 2.5, 'a']"),
        (("u", "g"), "('u', 'g')"),
        (list(range(9)), "list of 9"),
        ([np.zeros(3)], "list of 1"),
        ({"a": 1, "b": 2}, "dict of 2"),
    ],
)
def test_a_value_is_a_few_words(value, text):
    assert short(value) == text


def test_a_call_names_the_parameters_of_arrays_alone():
    loaded = seen({"ask": "load"}, check="load", value={"conv2d": PARAMETERS})
    question = call("conv2d", np.zeros((2, 3)), 5, kwargs={"stride": (2, 1)})

    asked = by_check([loaded, seen(question, value=np.zeros((2, 2)))])["A2.2.bias"]

    assert asked[0].question == "conv2d(x (2, 3) float64, 5, stride=(2, 1))"
    assert asked[0].answer == "returned (2, 2) float64"


def test_a_function_that_is_not_known_is_called_without_names():
    assert one(call("conv2d", np.zeros(3), 5)).question == "conv2d((3,) float64, 5)"


@pytest.mark.parametrize(
    "functions", [None, 3, [], {"conv2d": 5}, {"conv2d": {"parameters": "x"}}]
)
def test_what_a_submission_says_of_itself_breaks_nothing(functions):
    loaded = seen({"ask": "load"}, check="load", value=functions)

    found = by_check([loaded, seen(call("conv2d", np.zeros(3)))])

    assert found["A2.2.bias"][0].question == "conv2d((3,) float64)"


def test_right_values_that_were_lent_are_told():
    question = call("conv2d", 1, given={"same_padding": [((5,), 2)]})

    assert one(question).question == "conv2d(1), with right values of same_padding"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ({"ask": "load"}, "import the file"),
        (
            {**call("fit", ["ab"]), "ask": "method", "of": Opaque(1, "a.Tokenizer")},
            "Tokenizer.fit(['ab'])",
        ),
        (
            {"ask": "use", "name": "as_words", "args": [2], "source": "x"},
            "given.as_words(2)",
        ),
        ({"ask": "read", "of": Opaque(1, "History"), "name": "loss"}, "History.loss"),
        (
            {"ask": "apply", "model": Opaque(1, "keras.Model"), "x": np.zeros((2, 4))},
            "apply(keras.Model, x (2, 4) float64)",
        ),
    ],
)
def test_every_kind_of_question_is_a_line(question, text):
    assert one(question).question == text


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (
            {
                "ending": Ending.RAISED,
                "error": StudentError(type="ValueError", message="bad", line=12),
            },
            "raised ValueError: bad, line 12",
        ),
        ({"ending": Ending.MISSING}, "is not defined"),
        ({"ending": Ending.EXCEEDED, "note": "memory"}, "went over a limit (memory)"),
        (
            {"value": 3, "changed": ("0", "1")},
            "returned 3, and changed argument 0, 1",
        ),
    ],
)
def test_every_ending_is_a_line(answer, text):
    assert one(call("f"), **answer).answer == text


def test_every_ending_has_words():
    for ending in Ending:
        assert one(call("f"), ending=ending).answer


def test_questions_stay_in_order_with_their_checks_and_rooms():
    found = by_check(
        [
            seen(call("f", 1)),
            seen(call("g", 1), check="A2.2.stride", room="clean"),
            seen(call("f", 2)),
        ]
    )

    assert [asked.question for asked in found["A2.2.bias"]] == ["f(1)", "f(2)"]
    assert found["A2.2.stride"][0].room == "clean"
