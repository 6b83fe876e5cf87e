from datetime import UTC, datetime, timedelta

from graders.ledger import Attempt
from graders.marks.distinct_attempts import distinct_attempts

NOON = datetime(2026, 10, 9, 12, tzinfo=UTC)


def attempt(number, content, hours=None):
    return Attempt(
        student="student_a",
        number=number,
        content=content,
        filename="cnn.py",
        submitted_at=None if hours is None else NOON + timedelta(hours=hours),
        received_at=NOON,
    )


def told(*attempts):
    return [
        (one.number, one.content, one.submitted_at)
        for one in distinct_attempts(attempts)
    ]


def test_the_same_file_in_a_row_is_one_attempt_with_its_earliest_time():
    assert told(attempt(1, "x", 5), attempt(2, "x", 1), attempt(3, "x", 9)) == [
        (1, "x", NOON + timedelta(hours=1))
    ]


def test_a_file_that_comes_back_after_another_is_an_attempt_of_its_own():
    found = told(attempt(1, "x", 1), attempt(2, "y", 2), attempt(3, "x", 3))

    assert [(number, content) for number, content, _ in found] == [
        (1, "x"),
        (2, "y"),
        (3, "x"),
    ]


def test_a_time_that_is_known_counts_before_one_that_is_not():
    assert told(attempt(1, "x"), attempt(2, "x", 3)) == [
        (1, "x", NOON + timedelta(hours=3))
    ]
    assert told(attempt(1, "x"), attempt(2, "x")) == [(1, "x", None)]
