import pytest

from graders.errors import UsageError
from graders.ledger import decide, open_proposal, propose
from graders.marks import find_graded, settle, use_rubric
from graders.regrade import rescore
from tests.stand_ins.regrading import grade_class, late_policy, marks, rubric

BEFORE = rubric()
CLASS = {"student_a": "", "student_b": "sizes shapes"}


def proposed(ledger, by):
    return rescore(ledger, by, reason="a reason").proposal


def test_a_rubric_of_other_words_counts_by_itself(ledger):
    grade_class(ledger, BEFORE, CLASS)

    settled = settle(ledger, BEFORE.assignment, proposed(ledger, rubric(title="Tiny")))

    assert settled
    assert open_proposal(ledger, BEFORE.assignment) is None
    with ledger.reading() as connection:
        assert find_graded(connection, BEFORE.assignment).rubric.title == "Tiny"


def test_what_moves_a_mark_waits_for_a_person(ledger):
    grade_class(ledger, BEFORE, {**CLASS, "student_c": "sizes"})
    proposal = proposed(ledger, rubric(2, "8 2 5 5"))

    assert not settle(ledger, BEFORE.assignment, proposal)
    assert open_proposal(ledger, BEFORE.assignment) == proposal
    assert marks(ledger, BEFORE)["student_c"] == 14


@pytest.mark.parametrize(
    "later",
    [rubric(2, "8 2 5 5"), rubric(2, policy=late_policy())],
    ids=["points", "late"],
)
def test_a_rubric_that_marks_otherwise_waits_though_nobody_moves_by_it_yet(
    ledger, later
):
    grade_class(ledger, BEFORE, CLASS)
    proposal = proposed(ledger, later)

    assert not settle(ledger, BEFORE.assignment, proposal)
    assert open_proposal(ledger, BEFORE.assignment) == proposal


def test_what_somebody_has_turned_down_meanwhile_is_not_settled(ledger):
    grade_class(ledger, BEFORE, CLASS)
    row = use_rubric(ledger, BEFORE)
    proposal = propose(ledger, BEFORE.assignment, "replay", row.id, "the same")
    decide(ledger, proposal, accepted=False, reason="no")

    with pytest.raises(UsageError, match="decided otherwise"):
        settle(ledger, BEFORE.assignment, proposal)
