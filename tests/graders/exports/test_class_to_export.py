import pytest

from graders.errors import UsageError
from graders.exports.class_to_export import class_to_export, require_some
from graders.ledger import Ledger, adjust, keep_identities, note_draft
from graders.marks import find_graded
from graders.records import Outcome
from graders.regrade import rescore
from tests.graders.exports.conftest import A9, known
from tests.stand_ins import regrading


@pytest.fixture
def ledger(copied_url):
    with Ledger(copied_url, "ta") as opened:
        yield opened


def taken(ledger, **options):
    with ledger.reading() as connection:
        graded = find_graded(connection, "assignment9")
        return class_to_export(ledger, connection, graded, **options)


def names(marked):
    return [one.student for one in marked]


def test_marks_that_nothing_waits_for_leave_the_house(ledger):
    by = regrading.rubric(manual=[])
    regrading.grade_class(ledger, by, {"a": "bias", "b": ""})
    keep_identities(ledger, A9, [known("a", "canvas", user_id="1")], "an archive")

    found = taken(ledger)

    assert {one.student: one.points for one in found.marked} == {"a": 15, "b": 20}
    assert found.identities["a"]["canvas"] == {"user_id": "1"}
    assert found.held_back == ()


def test_a_mark_that_waits_for_a_person_is_held_back_unless_asked_for(ledger):
    regrading.grade_class(ledger, regrading.rubric(), {"a": "", "b": ""})
    adjust(ledger, A9, "b", "A9.M1", 9, over_points=None, reason="read")

    found, asked = taken(ledger), taken(ledger, include_waiting=True)

    assert names(found.marked) == ["b"]
    assert found.held_back[0].why == "waits for a person: A9.M1"
    assert names(asked.marked) == ["a", "b"]


def test_a_mark_with_a_broken_check_is_held_back(ledger):
    by = regrading.rubric(manual=[])
    record = regrading.graded(by, "", "0" * 16).record
    broken = tuple(
        regrading.finding(f.check, Outcome.BROKEN) if "bias" in f.check else f
        for f in record.findings
    )
    regrading.grade_class(ledger, by, {"a": ""}, findings=broken)

    found = taken(ledger)

    assert found.held_back[0].why == (
        "undecided: a check of the grader's own was broken"
    )
    with pytest.raises(UsageError) as caught:
        require_some(found)
    assert caught.value.what == "no mark can be exported; 1 are held back"


def test_points_that_a_reviewer_has_not_confirmed_hold_a_mark_back(ledger):
    regrading.grade_class(ledger, regrading.rubric(manual=[]), {"a": "", "b": ""})
    note_draft(ledger, A9, "b", "A9.2", 3, "half of it")

    found = taken(ledger)

    assert names(found.marked) == ["a"]
    assert found.held_back[0].why == "a reviewer's draft of A9.2 is not confirmed"


def test_a_mark_that_a_proposal_would_move_is_held_back(ledger):
    regrading.grade_class(ledger, regrading.rubric(manual=[]), {"a": "bias", "b": ""})
    rescore(ledger, regrading.rubric(2, "6 4 2 8", manual=[]), reason="a detail")

    found = taken(ledger)

    assert names(found.marked) == ["b"]
    assert found.held_back[0].why == (
        "a proposal would move it to 18: `grade confirm assignment9` decides"
    )


def test_some_students_can_be_named(ledger):
    regrading.grade_class(ledger, regrading.rubric(manual=[]), {"a": "", "b": ""})

    assert names(taken(ledger, only=["b"]).marked) == ["b"]
    with pytest.raises(UsageError, match="nobody called 'c' has handed in"):
        taken(ledger, only=["c"])
