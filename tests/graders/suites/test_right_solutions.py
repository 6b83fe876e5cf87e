"""Correct solutions, however written, get full marks; at every seed."""

import pytest

from graders.validation.fairness import right_solution_problems
from graders.validation.solutions import right_solutions
from graders.validation.trials import run_trial
from tests.stand_ins.every_assignment import ASSIGNMENTS, NAMES, each_solution

RIGHT = each_solution(right_solutions)
TRAINS = ("assignment3_rnn", "assignment4_finetuning")


def with_long_ones(cases):
    """Those that train are long; of each assignment the reference is not."""
    for case in cases:
        name, solution = case.values
        is_long = name in TRAINS and solution.name != "reference.py"
        marks = [pytest.mark.long] if is_long else []
        yield pytest.param(name, solution, id=case.id, marks=marks)


@pytest.mark.parametrize("name", NAMES)
def test_there_are_at_least_four_beside_the_reference(name):
    assert len(right_solutions(ASSIGNMENTS[name])) >= 5


@pytest.mark.parametrize(("name", "solution"), list(with_long_ones(RIGHT)))
def test_a_right_solution_gets_full_marks(name, solution, sandbox):
    trial = run_trial(solution, 0, ASSIGNMENTS[name], sandbox)

    assert right_solution_problems([trial]) == []
    assert trial.points == trial.max_points == 100


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 20))
@pytest.mark.parametrize(("name", "solution"), RIGHT)
def test_a_right_solution_gets_full_marks_at_every_seed(name, solution, seed, sandbox):
    trial = run_trial(solution, seed, ASSIGNMENTS[name], sandbox)

    assert right_solution_problems([trial]) == []
