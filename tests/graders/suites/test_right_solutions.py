"""Correct solutions, however written, get full marks; at every seed."""

import pytest

from graders.validation.fairness import right_solution_problems
from graders.validation.solutions import right_solutions
from graders.validation.trials import run_trial
from tests.stand_ins.every_assignment import ASSIGNMENTS, NAMES, each_solution

RIGHT = each_solution(right_solutions)


@pytest.mark.parametrize("name", NAMES)
def test_there_are_at_least_four_beside_the_reference(name):
    assert len(right_solutions(ASSIGNMENTS[name])) >= 5


@pytest.mark.parametrize(("name", "solution"), RIGHT)
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
