"""A stub is made from the reference, gives nothing away, and gets zero."""

import pytest

from graders.records import Outcome
from graders.validation.fairness import leak_problems, stub_problems
from graders.validation.solutions import stub_of
from graders.validation.trials import run_trial
from tests.stand_ins.every_assignment import ASSIGNMENTS, NAMES


@pytest.mark.parametrize("name", NAMES)
def test_it_gets_zero_and_nothing_is_broken(name, sandbox):
    assignment = ASSIGNMENTS[name]
    stub = stub_of(assignment)

    trial = run_trial(stub, 0, assignment, sandbox)

    assert stub_problems(trial, assignment, stub) == []
    assert trial.points == 0
    outcomes = {told.outcome for told in trial.findings}
    assert outcomes == {Outcome.FAILED, Outcome.BLOCKED}


@pytest.mark.parametrize("name", NAMES)
def test_every_task_says_that_it_is_not_written_yet(name, sandbox):
    assignment = ASSIGNMENTS[name]

    trial = run_trial(stub_of(assignment), 0, assignment, sandbox)

    for task in assignment.rubric.tasks:
        said = [told.what for told in trial.findings if told.task == task.id]
        assert any(what.endswith("is not written yet.") for what in said), task.id


@pytest.mark.parametrize("name", NAMES)
def test_no_line_of_a_solution_is_left_in_what_students_receive(name):
    assert leak_problems(ASSIGNMENTS[name]) == []
