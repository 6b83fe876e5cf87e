import math
from dataclasses import replace

import numpy as np
import pytest

from graders.errors import AssignmentError
from graders.pipeline import open_sandbox
from graders.validation.equivalence import (
    CallComparison,
    cohens_d,
    has_effect,
    read_equivalents,
    same_measurements,
    same_value,
    valid_calls,
)
from graders.validation.solutions import right_solutions
from tests.stand_ins.small_assignment import small_assignment
from tests.stand_ins.validations import case, measured, trial

NAN = float("nan")
FLOAT32, FLOAT64 = np.float32, np.float64


# --- values -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (1.0, 1.0 + 1e-9, True),
        (1.0, 1.001, False),
        (NAN, NAN, True),
        (NAN, 1.0, False),
        (math.inf, math.inf, True),
        (math.inf, -math.inf, False),
        (1, 1.0, False),
        (1, True, False),
        ("a", "a", True),
        (None, None, True),
        ([1, 2], [1, 2], True),
        ([1, 2], (1, 2), False),
        ([1, 2], [1, 2, 3], False),
        ([], [], True),
        ({"a": 1}, {"a": 1}, True),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, False),
        ({"a": [1.0]}, {"a": [1.0 + 1e-9]}, True),
        (np.ones(2), np.ones(2) + 1e-9, True),
        (np.ones(2), np.array([1.0, NAN]), False),
        (np.array([NAN]), np.array([NAN]), True),
        (np.ones(2), np.ones((2, 1)), False),
        (np.ones(2, FLOAT32), np.ones(2, FLOAT64), True),
        (np.ones(2), np.ones(2, int), False),
        (np.arange(3), np.arange(3), True),
        (np.arange(3), np.array([0, 1, 3]), False),
        (np.array([True]), np.array([1]), False),
        (np.ones(2), [1.0, 1.0], False),
    ],
)
def test_plain_values_are_the_same_up_to_the_order_of_summation(first, second, same):
    assert same_value(first, second) is same
    assert same_value(second, first) is same


# --- calls --------------------------------------------------------------------------

EQUAL = """
import numpy as np
def standardize(x):
    centred = x - x.sum(axis=0) / len(x)
    return centred / np.sqrt((centred**2).sum(axis=0) / len(x))
"""
DIFFERENT = EQUAL.replace("/ len(x))", "/ (len(x) - 1))")
IN_PLACE = EQUAL.replace("centred = x -", "x -=").replace(
    "return centred / np.sqrt((centred", "return x / np.sqrt((x"
)
RAISES = "def standardize(x):\n    raise ValueError('no')\n"
RAISES_ANOTHER = RAISES.replace("ValueError", "KeyError")
SOMETIMES = EQUAL.replace(
    "    centred = x",
    "    if len(x) % 2:\n        raise ValueError('odd')\n    centred = x",
)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return small_assignment(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def compared(small):
    """Why a mutant is the same as an original, if it is."""
    with open_sandbox(small) as sandbox:
        comparison = CallComparison(small, sandbox)

        def reason(mutated, original="", reached_by=("standardize",)):
            solution = right_solutions(small)[0]
            if original:
                solution = replace(solution, source=original)
            changed = {"source": mutated, "reached_by": reached_by}
            return comparison.same_answers(case(**changed), solution)

        yield reason


def test_a_function_that_gives_the_same_is_found_to_be_right(compared):
    assert compared(EQUAL) == "the same on 60 valid calls of standardize"


@pytest.mark.parametrize("mutated", [DIFFERENT, RAISES, SOMETIMES, "x = 1\n", "x ="])
def test_a_function_that_gives_something_else_is_not(compared, mutated):
    assert compared(mutated) == ""


def test_a_function_that_changes_its_argument_is_not_the_same(compared):
    assert compared(IN_PLACE) == ""
    assert compared(IN_PLACE, IN_PLACE) != ""


def test_errors_of_one_kind_at_the_same_calls_are_the_same(compared):
    assert compared(SOMETIMES, SOMETIMES) != ""
    assert compared(SOMETIMES.replace("Value", "Key"), SOMETIMES) == ""


def test_calls_that_all_fail_show_nothing(compared):
    assert compared(RAISES, RAISES) == ""
    assert compared(RAISES, RAISES_ANOTHER) == ""


def test_a_function_for_which_no_calls_are_drawn_leaves_the_question_open(compared):
    assert compared(EQUAL, reached_by=("another",)) == ""
    assert compared(EQUAL, reached_by=("standardize", "another")) == ""
    assert compared(EQUAL, reached_by=()) == ""


def test_a_suite_without_valid_calls_draws_none(assignment):
    without = replace(assignment.suite, name="graders.suites")

    assert valid_calls(without) == {}


# --- what a person has confirmed ----------------------------------------------------


def test_nobody_has_confirmed_anything_where_there_is_no_file(tmp_path):
    assert read_equivalents(tmp_path) == {}


def test_confirmed_mutants_are_read_with_their_reasons(tmp_path):
    text = "schema: 1\nconfirmed:\n  sign-f-01234567: It cancels.\n"
    (tmp_path / "equivalents.yaml").write_text(text)

    assert read_equivalents(tmp_path) == {"sign-f-01234567": "It cancels."}


def test_a_wrong_key_of_the_file_is_told_with_its_line(tmp_path):
    (tmp_path / "equivalents.yaml").write_text("schema: 1\nconfirmd: {}\n")

    with pytest.raises(AssignmentError) as caught:
        read_equivalents(tmp_path)

    assert caught.value.where.endswith("equivalents.yaml:2")


# --- statistics ---------------------------------------------------------------------


def test_cohens_d_is_the_difference_in_pooled_standard_deviations():
    assert cohens_d([2, 4, 6], [1, 3, 5]) == pytest.approx(0.5)
    assert cohens_d([1, 3, 5], [2, 4, 6]) == pytest.approx(-0.5)
    assert cohens_d([1, 1], [1, 1]) == 0.0
    assert cohens_d([2, 2], [1, 1]) == math.inf
    assert cohens_d([1, 1], [2, 2]) == -math.inf


GATES = {"accuracy": "A9.10"}
LOW, HIGH = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], [1.1, 1.2, 1.3, 1.4, 1.5, 1.6]


@pytest.mark.parametrize(
    ("first", "second", "effect"),
    [
        (LOW, HIGH, True),
        (HIGH, LOW, True),
        (LOW, LOW, False),
        ([0.9] * 6, [0.9] * 6, False),
        (LOW[:3], HIGH[:3], False),  # too few runs for p < 0.05
        ([0.9] * 6, [0.8] * 6, True),
        (LOW, [value + 0.01 for value in LOW], False),
    ],
)
def test_an_effect_has_a_small_p_value_and_a_sizable_d(first, second, effect):
    assert has_effect(first, second) is effect


def trials_of(values):
    return [measured(value, seed=seed) for seed, value in enumerate(values)]


def test_training_without_an_effect_is_the_same():
    assert (
        same_measurements(GATES, trials_of(LOW), trials_of(LOW))
        == "no effect on accuracy over 6 seeds"
    )


def test_training_with_an_effect_is_not():
    assert same_measurements(GATES, trials_of(LOW), trials_of(HIGH)) == ""


def test_nothing_measured_says_nothing():
    assert same_measurements(GATES, [trial()] * 6, [trial()] * 6) == ""
    assert same_measurements({}, trials_of(LOW), trials_of(LOW)) == ""
    assert same_measurements(GATES, trials_of(LOW[:2]), trials_of(LOW)) == ""
