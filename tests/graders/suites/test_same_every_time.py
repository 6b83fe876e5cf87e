"""The same solution gets the same findings: in every run, lane and hash seed."""

import json

import pytest

from graders.pipeline import grade
from graders.validation.solutions import catalogue_mutants, right_solutions
from tests.stand_ins.command import run_grade
from tests.stand_ins.every_assignment import ASSIGNMENTS, NAMES


def judged(record):
    return record.score, record.findings, record.key


def submissions(name):
    """The reference, and the first of the catalogued mistakes."""
    assignment = ASSIGNMENTS[name]
    solutions = [right_solutions(assignment)[0], catalogue_mutants(assignment)[0]]
    return [one.submission(assignment.rubric.file) for one in solutions]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("which", [0, 1], ids=["reference", "mistake"])
def test_twenty_runs_with_one_lane_and_with_two_find_the_same(name, which, sandbox):
    submission = submissions(name)[which]

    runs = [
        judged(grade(submission, ASSIGNMENTS[name], sandbox, lanes=1 + number % 2))
        for number in range(20)
    ]

    assert all(run == runs[0] for run in runs)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_the_graders_own_hash_seed_changes_nothing(name, tmp_path):
    assignment = ASSIGNMENTS[name]
    task = assignment.rubric.tasks[0].id
    path = tmp_path / assignment.rubric.file
    path.write_text(submissions(name)[1].source)
    short = assignment.listing.names[0]

    printed = [
        run_grade(short, path, "--task", task, "--json", PYTHONHASHSEED=str(seed))
        for seed in (1, 2)
    ]

    first, second = (json.loads(done.stdout) for done in printed)
    assert {**first, "duration_s": 0} == {**second, "duration_s": 0}
