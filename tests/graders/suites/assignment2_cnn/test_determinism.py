"""The same submission gets the same score and the same findings, every time."""

import dataclasses

import pytest

from graders.intake import read_submission
from graders.pipeline import grade, replay
from graders.records.storing import pack_record, unpack_head
from tests.conftest import SUITE

pytestmark = pytest.mark.long
UNEVEN = SUITE / "sample_class" / "s06" / "cnn.py"


def judged(record):
    return record.score, record.findings, record.key


@pytest.fixture(scope="module")
def graded(assignment, sandbox):
    return grade(read_submission(UNEVEN, "s06"), assignment, sandbox, lanes=2)


def test_one_lane_and_two_lanes_find_the_same(graded, assignment, sandbox):
    again = grade(read_submission(UNEVEN, "s06"), assignment, sandbox, lanes=1)

    assert judged(again) == judged(graded)


def test_a_stored_grading_is_judged_again_without_running_student_code(
    graded, assignment
):
    stored = unpack_head(pack_record(graded))

    again = replay(stored, assignment)

    assert judged(again) == judged(graded)


def test_a_replay_of_another_seed_says_that_it_must_be_graded_again(graded, assignment):
    from graders.errors import NeverAsked

    other = dataclasses.replace(graded, key=dataclasses.replace(graded.key, seed=9))

    with pytest.raises(NeverAsked, match="does not answer"):
        replay(unpack_head(pack_record(other)), assignment)


@pytest.mark.slow
@pytest.mark.parametrize("path", [UNEVEN, SUITE / "reference.py"], ids=["s06", "ref"])
def test_twenty_runs_find_the_same(path, assignment, sandbox):
    submission = read_submission(path, "student_a")

    runs = [
        judged(grade(submission, assignment, sandbox, lanes=1 + number % 2))
        for number in range(20)
    ]

    assert all(run == runs[0] for run in runs)
