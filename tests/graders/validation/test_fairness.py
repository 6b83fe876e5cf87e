from dataclasses import replace

import pytest

from graders.records import Outcome
from graders.rubric.calibration import Rate
from graders.rubric.reading import Gate
from graders.validation.fairness import (
    leak_problems,
    misconception_problems,
    right_solution_problems,
    stub_problems,
    threshold_problems,
)
from graders.validation.solutions import Role, Solution, stub_of
from graders.validation.trials import Trial
from tests.stand_ins.small_assignment import small_assignment
from tests.stand_ins.validations import (
    an_assignment,
    calibration,
    gate_calibration,
    passed,
    told,
    trial,
)

KNOWN = Solution(
    name="mutants/no_bias.py",
    role=Role.CATALOGUE,
    source="",
    task="A9.2",
    misconception="no_bias",
)
NAMED = told(misconception="no_bias")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return small_assignment(tmp_path_factory.mktemp("project"))


def sentences(problems):
    return [problem.what for problem in problems]


# --- right solutions ----------------------------------------------------------------


def test_full_marks_are_no_problem():
    assert right_solution_problems([trial(), trial(seed=1)]) == []


def test_a_lost_point_of_a_right_solution_names_solution_seed_and_check():
    (problem,) = right_solution_problems([trial(told(), solution="w.py", seed=3)])

    assert (problem.of, problem.solution, problem.seed) == ("right solution", "w.py", 3)
    assert problem.check == "A9.2.values"
    assert problem.what == "It loses points in A9.2.values: `f` returned a wrong value."


def test_a_check_that_cannot_be_decided_is_a_problem_although_it_costs_nothing():
    broken = told(outcome=Outcome.BROKEN, what="The check raised.")

    assert sentences(right_solution_problems([trial(broken)])) == [
        "It cannot be decided in A9.2.values: The check raised."
    ]


def test_a_right_solution_that_was_not_graded_is_a_problem():
    failed = Trial(solution="w.py", seed=0, error="no worker")

    assert sentences(right_solution_problems([failed])) == [
        "It was not graded: no worker"
    ]


# --- the stub -----------------------------------------------------------------------


def test_a_stub_that_gets_nothing_is_no_problem(small):
    nothing = trial(told(), points=0.0)

    assert stub_problems(nothing, small, stub_of(small)) == []


def test_a_stub_that_gets_points_is_told_with_a_check_that_it_passes(small):
    some = trial(told(), passed("A9.10.values"), points=5.0)

    (problem,) = stub_problems(some, small, stub_of(small))

    assert problem.check == "A9.10.values"
    assert problem.what == "It gets 5 points: the check passes without a solution."


def test_a_stub_whose_points_all_come_from_a_broken_check_is_told_of_that(small):
    broken = trial(told(outcome=Outcome.BROKEN, what="It raised."), points=5.0)

    assert sentences(stub_problems(broken, small, stub_of(small))) == [
        "It cannot be decided in A9.2.values: It raised."
    ]


def test_a_stub_that_was_not_graded_is_told(small):
    failed = Trial(solution="scaling.py", seed=0, error="no worker")

    assert sentences(stub_problems(failed, small, stub_of(small))) == [
        "It was not graded: no worker"
    ]


def test_a_stub_that_students_do_not_have_is_told(small):
    other = replace(stub_of(small), source="def standardize(x): ...\n")

    assert sentences(stub_problems(trial(told(), points=0.0), small, other)) == [
        "It is not the one that the reference gives; make the stubs anew."
    ]


def test_no_line_of_a_solution_stands_in_what_students_have(small):
    assert leak_problems(small) == []

    handout = small.listing.folder / "handout.md"
    before = handout.read_text()
    handout.write_text(f"{before}\n    return (x - mean) / deviation\n")
    (problem,) = leak_problems(small)
    handout.write_text(before)

    assert (problem.of, problem.solution) == ("leak", "handout.md")
    assert problem.what == "It shows a solution: 'return (x - mean) / deviation'."


# --- the catalogue ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("findings", "what"),
    [
        ([NAMED, passed("A9.10.values")], []),
        ([passed(), passed("A9.10.values")], ["It loses nothing in A9.2."]),
        ([told()], ["Its hint is not given; given: none."]),
        (
            [told(misconception="other"), told("A9.2.more")],
            ["Its hint is not given; given: none, other."],
        ),
        (
            [NAMED, told("A9.10.values")],
            [
                "Beside its own item it loses points in A9.10.values:"
                " `f` returned a wrong value."
            ],
        ),
        (
            [NAMED, told("A9.2.more", outcome=Outcome.BROKEN, what="It raised.")],
            ["It cannot be decided in A9.2.more: It raised."],
        ),
    ],
)
def test_a_known_mistake_loses_its_own_item_only_and_is_named(findings, what):
    assert sentences(misconception_problems(trial(*findings), KNOWN)) == what


def test_a_known_mistake_that_was_not_graded_is_told_once():
    failed = Trial(solution=KNOWN.name, seed=0, error="no worker")

    assert sentences(misconception_problems(failed, KNOWN)) == [
        "It was not graded: no worker"
    ]


# --- thresholds ---------------------------------------------------------------------


def threshold(stored, bound=0.8):
    gate = Gate(task="A9.10", of="The accuracy", at_least=bound)
    return replace(an_assignment(accuracy=gate), calibration=stored)


@pytest.mark.parametrize(
    ("assignment", "what"),
    [
        (an_assignment(), []),
        (threshold(calibration()), []),
        (threshold(None), ["It has not been calibrated; use --calibrate."]),
        (
            threshold(calibration(other=gate_calibration())),
            ["It has not been calibrated; use --calibrate."],
        ),
        (
            threshold(calibration(), bound=0.75),
            ["It is 0.75, and 0.8 was calibrated; use --calibrate."],
        ),
        (
            threshold(
                calibration(
                    accuracy=gate_calibration(
                        false_fail=Rate(count=2, of=50, low=0.011, high=0.1346)
                    )
                )
            ),
            ["2 of 50 right solutions fail it."],
        ),
    ],
)
def test_a_threshold_is_calibrated_as_it_is_and_fails_nobody_right(assignment, what):
    assert sentences(threshold_problems(assignment)) == what
