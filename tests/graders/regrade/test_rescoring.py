import pytest

from graders.errors import AssignmentError, UsageError
from graders.ledger import (
    decide,
    insert_judgement,
    open_proposal,
    propose,
    score_row,
)
from graders.marks import use_rubric
from graders.records import Outcome
from graders.regrade import rescore
from tests.stand_ins.records import style_finding
from tests.stand_ins.regrading import (
    GROUPS,
    finding,
    grade_class,
    graded,
    late_policy,
    marks,
    rubric,
)

BEFORE = rubric()
AFTER = rubric(2, "8 2 5 5")
CLASS = {"student_a": "", "student_b": "sizes", "student_c": "sizes bias"}
REPLAY = "grade replay assignment9"


def new_points(ledger, by=AFTER):
    return rescore(ledger, by, reason="sizes matter more")


def test_points_are_those_of_the_new_rubric_once_they_are_accepted(ledger):
    grade_class(ledger, BEFORE, CLASS)

    found = new_points(ledger)

    assert (found.num_scores, found.num_standing) == (3, 3)
    assert marks(ledger, AFTER) == {"student_a": 20, "student_b": 14, "student_c": 9}
    proposed = {"student_a": 20, "student_b": 12, "student_c": 7}
    assert marks(ledger, AFTER, found.proposal.id) == proposed
    decide(ledger, found.proposal, accepted=True, reason="seen")
    assert marks(ledger, AFTER) == proposed


def test_a_proposal_says_who_made_it_of_what_and_why(ledger):
    grade_class(ledger, BEFORE, CLASS)

    found = new_points(ledger)

    waiting = open_proposal(ledger, BEFORE.assignment)
    assert (waiting.kind, waiting.who) == ("rescore", ledger.who)
    assert (waiting.id, waiting.reason) == (found.proposal.id, "sizes matter more")


def test_no_word_of_a_finding_is_read(ledger, monkeypatch):
    grade_class(ledger, BEFORE, CLASS)

    def read(data):
        raise AssertionError("words are not needed")

    monkeypatch.setattr("graders.ledger.recalling.unpack_findings", read)

    assert new_points(ledger).num_scores == 3


def test_a_rubric_that_stands_leaves_nothing_to_do(ledger):
    grade_class(ledger, BEFORE, CLASS)

    found = new_points(ledger, BEFORE)

    assert (found.proposal, found.num_scores, found.num_standing) == (None, 0, 3)
    assert open_proposal(ledger, BEFORE.assignment) is None


def test_another_policy_is_proposed_although_no_score_is_another(ledger):
    grade_class(ledger, BEFORE, CLASS)
    late = rubric(2, policy=late_policy())

    found = new_points(ledger, late)

    assert found.num_scores == 3
    assert found.proposal is not None
    again = new_points(ledger, late)
    assert again.proposal.id > found.proposal.id


def test_the_version_has_to_be_raised(ledger):
    grade_class(ledger, BEFORE, CLASS)

    with pytest.raises(AssignmentError) as raised:
        new_points(ledger, rubric(1, "8 2 5 5"))

    assert "the version stays 1" in raised.value.what
    assert open_proposal(ledger, BEFORE.assignment) is None


def test_a_newer_proposal_turns_an_older_one_down_and_starts_from_what_stands(ledger):
    grade_class(ledger, BEFORE, CLASS)
    first = new_points(ledger).proposal

    second = new_points(ledger, rubric(3, "9 1 5 5")).proposal

    assert open_proposal(ledger, BEFORE.assignment) == second
    with pytest.raises(UsageError, match="decided otherwise"):
        decide(ledger, first, accepted=True, reason="too late")
    assert marks(ledger, AFTER, second.id)["student_b"] == 11


def test_an_older_rubric_may_come_back(ledger):
    grade_class(ledger, BEFORE, CLASS)
    decide(ledger, new_points(ledger).proposal, accepted=True, reason="")

    back = new_points(ledger, BEFORE).proposal
    decide(ledger, back, accepted=True, reason="")

    assert marks(ledger, BEFORE) == {"student_a": 20, "student_b": 14, "student_c": 9}


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"checks": {"sizes": 6, "heights": 4}}, "'A9.1.shapes' any more"),
        ({"checks": {"sizes": 6, "shapes": 2, "heights": 2}}, "'A9.1.heights' is new"),
    ],
)
def test_other_checks_have_to_be_replayed(ledger, changes, what):
    grade_class(ledger, BEFORE, CLASS)
    tasks = [task.model_dump() for task in BEFORE.tasks]
    other = rubric(2, tasks=[{**tasks[0], **changes}, tasks[1]])

    with pytest.raises(UsageError) as raised:
        new_points(ledger, other)

    assert what in raised.value.what
    assert REPLAY in raised.value.fix
    assert open_proposal(ledger, BEFORE.assignment) is None


def test_a_check_that_only_hidden_suites_have_may_be_missing(ledger):
    public = [finding("A9.1.sizes", Outcome.FAILED)]
    grade_class(
        ledger, BEFORE, {"student_a": ""}, findings=tuple(public), public_only=True
    )

    found = new_points(ledger)

    assert marks(ledger, AFTER, found.proposal.id) == {"student_a": 0}


def test_another_threshold_has_to_be_replayed(ledger):
    def with_gate(version, at_least):
        gate = {"task": "A9.1", "of": "The accuracy", "at_least": at_least}
        return rubric(version, gates={"accuracy": gate})

    grade_class(ledger, with_gate(1, 0.9), CLASS)

    with pytest.raises(UsageError) as raised:
        new_points(ledger, with_gate(2, 0.8))

    assert "the threshold 'accuracy' is another" in raised.value.what
    assert REPLAY in raised.value.fix


def test_another_stage_of_style_has_to_be_replayed_and_none_has_not(ledger):
    advice = {"stage": "proof_of_concept", "points": 0}
    with_style = rubric(1, style=advice)
    faults = (style_finding(1), style_finding(2))
    grade_class(ledger, with_style, {"student_a": ""}, style=faults)

    with pytest.raises(UsageError, match="the stage of style"):
        new_points(ledger, rubric(2, "8 2 5 5", style={**advice, "stage": "product"}))
    found = new_points(ledger, rubric(2, "8 2 5 5"))

    assert found.num_scores == 1


def test_points_for_style_are_made_of_stored_faults(ledger):
    advice = {"stage": "proof_of_concept", "points": 0}
    faults = (style_finding(1), style_finding(2))
    grade_class(ledger, rubric(1, style=advice), {"student_a": ""}, style=faults)
    counting = rubric(
        2, style={**advice, "points": 5, "per_finding": 1}, points="6 4 5 5"
    )

    found = new_points(ledger, counting)

    assert marks(ledger, counting, found.proposal.id) == {"student_a": 23}


def test_what_was_judged_anew_is_decided_first(ledger):
    grade_class(ledger, BEFORE, CLASS)
    used = use_rubric(ledger, BEFORE)
    anew = graded(BEFORE, "bias", "a content")
    number = ledger.write(lambda c: insert_judgement(c, 1, anew.record, GROUPS))
    row = score_row(
        *(BEFORE.assignment, "a content", number, anew.record.score, used.id, None)
    )
    propose(ledger, BEFORE.assignment, "replay", used.id, "a check", [row])

    with pytest.raises(UsageError) as raised:
        new_points(ledger)

    assert "`grade replay` proposed" in raised.value.what
    assert "grade confirm assignment9" in raised.value.fix
