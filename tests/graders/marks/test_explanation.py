from dataclasses import replace

import pytest

from graders.ledger import (
    Graded,
    adjust,
    claim_key,
    decide,
    hand_in,
    keep,
    set_groups,
    start_run,
)
from graders.marks import find_graded, use_rubric
from graders.marks.explanation import explain
from graders.records import Answer, Ending, Observation, Outcome
from graders.records.storing import pack_observations
from graders.regrade import rescore
from tests.stand_ins.ledgers import submission
from tests.stand_ins.regrading import GROUPS, grade_class, graded, rubric

BY = rubric()


def explained(ledger, student="student_b", *, with_questions=True):
    with ledger.reading() as connection:
        found = find_graded(connection, BY.assignment)
        return explain(connection, found, student, with_questions=with_questions)


def observation(check, value):
    return Observation(
        group="public",
        room="student",
        check=check,
        question={"ask": "call", "function": "sizes", "args": [value]},
        answer=Answer(ending=Ending.RETURNED, value=value),
    )


@pytest.fixture
def asked(ledger):
    """A grading of `student_b` with questions."""
    handed_in = submission("student_b", filename=BY.file)
    run = start_run(ledger, "batch", BY.assignment, {})
    hand_in(ledger, BY.assignment, [handed_in], run)
    seen = pack_observations([observation("A9.1.sizes", 3), observation("load", 1)])
    packed = replace(graded(BY, "sizes", handed_in.content), observations=seen)
    keep(ledger, run, [Graded(packed, use_rubric(ledger, BY).id, None)], GROUPS)
    return ledger


def test_what_was_found_is_told_in_words_with_what_it_was_worth(ledger):
    grade_class(ledger, BY, {"student_b": "sizes", "student_a": ""})

    (found,) = explained(ledger)

    failed = [f for f in found.record.findings if f.outcome is Outcome.FAILED]
    assert [(f.check, f.what) for f in failed] == [
        ("A9.1.sizes", "The sizes are wrong.")
    ]
    assert found.check_points["A9.1.sizes"] == 6
    assert found.arithmetic[-1] == "mark: 14 of 30"
    assert found.mark.standing.content in claim_key(found.record.key)


def test_questions_are_told_by_check(asked):
    (found,) = explained(asked)

    assert {check: [q.question for q in qs] for check, qs in found.asked.items()} == {
        "A9.1.sizes": ["sizes(3)"],
        "load": ["sizes(1)"],
    }


def test_answers_are_only_read_if_they_are_wanted(asked):
    (found,) = explained(asked, with_questions=False)

    assert found.asked == {}


def test_points_of_persons_are_told_with_those_that_were_withdrawn(ledger):
    grade_class(ledger, BY, {"student_b": "sizes"})
    for points in (9, None):
        adjust(
            *(ledger, BY.assignment, "student_b", "A9.1", points),
            over_points=4,
            reason="why",
        )

    (found,) = explained(ledger)

    assert [row.points for row in found.adjustments] == [9, None]
    assert {row.who for row in found.adjustments} == {ledger.who}


def test_each_score_is_told_with_who_proposed_it_and_who_decided(ledger):
    grade_class(ledger, BY, {"student_b": "sizes"})
    first = rescore(ledger, rubric(2, "8 2 5 5"), reason="sizes matter").proposal
    decide(ledger, first, accepted=False, reason="too hard")
    second = rescore(ledger, rubric(3, "5 5 5 5"), reason="fairer").proposal
    decide(ledger, second, accepted=True, reason="agreed")
    rescore(ledger, rubric(4, "1 9 5 5"), reason="a try")

    (found,) = explained(ledger)

    assert [
        (step.rubric_version, step.items["A9.1"], step.points, step.accepted)
        for step in found.steps
    ] == [(1, 4, 14, None), (2, 2, 12, False), (3, 5, 15, True), (4, 9, 19, None)]
    graded, _, accepted, waiting = found.steps
    assert (graded.proposal, graded.who) == (None, "")
    assert (accepted.kind, accepted.reason) == ("rescore", "fairer")
    assert accepted.who == accepted.decided_by == ledger.who
    assert accepted.decided_why == "agreed"
    assert (waiting.decided_by, waiting.decided_at) == ("", None)


def test_each_member_of_a_group_is_explained(ledger):
    grade_class(ledger, BY, {"g1": "sizes"})
    set_groups(
        ledger, BY.assignment, {"g1": ["student_b", "student_d"]}, "they said so"
    )

    found = explained(ledger, "g1")

    assert [(one.mark.student, one.mark.group) for one in found] == [
        ("student_b", "g1"),
        ("student_d", "g1"),
    ]
    assert all(len(one.attempts) == 1 for one in found)


def test_what_is_not_graded_yet_has_no_record(ledger):
    grade_class(ledger, BY, {"student_a": ""})
    run = start_run(ledger, "batch", BY.assignment, {})
    hand_in(ledger, BY.assignment, [submission("student_b")], run)

    (found,) = explained(ledger)

    assert (found.record, found.arithmetic, found.steps) == (None, (), ())
    assert len(found.attempts) == 1
