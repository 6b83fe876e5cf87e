from dataclasses import replace

import pytest

from graders.ledger import (
    Standing,
    adjust,
    insert_judgement,
    open_proposal,
    propose,
    score_row,
)
from graders.marks import find_graded, moves, proposed_moves, use_rubric
from graders.records import Outcome
from graders.regrade import rescore
from tests.stand_ins.marks import at
from tests.stand_ins.regrading import (
    GROUPS,
    grade_class,
    graded,
    late_policy,
    marks,
    rubric,
    student_marks,
)

BEFORE = rubric()
CLASS = {"student_a": "", "student_b": "sizes", "student_c": "sizes bias"}


def differences(ledger):
    name = BEFORE.assignment
    with ledger.reading() as connection:
        found = find_graded(connection, name)
        return proposed_moves(connection, found, open_proposal(ledger, name))


def by_name(found):
    return {move.student: move for move in found.moves}


def propose_rubric(ledger, after):
    rescore(ledger, after, reason="a reason")
    return differences(ledger)


def judge_otherwise(ledger, student, failed, **parts):
    """What a corrected check makes of one student, proposed."""
    standing = student_marks(ledger, BEFORE)[student].standing
    used = use_rubric(ledger, BEFORE)
    packed = graded(BEFORE, failed, standing.content, **parts)
    number = ledger.write(
        lambda connection: insert_judgement(
            connection, standing.judgement, packed.record, GROUPS
        )
    )
    name, score = BEFORE.assignment, packed.record.score
    row = score_row(name, standing.content, number, score, used.id, None)
    propose(ledger, name, "replay", used.id, "a check was wrong", [row])
    return differences(ledger)


# --- who moves, and by how much -------------------------------------------------------


def test_those_who_move_are_told_with_their_items_and_the_others_are_counted(ledger):
    grade_class(ledger, BEFORE, CLASS)

    found = propose_rubric(ledger, rubric(2, "8 2 5 5"))

    assert (list(by_name(found)), found.num_students) == (["student_b", "student_c"], 3)
    assert (found.num_unmoved, found.mean_move, found.max_move) == (1, 2, 2)
    student_b = by_name(found)["student_b"]
    assert (
        student_b.before.points,
        student_b.after.points,
        student_b.by,
        student_b.raw_by,
    ) == (14, 12, -2, -2)
    (item,) = student_b.items
    assert (item.id, item.before.points, item.after.points) == ("A9.1", 4, 2)
    assert student_b.reasons == ("rubric: points for A9.1 are given otherwise",)


def test_more_points_for_an_item_are_the_reason(ledger):
    grade_class(ledger, BEFORE, CLASS)

    found = propose_rubric(ledger, rubric(2, "8 4 5 5"))

    assert by_name(found)["student_a"].reasons == ("rubric: 10 → 12 points for A9.1",)
    assert [move.by for move in found.moves] == [2]


def test_an_item_that_is_new_or_gone_is_the_reason(ledger):
    grade_class(ledger, BEFORE, CLASS)
    for name in CLASS:
        adjust(ledger, BEFORE.assignment, name, "A9.M1", 5, over_points=None, reason="")
    talk = {"id": "A9.M2", "title": "The talk", "points": 10}

    found = propose_rubric(ledger, rubric(2, manual=[talk]))

    student_a = by_name(found)["student_a"]
    assert student_a.by == -5
    assert student_a.reasons == (
        "rubric: A9.M1 is gone; what a person gave for it does not count",
    )
    style = {"stage": "proof_of_concept", "points": 0}
    assert propose_rubric(ledger, rubric(3, style=style)).moves == ()


def test_before_lateness_a_move_is_larger(ledger):
    late = rubric(policy=late_policy())
    grade_class(
        ledger, late, {"student_b": "sizes"}, {"student_b": at("2026-10-11 12:00")}
    )

    found = propose_rubric(ledger, rubric(2, "8 2 5 5", policy=late_policy()))

    (student_b,) = found.moves
    assert (student_b.before.points, student_b.after.points) == (11.2, 9.6)
    assert (student_b.by, student_b.raw_by) == (-1.6, -2)


def test_another_policy_is_the_reason(ledger):
    late = rubric(policy=late_policy())
    grade_class(ledger, late, {"student_a": ""}, {"student_a": at("2026-10-11 12:00")})
    milder = late_policy(late={"per_day": 0.05})

    found = propose_rubric(ledger, rubric(2, policy=milder))

    (student_a,) = found.moves
    assert (student_a.by, student_a.raw_by, student_a.items) == (2, 0, ())
    assert student_a.reasons == ("lateness: 2 days, 80 % kept → 2 days, 90 % kept",)


def test_another_attempt_that_counts_is_the_reason(ledger):
    grade_class(ledger, BEFORE, {"student_a": ""})
    grade_class(ledger, BEFORE, {"student_a": "sizes"})

    found = propose_rubric(ledger, rubric(2, policy={"counts": "best"}))

    (student_a,) = found.moves
    assert (student_a.by, student_a.why) == (6, ("policy: attempt 1 counts, not 2",))


def test_a_total_that_grows_for_all_moves_nobody(ledger):
    grade_class(ledger, BEFORE, {"student_b": "sizes shapes"})

    found = propose_rubric(ledger, rubric(2, "9 9 5 5"))

    assert found.moves == ()
    assert (found.mean_move, found.max_move) == (0, 0)


# --- findings -------------------------------------------------------------------------


def test_findings_that_have_changed_are_the_reason_with_their_words(ledger):
    grade_class(ledger, BEFORE, CLASS)

    found = judge_otherwise(ledger, "student_b", "bias")

    (student_b,) = found.moves
    assert [(item.id, item.why) for item in student_b.items] == [
        ("A9.1", ()),
        ("A9.2", ()),
    ]
    (sizes,), (bias,) = (item.checks for item in student_b.items)
    assert (sizes.check, sizes.title) == ("A9.1.sizes", "The sizes")
    assert (sizes.before, sizes.after) == (Outcome.FAILED, Outcome.PASSED)
    assert (sizes.what_before, sizes.what_after) == ("The sizes are wrong.", "")
    assert (bias.what_before, bias.what_after) == ("", "The bias are wrong.")


def test_what_becomes_undecided_is_a_move_of_no_points(ledger):
    grade_class(ledger, BEFORE, CLASS)
    findings = graded(BEFORE, "", "").record.findings
    broken = tuple(
        finding if finding.check != "A9.2.bias" else broken_finding(finding)
        for finding in findings
    )

    found = judge_otherwise(ledger, "student_a", "", findings=broken)

    (student_a,) = found.moves
    assert student_a.by == 0
    assert student_a.why == ("undecided now, through our own fault",)
    assert [item.id for item in student_a.items] == ["A9.2"]


def test_what_becomes_decided_with_the_same_points_is_none(ledger):
    findings = tuple(map(broken_finding, graded(BEFORE, "", "").record.findings))
    grade_class(ledger, BEFORE, {"student_a": ""}, findings=findings)

    found = judge_otherwise(ledger, "student_a", "")

    assert found.moves == ()


def broken_finding(finding):
    return replace(finding, outcome=Outcome.BROKEN)


# --- points that a person gave --------------------------------------------------------


def test_points_of_a_person_that_stay_over_others_are_told(ledger):
    grade_class(ledger, BEFORE, CLASS)
    adjust(
        ledger, BEFORE.assignment, "student_b", "A9.1", 9, over_points=4, reason="I saw"
    )

    found = propose_rubric(ledger, rubric(2, "8 2 5 5"))

    student_b = by_name(found)["student_b"]
    assert (student_b.by, student_b.kept) == (0, ("A9.1",))
    assert student_b.after.flagged


def test_who_has_points_for_the_whole_moves_only_below_it(ledger):
    grade_class(ledger, BEFORE, CLASS)
    adjust(
        ledger, BEFORE.assignment, "student_b", "", 9, over_points=14, reason="I saw"
    )

    found = propose_rubric(ledger, rubric(2, "8 2 5 5"))

    student_b = by_name(found)["student_b"]
    assert (student_b.by, student_b.raw_by) == (0, -2)


# --- two lists ------------------------------------------------------------------------


def test_marks_of_different_students_are_not_compared(ledger):
    grade_class(ledger, BEFORE, CLASS)
    found = list(student_marks(ledger, BEFORE).values())

    with pytest.raises(ValueError, match="'student_a' is compared with 'student_c'"):
        moves(found, found[::-1])
    with pytest.raises(ValueError, match="shorter"):
        moves(found, found[:2])


def test_no_words_are_read_where_nothing_was_judged_anew(ledger):
    grade_class(ledger, BEFORE, CLASS)
    rescore(ledger, rubric(2, "8 2 5 5"), reason="")
    now = student_marks(ledger, BEFORE)
    proposal = open_proposal(ledger, BEFORE.assignment).id
    then = student_marks(ledger, rubric(2, "8 2 5 5"), proposal)

    found = moves(now.values(), then.values(), words=pytest.fail)

    assert [move.by for move in found] == [-2, -2]
    assert isinstance(now["student_b"].standing, Standing)
    assert marks(ledger, BEFORE)["student_b"] == 14


def test_who_has_no_mark_before_and_has_one_then_moves(ledger):
    grade_class(ledger, BEFORE, CLASS)
    found = student_marks(ledger, BEFORE)["student_b"]

    (move,) = moves([replace(found, mark=None, standing=None)], [found])

    assert (move.before, move.by, move.why) == (None, 14, ("no mark yet",))
    assert all(item.why == () for item in move.items)
