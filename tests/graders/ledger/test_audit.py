from datetime import UTC, datetime, timedelta

import pytest

from graders.ledger import (
    Ledger,
    adjust,
    audit_trail,
    decide,
    extend,
    hold,
    keep_scores,
    open_proposal,
    propose,
    score_row,
    set_groups,
)
from tests.stand_ins.ledgers import A9, fill, grade, packed, rubric, run, submission

START = datetime(2026, 10, 20, 8, 0, tzinfo=UTC)
MODULES = ("adjusting", "handing_in", "proposing", "recording", "rubrics", "runs")


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Each time that it is asked, a minute has passed."""
    moments = iter(START + timedelta(minutes=number) for number in range(100_000))
    for name in MODULES:
        monkeypatch.setattr(f"graders.ledger.{name}.now", lambda: next(moments))


def trail(ledger, *arguments):
    with ledger.reading() as connection:
        return list(audit_trail(connection, *arguments))


def told(events, kind):
    return [(event.what, event.reason) for event in events if event.kind == kind]


def test_nothing_was_done_in_an_empty_ledger(ledger):
    assert trail(ledger) == []


def test_everything_is_told_by_whom_when_and_why_newest_last(ledger):
    fill(ledger)
    decide(ledger, open_proposal(ledger, A9), accepted=True, reason="looked at it")

    events = trail(ledger)

    assert [event.at for event in events] == sorted(event.at for event in events)
    assert {event.who for event in events} == {"ta"}
    assert {event.assignment for event in events} == {A9}
    assert all(event.at.tzinfo is UTC for event in events)
    assert [event.kind for event in events] == [
        "run",
        *("submission",) * 3,
        *("proposal", "proposal", "decision"),
        *("adjustment", "extension", "membership", "membership"),
        *("publication", "quarantine", "decision"),
    ]


def test_each_kind_is_told_in_words(ledger, monkeypatch):
    monkeypatch.setattr("graders.ledger.runs.socket.gethostname", lambda: "lab-7")
    fill(ledger)
    events = trail(ledger)
    student_a, student_c = (
        submission("student_a", "# student_a\n").content,
        events[3].what[-16:],
    )

    assert told(events, "run") == [("run 1 (batch) began on lab-7", "")]
    assert told(events, "submission")[0] == (
        "attempt 1 of student_a was received by run 1: small.py, handed in 2026-10-09"
        f" 20:00 UTC; its content is {student_a}",
        "",
    )
    assert told(events, "submission")[2][0].startswith(
        "attempt 1 of student_c was received by run 1: small.py; its content"
    )
    assert told(events, "proposal") == [
        (
            "proposal 1 (rescore) was made: 0 scores by version 2 of the rubric",
            "a first try",
        ),
        (
            "proposal 2 (rescore) was made: 0 scores by version 2 of the rubric",
            "task 1 was unclear",
        ),
    ]
    assert told(events, "decision") == [
        ("proposal 1 was turned down", "a newer one was made")
    ]
    assert told(events, "adjustment") == [
        ("A9.1 of student_a: 7.5 points in place of 8", "she showed me")
    ]
    assert told(events, "extension") == [
        ("student_b may hand in until 2026-10-12 20:00 UTC", "was ill")
    ]
    assert told(events, "membership") == [
        ("student_a is now in the group g1", "the table groups.csv"),
        ("student_b is now in the group g1", "the table groups.csv"),
    ]
    assert told(events, "publication") == [("marks were published", "all graded")]
    assert told(events, "quarantine") == [
        (f"the submission {student_c} is not run any more", "it ended three workers")
    ]


def test_what_is_taken_back_is_told_too(ledger):
    adjust(ledger, A9, "student_b", "", 50, over_points=None, reason="a talk")
    adjust(ledger, A9, "student_b", "", None, over_points=None, reason="a mistake")
    extend(ledger, A9, "student_b", None, "was well")
    set_groups(ledger, A9, {"g1": ["student_b"]}, "the table")
    set_groups(ledger, A9, {}, "he left")
    hold(ledger, A9, "aaaa", held=False, reason="the machine was to blame")

    assert [event.what for event in trail(ledger)] == [
        "the whole mark of student_b: 50 points",
        "the whole mark of student_b: what a person gave is taken back",
        "student_b has no due date of their own any more",
        "student_b is now in the group g1",
        "student_b is no longer in the group g1",
        "the submission aaaa may be run again",
    ]


def test_one_assignment_can_be_asked_for(ledger):
    fill(ledger)
    adjust(ledger, "another", "student_b", "", 1, over_points=None, reason="")

    assert len(trail(ledger, "another")) == 1
    assert {event.assignment for event in trail(ledger, A9)} == {A9}
    assert len(trail(ledger)) == len(trail(ledger, A9)) + 1


def test_one_student_is_told_all_that_touches_the_mark_and_each_score(ledger):
    a_run, first = run(ledger), rubric(ledger)
    for name in ("student_a", "student_b"):
        grade(ledger, a_run, submission(name, f"# {name}\n"), by=first)
    content = submission("student_a", "# student_a\n").content
    made = propose(ledger, A9, "rescore", rubric(ledger, 2).id, "unclear")
    score = packed(points=6).record.score
    keep_scores(
        ledger, [score_row(A9, content, 1, score, rubric(ledger, 2).id, made.id)]
    )
    with Ledger(ledger.url, "instructor") as other:
        decide(other, made, accepted=True, reason="yes")
    adjust(ledger, A9, "student_b", "", 1, over_points=None, reason="")
    hold(ledger, A9, content, held=True, reason="it ended three workers")

    events = trail(ledger, None, "student_a")

    assert [(event.kind, event.who) for event in events] == [
        ("submission", "ta"),
        ("score", "ta"),
        ("proposal", "ta"),
        ("score", "ta"),
        ("decision", "instructor"),
        ("quarantine", "ta"),
    ]
    assert [what for what, _ in told(events, "score")] == [
        f"the submission {content} has 8 of 8 points by version 1 of the rubric",
        f"the submission {content} has 6 of 8 points by version 2 of the rubric, if"
        " proposal 1 is accepted",
    ]
    assert told(events, "proposal")[0][0].startswith(
        "proposal 1 (rescore) was made: 1 scores"
    )


def test_who_is_in_a_group_is_told_what_the_group_has_handed_in(ledger):
    set_groups(ledger, A9, {"g1": ["student_a", "student_b"]}, "the table")
    set_groups(ledger, "another", {"g2": ["student_a"]}, "the table")
    a_run = run(ledger)
    grade(ledger, a_run, submission("g1", "# g1\n"))
    grade(ledger, a_run, submission("g2", "# g2\n"))

    kinds = [event.kind for event in trail(ledger, A9, "student_a")]

    assert kinds == ["membership", "submission", "score"]


def test_what_is_undecided_is_told(ledger):
    grade(ledger, run(ledger), submission("student_a"), outcome="broken")

    (score,) = told(trail(ledger, A9, "student_a"), "score")

    assert score[0].endswith("; something is undecided")


def test_of_a_student_whom_nobody_knows_nothing_is_told(ledger):
    fill(ledger)

    assert trail(ledger, None, "mallory") == []


def test_a_trail_that_is_not_read_to_the_end_leaves_nothing_open(ledger):
    for number in range(3):
        fill(ledger, f"student_{number}")

    with ledger.reading() as connection:
        events = audit_trail(connection)
        assert next(events).kind == "run"
        events.close()


def test_a_long_trail_is_read_in_parts(ledger):
    run(ledger)
    for number in range(1100):
        group = {f"g{number}": [f"student_{number}"]}
        if number % 550 == 0:
            set_groups(ledger, f"a{number}", group, "the table")
    groups = {f"g{number}": [f"student_{number}"] for number in range(1100)}
    set_groups(ledger, A9, groups, "the table")

    assert len(trail(ledger)) == 1 + 2 + 1100
