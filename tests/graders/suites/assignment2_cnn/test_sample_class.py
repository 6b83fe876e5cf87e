"""The sample class loses what its authors got wrong, and nothing else."""

import pytest

from graders.intake import find_submissions
from graders.pipeline import grade
from tests.conftest import SUITE

ARRAYS_AND_DATA = [f"A2.{number}" for number in range(1, 9)]
EVERYTHING = set(ARRAYS_AND_DATA)
LOST = {
    "s01": set(),
    "s02": set(),
    "s03": {"A2.2"},
    "s04": {"A2.1", "A2.5"},
    "s05": {"A2.5", "A2.6", "A2.8"},
    "s06": {"A2.3", "A2.4", "A2.7"},
    "s07": {"A2.2", "A2.3", "A2.4", "A2.5", "A2.6", "A2.7", "A2.8"},
    "s08": {"A2.1", "A2.2", "A2.3", "A2.6", "A2.7", "A2.8"},
    "s09": EVERYTHING,
    "s10": EVERYTHING - {"A2.6"},
    "s11": EVERYTHING,
}
SUBMISSIONS = list(find_submissions(SUITE / "sample_class", "cnn.py"))


def test_the_class_is_the_one_that_is_described_here():
    assert [submission.student for submission in SUBMISSIONS] == list(LOST)


@pytest.mark.parametrize("submission", SUBMISSIONS, ids=lambda s: s.student)
def test_a_sample_loses_what_it_gets_wrong(submission, assignment, sandbox):
    from graders.sandbox import Limits

    record = grade(
        submission,
        assignment,
        sandbox,
        tasks=ARRAYS_AND_DATA,
        limits=Limits(check_s=5),
    )

    lost = {item.id for item in record.score.items if item.points < item.max_points}
    assert lost == LOST[submission.student]
    assert not record.score.broken
