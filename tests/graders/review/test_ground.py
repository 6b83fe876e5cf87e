import pytest

from graders.ledger import adjust, decide, hand_in, now, propose, start_run
from graders.marks import use_rubric
from graders.regrade import rescore
from graders.review.ground import changes, others_drafting, read_grounds
from tests.stand_ins.ledgers import submission
from tests.stand_ins.reviewing import BY, a_class, a_rubric, grade_one

A, B = "student_a", "student_b"


def grounds(ledger, item="A9.1", student=A):
    whose = [(student, student, item)]
    return ledger.read(lambda c: read_grounds(c, BY.assignment, whose))[0]


def since(ledger, moment, item="A9.1"):
    found = grounds(ledger, item)
    return changes(found.at(moment), found.at())


def give(ledger, item, points, student=A):
    adjust(
        *(ledger, BY.assignment, student, item, points), over_points=None, reason="read"
    )


@pytest.fixture
def before(ledger):
    """A moment at which one student was graded."""
    grade_one(ledger, A, failed="sizes")
    return now()


def test_nothing_has_changed_as_long_as_nothing_happens(ledger, before):
    give(ledger, "A9.2", 3)  # another item
    grade_one(ledger, B)  # and another student

    assert since(ledger, before) == []


def test_another_attempt_is_told(ledger, before):
    run = start_run(ledger, "batch", BY.assignment, {})
    hand_in(ledger, BY.assignment, [submission(A, "x = 2\n")], run)

    assert since(ledger, before) == ["another attempt was handed in"]


def test_points_that_a_person_gave_are_told_with_the_name(ledger, before):
    give(ledger, "A9.1", 7)

    assert since(ledger, before) == [f"{ledger.who} gave 7"]


def test_points_taken_back_are_told(ledger):
    grade_one(ledger, A)
    give(ledger, "A9.1", 7)
    moment = now()
    give(ledger, "A9.1", None)

    assert since(ledger, moment) == [f"{ledger.who} took points back"]


def test_points_for_the_whole_mark_change_the_ground_of_each_item(ledger, before):
    give(ledger, "", 19)

    assert since(ledger, before) == [f"{ledger.who} gave 19 for the whole mark"]
    assert since(ledger, before, item="") == [f"{ledger.who} gave 19"]


def proposed(ledger):
    """The other points of a rubric that waits for somebody to confirm it."""
    by = a_rubric(2, points="8 2 5 5")
    return rescore(ledger, by, reason="sizes are easy").proposal


def test_other_points_by_checks_are_told_once_they_count(ledger, before):
    proposal = proposed(ledger)
    waiting = since(ledger, before)
    decide(ledger, proposal, accepted=True, reason="agreed")

    assert waiting == []
    assert since(ledger, before) == ["the points by checks were 4, and are 2"]
    assert since(ledger, now()) == []


def test_what_was_turned_down_changes_nothing(ledger, before):
    decide(ledger, proposed(ledger), accepted=False, reason="no")

    assert since(ledger, before) == []


def test_many_at_once_are_as_each_by_itself(ledger):
    names = [f"student_{number:02}" for number in range(52)]
    a_class(ledger, *names)
    give(ledger, "A9.1", 3, student=names[7])
    whose = [(name, name, "A9.1") for name in names]

    together = ledger.read(lambda c: read_grounds(c, BY.assignment, whose))

    some = range(0, 52, 7)
    assert [together[n].at() for n in some] == [
        grounds(ledger, student=names[n]).at() for n in some
    ]
    assert [one.at().given is not None for one in together].index(True) == 7


def test_nobody_else_has_points_in_mind(ledger):
    assert ledger.read(lambda c: others_drafting(c, "a9", "ta", A, "A9.1")) == []


def test_a_proposal_without_scores_of_a_student_changes_nothing(ledger, before):
    row = use_rubric(ledger, a_rubric(2))
    propose(ledger, BY.assignment, "rescore", row.id, "no reason")

    assert since(ledger, before) == []
