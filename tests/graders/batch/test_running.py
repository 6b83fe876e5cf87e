from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from graders.batch import grade_class
from graders.batch.jobs import run_in
from graders.errors import LedgerError, WorkerLost
from graders.intake import find_submissions
from graders.keys import record_key
from graders.ledger import (
    claim,
    claim_key,
    end_run,
    held_back,
    open_proposal,
    standing,
    start_run,
    still_here,
)
from graders.ledger.tables import executions, submissions
from graders.marks import read_marks
from graders.records import Outcome
from graders.records.storing import pack_record, unpack_record
from graders.sandbox import offered_walls
from tests.stand_ins.batches import ScriptedWorkplace, grade_here, points_in

SYNTAX_ERROR = "def output_size(n:\n    return 1\n"
RUNS = "x = 1\n"
NAME = "assignment2_cnn"


@pytest.fixture
def submitted(tmp_path):
    folder = tmp_path / "submitted"
    folder.mkdir()
    for student in ("student_b", "student_a"):
        (folder / f"{student}.py").write_text(f"{SYNTAX_ERROR}# {student}\n")
    return folder


@pytest.fixture
def unstartable(assignment):
    """The assignment, with a package that no worker can import."""
    packages = ("no_package_of_this_name",)
    rubric = assignment.rubric.model_copy(update={"packages": packages})
    return replace(assignment, rubric=rubric)


@pytest.fixture
def scripted(assignment, sandbox):
    """A workplace that really grades, one after the other, in the tests' sandbox."""

    def answer(key, job):
        return run_in(job, assignment, sandbox, lanes=1)

    return ScriptedWorkplace(answer, lanes=1)


def found(submitted):
    return list(find_submissions(submitted, "cnn.py"))


def num_executions(ledger):
    count = sa.select(sa.func.count()).select_from(executions)
    return ledger.read(lambda connection: connection.scalar(count))


def test_everybody_is_graded_and_it_is_told_how_far_it_is(
    submitted, assignment, ledger
):
    told = []

    outcome = grade_here(found(submitted), assignment, ledger, progress=told.append)

    assert points_in(ledger, assignment) == {"student_a": 0, "student_b": 0}
    assert (outcome.num_graded, outcome.reused, outcome.reasons) == (2, set(), {})
    assert (told[0].total, told[0].reused, told[0].outcomes.total()) == (2, 0, 0)
    assert told[-1].outcomes["points lost"] == 2


def test_who_has_a_result_is_not_graded_again_and_no_worker_is_started(
    submitted, assignment, ledger
):
    grade_here(found(submitted), assignment, ledger)

    def open_workplace():
        raise AssertionError("nothing is left to do")

    again = grade_class(found(submitted), assignment, ledger, open_workplace)

    assert again.num_graded == 0
    assert len(again.reused) == 2
    assert num_executions(ledger) == 2


def test_equal_files_are_executed_once_whoever_hands_them_in_and_under_any_name(
    submitted, assignment, ledger
):
    (submitted / "student_c.py").write_bytes((submitted / "student_a.py").read_bytes())
    (submitted / "student_d").mkdir()
    renamed = submitted / "student_d" / "cnn-1.py"
    renamed.write_bytes((submitted / "student_a.py").read_bytes())

    outcome = grade_here(found(submitted), assignment, ledger)

    assert outcome.num_graded == num_executions(ledger) == 2
    assert list(points_in(ledger, assignment)) == [
        f"student_{letter}" for letter in "abcd"
    ]


def test_a_submission_that_has_changed_is_graded_again_and_the_last_one_counts(
    submitted, assignment, ledger
):
    grade_here(found(submitted), assignment, ledger)
    (submitted / "student_a.py").write_text("")

    outcome = grade_here(found(submitted), assignment, ledger)

    assert (outcome.num_graded, len(outcome.reused)) == (1, 1)
    with ledger.reading() as connection:
        changed, same = read_marks(connection, NAME, assignment.rubric)
    assert (changed.num_attempts, changed.attempt.number) == (2, 2)
    assert changed.standing.note == "The file is empty."
    assert same.num_attempts == 1


def test_who_hands_in_an_older_file_once_more_is_not_graded_again(
    submitted, assignment, ledger
):
    first = (submitted / "student_a.py").read_text()
    grade_here(found(submitted), assignment, ledger)
    (submitted / "student_a.py").write_text("")
    grade_here(found(submitted), assignment, ledger)
    (submitted / "student_a.py").write_text(first)

    outcome = grade_here(found(submitted), assignment, ledger)

    assert outcome.num_graded == 0
    with ledger.reading() as connection:
        again, _ = read_marks(connection, NAME, assignment.rubric)
    assert again.attempt.number == 3
    assert again.standing.note.startswith("Syntax error")


def test_two_files_that_cannot_be_run_for_different_reasons_are_told_apart(
    submitted, assignment, ledger
):
    for student, name in (("student_c", "notes.txt"), ("student_d", "cnn.docx")):
        (submitted / student).mkdir()
        (submitted / student / name).write_bytes(b"")
        (submitted / student / "extra.txt").write_bytes(b"")

    grade_here(found(submitted), assignment, ledger)

    with ledger.reading() as connection:
        notes = {
            one.student: one.standing.note
            for one in read_marks(connection, NAME, assignment.rubric)
        }
    assert "notes.txt" in notes["student_c"]
    assert "cnn.docx" in notes["student_d"]


def test_a_result_of_weaker_walls_is_made_again(submitted, assignment, ledger):
    weaker, stronger = offered_walls()[-1], offered_walls()[0]
    if stronger == weaker:
        pytest.skip("this machine offers no walls: `grade doctor` tells why")
    grade_here(found(submitted), assignment, ledger, walls=weaker)

    again = grade_here(found(submitted), assignment, ledger, walls=stronger)
    kept = grade_here(found(submitted), assignment, ledger, walls=weaker)

    assert again.num_graded == 2
    assert again.tiers == {stronger.tier: stronger.layers}
    assert (kept.num_graded, len(kept.reused)) == (0, 2)


def test_another_seed_is_another_grading(submitted, assignment, ledger):
    grade_here(found(submitted), assignment, ledger)

    outcome = grade_here(found(submitted), assignment, ledger, seed=1)

    assert outcome.num_graded == 2


def test_a_failure_of_the_grader_is_nobodys_zero_and_is_tried_again(
    submitted, unstartable, ledger
):
    (submitted / "student_a.py").write_text(RUNS)

    for reused in (0, 1):
        outcome = grade_here(found(submitted), unstartable, ledger)

        (reason,) = outcome.reasons.values()
        assert reason.startswith("not graded, through no fault of theirs: ")
        assert len(outcome.reused) == reused
        assert points_in(ledger, unstartable) == {"student_a": None, "student_b": 0}


def test_a_submission_that_kills_its_process_is_judged_and_not_held_back(
    submitted, assignment, ledger
):
    kills = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n"
    (submitted / "student_a.py").write_text(kills)
    plain = replace(
        assignment, rubric=assignment.rubric.model_copy(update={"packages": ()})
    )

    outcome = grade_here(found(submitted), plain, ledger)

    assert outcome.reasons == {}
    assert points_in(ledger, plain)["student_a"] == 0


def test_what_ends_two_workers_is_held_back_until_somebody_asks_for_it(
    submitted, assignment, ledger, scripted
):
    really = scripted.answer
    submission = next(s for s in found(submitted) if s.student == "student_a")
    content = replace(submission, filename="cnn.py").content

    def deadly(key, job):
        if key == content:
            raise WorkerLost("the worker was lost: its process ended", "w", "Look.")
        return really(key, job)

    scripted.answer = deadly
    outcome = grade_class(found(submitted), assignment, ledger, scripted.opened)

    reason = "it has ended two workers; the last time: the worker was lost: its"
    assert outcome.held[content].startswith(reason)
    assert outcome.num_graded == 1
    assert points_in(ledger, assignment)["student_a"] is None

    scripted.given.clear()
    again = grade_class(found(submitted), assignment, ledger, scripted.opened)
    assert scripted.given == []
    assert again.reasons[content].startswith("held back: it has ended two workers")

    scripted.answer = really
    asked = grade_class(
        found(submitted), assignment, ledger, scripted.opened, retry=True
    )
    assert (asked.num_graded, asked.held) == (1, {})
    assert points_in(ledger, assignment)["student_a"] == 0
    with ledger.reading() as connection:
        assert held_back(connection, NAME) == {}


def test_a_worker_with_other_checks_gives_nobody_a_mark(
    submitted, assignment, ledger, scripted
):
    really = scripted.answer

    def other(key, job):
        record = unpack_record(really(key, job))
        return pack_record(replace(record, key=replace(record.key, suite="other")))

    scripted.answer = other
    outcome = grade_class(found(submitted), assignment, ledger, scripted.opened)

    assert set(outcome.failed.values()) == {
        "a worker graded it by other checks or packages"
    }
    assert num_executions(ledger) == 0


def test_bytes_that_are_no_record_give_nobody_a_mark(
    submitted, assignment, ledger, scripted
):
    scripted.answer = lambda key, job: b"garbage"

    outcome = grade_class(found(submitted), assignment, ledger, scripted.opened)

    assert all(why.startswith("not a record: ") for why in outcome.failed.values())
    assert len(outcome.failed) == 2


def test_after_the_deadline_nothing_is_started_and_the_next_run_goes_on(
    submitted, assignment, ledger, scripted
):
    past = datetime.now(UTC) - timedelta(seconds=1)

    late = grade_class(
        found(submitted), assignment, ledger, scripted.opened, deadline=past
    )

    assert scripted.given == []
    assert set(late.reasons.values()) == {"not graded before the deadline"}
    assert points_in(ledger, assignment) == {"student_a": None, "student_b": None}

    on = grade_class(found(submitted), assignment, ledger, scripted.opened)
    assert (on.num_graded, on.reasons) == (2, {})


def test_what_nobody_has_a_mark_for_goes_before_what_is_graded_again(
    submitted, assignment, ledger, scripted, monkeypatch
):
    monkeypatch.setattr("graders.batch.running._FEW", 0)
    grade_class(found(submitted), assignment, ledger, scripted.opened)
    scripted.given.clear()
    (submitted / "student_z.py").write_text("")

    grade_class(found(submitted), assignment, ledger, scripted.opened, seed=1)

    priorities = [priority for _, priority in scripted.given]
    assert priorities == [10, 0, 0]


def test_a_few_submissions_are_waited_for_and_go_before_all_others(
    submitted, assignment, ledger, scripted
):
    grade_class(found(submitted), assignment, ledger, scripted.opened)

    assert [priority for _, priority in scripted.given] == [20, 20]


def test_a_class_gives_way_while_somebody_waits_for_another_run(
    submitted, assignment, ledger, scripted, monkeypatch
):
    monkeypatch.setattr("graders.batch.running._FEW", 0)
    monkeypatch.setattr("graders.batch.dispatching.TICK_S", 0.01)
    monkeypatch.setattr("graders.batch.running.TICK_S", 0.0)
    other = start_run(ledger, "batch", NAME, {}, waited_for=True)
    waits = []

    def told(progress):
        waits.append(progress.waits)
        if len(waits) == 5:
            assert scripted.given == []
            end_run(ledger, other)

    grade_class(found(submitted), assignment, ledger, scripted.opened, progress=told)

    assert "a submission that somebody waits for goes first" in waits
    assert len(scripted.given) == 2


def test_what_another_run_is_at_is_waited_for_and_not_executed_again(
    submitted, assignment, ledger, scripted, monkeypatch
):
    monkeypatch.setattr("graders.batch.running.TICK_S", 0.01)
    other = start_run(ledger, "batch", NAME, {})
    asked = [replace(item, filename="cnn.py") for item in found(submitted)]
    keys = [claim_key(record_key(item, assignment, 0)) for item in asked]
    assert claim(ledger, other, keys[:1]) == set(keys[:1])
    waits = []

    def told(progress):
        waits.append(progress.waits)
        if waits.count("another run grades the rest") == 3:
            grade_other()

    def grade_other():
        end_run(ledger, other)
        first = [found(submitted)[0]]
        grade_class(first, assignment, ledger, scripted.opened)

    outcome = grade_class(
        found(submitted), assignment, ledger, scripted.opened, progress=told
    )

    assert num_executions(ledger) == 2
    assert (outcome.num_graded, len(outcome.reused)) == (1, 1)
    still_here(ledger, other)


def test_a_mark_that_would_change_is_proposed_and_does_not_count_yet(
    submitted, assignment, ledger, scripted
):
    (submitted / "student_c.py").write_text("")
    first = [item for item in found(submitted) if item.student != "student_c"]
    grade_class(first, assignment, ledger, scripted.opened)

    grade_class(found(submitted), assignment, ledger, scripted.opened, seed=1)

    proposal = open_proposal(ledger, NAME)
    assert (proposal.kind, proposal.who) == ("batch", "ta")
    before, after = (
        scores_in(ledger, proposal=number) for number in (None, proposal.id)
    )
    changed = {content for content in after if after[content] != before[content]}
    assert changed == {replace(i, filename="cnn.py").content for i in first}
    assert len(before) == 3


def test_a_second_run_adds_to_the_proposal_that_is_open(
    submitted, assignment, ledger, scripted
):
    grade_class(found(submitted), assignment, ledger, scripted.opened)
    one, two = found(submitted)
    grade_class([one], assignment, ledger, scripted.opened, seed=1)
    first = open_proposal(ledger, NAME)

    grade_class([two], assignment, ledger, scripted.opened, seed=1)

    assert open_proposal(ledger, NAME) == first
    before, after = (scores_in(ledger, proposal=number) for number in (None, first.id))
    assert not set(before.values()) & set(after.values())


def scores_in(ledger, *, proposal):
    """The number of each score that stands, by content."""
    with ledger.reading() as connection:
        return {r.content: r.id for r in standing(connection, NAME, proposal=proposal)}


def test_a_ledger_that_cannot_be_written_ends_the_batch_and_its_workers(
    submitted, assignment, ledger, scripted, monkeypatch
):
    closed = []
    scripted.close = lambda: closed.append(True)

    def full(*arguments):
        raise LedgerError("there is no room left for the ledger", "x", "Make room.")

    monkeypatch.setattr("graders.batch.keeping.keep", full)

    with pytest.raises(LedgerError, match="no room left"):
        grade_class(found(submitted), assignment, ledger, scripted.opened)

    assert num_executions(ledger) == 0


def test_all_attempts_are_kept_with_what_was_handed_in(submitted, assignment, ledger):
    grade_here(found(submitted), assignment, ledger)
    (submitted / "student_a.py").write_text("")
    grade_here(found(submitted), assignment, ledger)

    count = sa.select(submissions.c.student, sa.func.count()).group_by(
        submissions.c.student
    )
    rows = ledger.read(lambda connection: connection.execute(count).all())

    assert dict(map(tuple, rows)) == {"student_a": 2, "student_b": 1}
    assert Outcome.FAILED in {
        Outcome(outcome)
        for one in read_all(ledger, assignment)
        for _, _, _, outcome, *_ in one.standing.items
    }


def read_all(ledger, assignment):
    with ledger.reading() as connection:
        return read_marks(connection, NAME, assignment.rubric)
