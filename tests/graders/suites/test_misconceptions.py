"""Every catalogued mistake loses its own item, is named, and costs nothing else."""

from dataclasses import replace

import pytest

from graders.validation.fairness import misconception_problems
from graders.validation.solutions import catalogue_mutants
from graders.validation.trials import run_trial
from tests.stand_ins.every_assignment import ASSIGNMENTS, NAMES, each_solution

MISTAKES = each_solution(catalogue_mutants)
# Rows of the curriculum's table of misconceptions.
NUM_ROWS = {
    "assignment1_tokenization": 16,
    "assignment2_cnn": 17,
    "assignment3_rnn": 17,
    "assignment4_finetuning": 17,
}


def is_quick(name, solution):
    """Whether its task is graded in a moment: nothing is trained there."""
    tasks = ASSIGNMENTS[name].rubric.tasks
    return next(task for task in tasks if task.id == solution.task).check_s is None


@pytest.mark.parametrize(
    ("name", "solution"), [item for item in MISTAKES if is_quick(*item.values)]
)
def test_a_mistake_loses_its_own_item_and_is_named(name, solution, sandbox):
    alone = replace(solution, tasks=(solution.task,))

    trial = run_trial(alone, 0, ASSIGNMENTS[name], sandbox)

    assert misconception_problems(trial, solution) == []


@pytest.mark.slow
@pytest.mark.parametrize(("name", "solution"), MISTAKES)
def test_a_mistake_costs_nothing_in_any_other_task(name, solution, sandbox):
    trial = run_trial(solution, 1, ASSIGNMENTS[name], sandbox)

    assert misconception_problems(trial, solution) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_row_of_the_curriculum_has_a_misconception(name):
    rows = {known.row for known in ASSIGNMENTS[name].suite.catalogue.values()}

    assert rows >= set(range(1, NUM_ROWS[name] + 1))


@pytest.mark.parametrize("name", NAMES)
def test_mutant_files_and_catalogue_entries_pair_up(name):
    suite = ASSIGNMENTS[name].suite
    files = {path.name for path in (suite.folder / "mutants").glob("*.py")}

    assert files == {known.mutant for known in suite.catalogue.values()}


@pytest.mark.parametrize("name", NAMES)
def test_no_two_misconceptions_have_the_same_hint(name):
    hints = [known.hint for known in ASSIGNMENTS[name].suite.catalogue.values()]

    assert len(set(hints)) == len(hints)
