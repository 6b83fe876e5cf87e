import pytest

from graders.ledger import (
    adjust,
    adjusted,
    decide,
    hand_in,
    note_draft,
    open_drafts,
    start_run,
)
from graders.marks import find_graded
from graders.regrade import rescore
from graders.review.counting import draft_moves, keep_in_mind, make_count
from graders.review.selection import Selection
from tests.stand_ins.ledgers import contents, submission
from tests.stand_ins.regrading import marks
from tests.stand_ins.reviewing import BY, a_class, a_rubric, grade_one

A, B, C = "student_a", "student_b", "student_c"


@pytest.fixture
def filled(sqlite):
    grade_one(sqlite, A, failed="sizes")
    return a_class(sqlite, B, C)


def graded(ledger):
    return ledger.read(lambda connection: find_graded(connection, BY.assignment))


def note(ledger, student, item, points, reason="read"):
    note_draft(ledger, BY.assignment, student, item, points, reason)


def moves(ledger, **chosen):
    return draft_moves(ledger, graded(ledger), Selection(**chosen))


def test_moves_tell_what_counts_now_and_what_would(filled):
    note(filled, A, "A9.1", 7, "an axis")
    note(filled, B, "A9.M1", 9)
    note(filled, C, "", 20)

    told = [(m.student, m.item, m.before, m.after, m.over) for m in moves(filled)]

    assert told == [
        (A, "A9.1", 4, 7, 4),
        (B, "A9.M1", None, 9, None),
        (C, "", 20, 20, 20),
    ]


def test_drafts_count_over_the_points_by_checks_of_now(filled):
    note(filled, A, "A9.1", 7, "an axis")
    before = marks(filled, BY)

    (counted,) = make_count(filled, graded(filled), moves(filled))

    (row,) = filled.read(lambda c: adjusted(c, BY.assignment))[A]
    assert (row.points, row.over_points, row.reason) == (7, 4, "an axis")
    assert (row.who, counted.points) == ("ta", 7)
    assert before[A] + 3 == marks(filled, BY)[A]
    assert moves(filled) == []


def test_what_was_noted_and_confirmed_stays_in_the_ledger(filled):
    note(filled, A, "A9.1", 7)
    note(filled, A, "A9.1", None, "undone")
    note(filled, A, "A9.1", 8)

    make_count(filled, graded(filled), moves(filled))

    (rows,) = contents(filled, "drafts").values()
    assert [row[4] for row in rows] == [7, None, 8, None]


def test_only_the_item_or_the_student_that_is_asked_for_counts(filled):
    note(filled, A, "A9.M1", 7)
    note(filled, B, "A9.M1", 7)
    note(filled, B, "A9.M2", 3)

    chosen = moves(filled, item="A9.M1", student=B)
    make_count(filled, graded(filled), chosen)

    assert [(one.student, one.item) for one in chosen] == [(B, "A9.M1")]
    assert len(moves(filled)) == 2


def test_a_draft_on_other_points_by_checks_is_told_and_does_not_count(filled):
    note(filled, A, "A9.1", 7)
    note(filled, B, "A9.M1", 9)
    made = rescore(filled, a_rubric(2, points="8 2 5 5"), reason="sizes are easy")
    decide(filled, made.proposal, accepted=True, reason="agreed")

    found = moves(filled)
    counted = make_count(filled, graded(filled), found)

    assert found[0].doubts == ("the points by checks were 4, and are 2",)
    assert [one.student for one in counted] == [B]
    assert [one.student for one in moves(filled)] == [A]


def test_a_draft_after_another_reviewers_points_is_told_and_does_not_count(
    filled, other
):
    note(filled, A, "A9.M1", 7)
    adjust(other, BY.assignment, A, "A9.M1", 4, over_points=None, reason="read")

    (found,) = moves(filled)

    assert found.doubts == ("other_ta gave 4",)
    assert (found.before, found.after) == (4, 7)
    assert make_count(filled, graded(filled), [found]) == []


def test_a_draft_looked_at_once_more_counts(filled, other):
    note(filled, A, "A9.M1", 7)
    adjust(other, BY.assignment, A, "A9.M1", 4, over_points=None, reason="read")

    keep_in_mind(filled, graded(filled), moves(filled))

    assert [one.doubts for one in moves(filled)] == [()]
    assert len(make_count(filled, graded(filled), moves(filled))) == 1


def test_a_draft_of_an_item_that_is_gone_can_not_count(filled):
    note(filled, A, "A9.7", 7)

    (found,) = moves(filled)

    assert (found.can_count, found.doubts) == (
        False,
        ("there is no such item any more",),
    )
    assert make_count(filled, graded(filled), [found]) == []


def test_a_draft_of_a_student_whose_new_attempt_is_not_graded_can_not_count(filled):
    note(filled, A, "A9.M1", 7)
    run = start_run(filled, "batch", BY.assignment, {})
    hand_in(filled, BY.assignment, [submission(A, "x = 2\n")], run)

    (found,) = moves(filled)

    assert (found.can_count, found.doubts) == (
        False,
        ("another attempt was handed in", "there is no mark as of now"),
    )


def test_a_draft_of_more_points_than_can_be_had_now_can_not_count(filled):
    note(filled, A, "A9.M2", 4)

    (found,) = moves(filled)

    assert (found.can_count, found.doubts) == (False, ("only 3 can be had now",))


def test_drafts_of_other_reviewers_are_left_alone(filled, other):
    note(filled, A, "A9.M1", 7)
    note(other, B, "A9.M1", 4)

    make_count(filled, graded(filled), moves(filled))

    left = filled.read(lambda c: open_drafts(c, BY.assignment, "other_ta"))
    assert list(left) == [(B, "A9.M1")]
