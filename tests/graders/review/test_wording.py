import doctest

import pytest

from graders.ledger import adjust
from graders.review import ordering, wording
from graders.review.wording import count_line, standing_lines
from tests.stand_ins.reviewing import BY, a_review, grade_one


@pytest.mark.parametrize("module", [ordering, wording])
def test_examples_are_true(module):
    results = doctest.testmod(module)

    assert results.attempted > 0
    assert results.failed == 0


@pytest.mark.parametrize(
    ("sound", "line"),
    [
        ([True], "1 draft. Nothing of it counts yet."),
        ([True, True], "2 drafts. Nothing of it counts yet."),
        (
            [False],
            "1 draft. It rests on what has changed since, and is not made to count.",
        ),
        (
            [True, False],
            "2 drafts. 1 of them rests on what has changed since, and is not made to"
            " count.",
        ),
        (
            [True, False, False],
            "3 drafts. 2 of them rest on what has changed since, and are not made to"
            " count.",
        ),
    ],
)
def test_drafts_are_counted(sound, line):
    moves = [type("Move", (), {"is_sound": one}) for one in sound]

    assert count_line(moves) == line


def test_what_was_given_before_is_told_with_who_and_over_what(sqlite):
    grade_one(sqlite, "student_a", failed="sizes")
    adjust(
        *(sqlite, BY.assignment, "student_a", "A9.1", 8),
        over_points=10,
        reason="an axis",
    )
    review = a_review(sqlite)

    lines = list(standing_lines(review, review.current, ""))

    assert lines == [
        "The points by checks have changed under those given.",
        "Points by checks: 4.",
        "Given by ta: 8, over 10 (an axis).",
    ]
