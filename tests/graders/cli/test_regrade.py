import csv
import json
import subprocess
import sys

import pytest

from graders.ledger import (
    Ledger,
    decide,
    hand_in,
    open_proposal,
    propose,
    published_at,
    start_run,
)
from graders.marks import use_rubric
from graders.regrade import rescore
from tests.stand_ins.commands import runner
from tests.stand_ins.ledgers import submission
from tests.stand_ins.marks import at
from tests.stand_ins.regrading import (
    finding,
    grade_class,
    graded,
    late_policy,
    marks,
    rubric,
)

BEFORE, AFTER = rubric(), rubric(2, "8 2 5 5")
NAME, B = BEFORE.assignment, "student_b"
CLASS = {"student_a": "", "student_b": "sizes", "=student_c": "sizes bias"}


@pytest.fixture
def ledger(template_file, tmp_path):
    """In one kind of database: what commands say is the same for both."""
    path = tmp_path / "ledger.sqlite3"
    path.write_bytes(template_file.read_bytes())
    with Ledger(f"sqlite:///{path}", "teacher") as opened:
        yield opened


@pytest.fixture
def grade(ledger, monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADES_DB", str(ledger.url))
    monkeypatch.setenv("GRADES_USER", "teacher")
    monkeypatch.setenv("COLUMNS", "200")
    return runner(monkeypatch, capsys)


@pytest.fixture
def a_class(ledger):
    grade_class(ledger, BEFORE, CLASS)
    return ledger


@pytest.fixture
def proposal(a_class):
    return rescore(a_class, AFTER, reason="sizes matter more").proposal


def answers(monkeypatch, answer):
    """A person at a terminal, who says that whenever they are asked."""
    asked = []

    def confirm(question, default):
        asked.append(question)
        return answer

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.confirm", confirm)
    return asked


# --- diff -----------------------------------------------------------------------------


def test_a_diff_says_who_moves_by_how_much_and_why(grade, proposal):
    done = grade("diff", "assignment9")

    assert (done.status, done.err) == (0, "")
    assert (
        f"Proposal {proposal.id}, by teacher (rescore): sizes matter more" in done.out
    )
    assert "A9.1: 4/10 → 2/10" in done.out
    assert "rubric: points for A9.1 are given otherwise" in done.out
    last = done.out.strip().splitlines()[-1]
    assert last == "2 marks move, by 2 points on average and 2 at most; 1 stays."


def test_a_diff_is_a_json_document(grade, proposal):
    found = json.loads(grade("diff", "assignment9", "--json").out)

    assert found["proposal"]["number"] == proposal.id
    assert (found["moved"], found["unmoved"], found["mean_move"]) == (2, 1, 2)
    first, second = found["moves"]
    assert (first["student"], second["student"]) == ("=student_c", "student_b")
    assert (second["before"], second["after"], second["move"]) == (14, 12, -2)
    assert second["items"][0]["item"] == "A9.1"


def test_a_diff_is_csv_that_runs_no_formula(grade, proposal):
    rows = list(csv.DictReader(grade("diff", "assignment9", "--csv").out.splitlines()))

    assert [row["student"] for row in rows] == ["'=student_c", "student_b"]
    assert (rows[1]["before"], rows[1]["after"], rows[1]["move"]) == ("14", "12", "-2")


def test_without_a_proposal_there_is_nothing_to_show(grade, a_class):
    assert grade("diff", "assignment9").out == f"Nothing is proposed for {NAME}.\n"
    assert json.loads(grade("diff", "assignment9", "--json").out)["proposal"] is None


# --- confirm --------------------------------------------------------------------------


def test_a_person_sees_the_diff_and_accepts_it(grade, proposal, a_class, monkeypatch):
    asked = answers(monkeypatch, True)

    done = grade("confirm", "assignment9", "--reason", "agreed in the meeting")

    assert asked == ["Accept it?"]
    assert "A9.1: 4/10 → 2/10" in done.out
    assert "Accepted. 2 marks move" in done.out
    assert marks(a_class, AFTER)["student_b"] == 12
    explained = grade("explain", "student_b", "assignment9").out
    assert "accepted by teacher" in explained
    assert "agreed in the meeting" in explained


def test_who_says_no_decides_nothing(grade, proposal, a_class, monkeypatch):
    answers(monkeypatch, False)

    done = grade("confirm", "assignment9")

    assert "Nothing was decided." in done.out
    assert open_proposal(a_class, NAME) == proposal


def test_nobody_is_asked_without_a_terminal(grade, proposal, a_class):
    done = grade("confirm", "assignment9")

    assert done.status == 2
    assert "Give --yes" in done.err
    assert open_proposal(a_class, NAME) == proposal


def test_yes_accepts_without_asking(grade, proposal, a_class):
    done = grade("confirm", "assignment9", "--yes")

    assert (done.status, "Accepted." in done.out) == (0, True)
    assert marks(a_class, AFTER)["student_b"] == 12


def test_a_proposal_is_turned_down(grade, proposal, a_class):
    done = grade("confirm", "assignment9", "--discard", "--yes")

    assert "Turned down." in done.out
    assert marks(a_class, BEFORE)["student_b"] == 14
    assert open_proposal(a_class, NAME) is None


def test_who_grades_in_between_is_seen_before_it_counts(
    grade, proposal, a_class, monkeypatch
):
    asked = answers(monkeypatch, True)

    def grade_another(question, default):
        if not asked:
            grade_class(a_class, BEFORE, {"student_d": "sizes"})
            rows = rescore(a_class, AFTER, reason="again")
            assert rows.num_scores == 4
        asked.append(question)
        return True

    monkeypatch.setattr("click.confirm", grade_another)
    done = grade("confirm", "assignment9")

    assert done.status == 2  # the newer proposal has turned this one down
    assert "decided otherwise meanwhile" in done.err


def test_an_adjustment_in_between_is_shown_and_asked_about(
    grade, proposal, a_class, monkeypatch
):
    from graders.ledger import adjust

    asked = []
    answers(monkeypatch, True)

    def overrule_one(question, default):
        if not asked:
            adjust(
                a_class, NAME, "student_b", "A9.1", 9, over_points=4, reason="I saw it"
            )
        asked.append(question)
        return True

    monkeypatch.setattr("click.confirm", overrule_one)
    done = grade("confirm", "assignment9")

    assert len(asked) == 2
    assert "Somebody has graded meanwhile. As of now:" in done.out
    assert "1 of them keeps points that a person gave" in done.out
    assert marks(a_class, AFTER)["student_b"] == 19


# --- scores ---------------------------------------------------------------------------


def test_scores_are_a_table_with_sums(grade, a_class):
    done = grade("scores", "assignment9")

    assert (done.status, done.err) == (0, "")
    assert "Students: 3, 3 waiting for a person" in done.out
    assert "mean 14.33, median 14" in done.out
    assert "student_b" in done.out


def test_scores_are_csv_as_in_the_folder_of_results(grade, a_class):
    rows = list(
        csv.DictReader(grade("scores", "assignment9", "--csv").out.splitlines())
    )

    assert [row["student"] for row in rows] == ["'=student_c", "student_a", "student_b"]
    assert list(rows[0]) == [
        *("student", "score", "max_score", "raw_score", "late_days", "late_penalty"),
        *("A9.1", "A9.2", "A9.M1", "outcome", "flagged", "note"),
    ]
    assert (rows[2]["score"], rows[2]["A9.1"], rows[2]["A9.M1"]) == ("14", "4", "")


def test_scores_are_a_json_document(grade, a_class):
    found = json.loads(grade("scores", "assignment9", "--json").out)

    assert [one["mark"]["points"] for one in found["students"]] == [9, 20, 14]
    assert (found["summary"]["median"], found["summary"]["waiting"]) == (14, 3)


def test_scores_of_one_student(grade, a_class):
    found = json.loads(grade("scores", "assignment9", "--json", "--student", B).out)

    assert [one["student"] for one in found["students"]] == ["student_b"]
    wrong = grade("scores", "assignment9", "--student", "studnet_b")
    assert (wrong.status, "Did you mean 'student_b'?" in wrong.err) == (2, True)


def test_items_of_a_rubric_that_is_gone_keep_their_column(grade, a_class):
    tasks = [task.model_dump() for task in BEFORE.tasks]
    other = rubric(2, tasks=[{**tasks[0], "id": "A9.5"}, tasks[1]])
    row = use_rubric(a_class, other)
    kept = propose(a_class, NAME, "replay", row.id, "")
    decide(a_class, kept, accepted=True, reason="")

    found = grade("scores", "assignment9", "--csv").out

    assert found.splitlines()[0].split(",")[6:10] == ["A9.5", "A9.2", "A9.M1", "A9.1"]


# --- explain --------------------------------------------------------------------------


def test_an_item_is_explained_from_the_ledger_alone(grade, ledger):
    by = rubric(policy=late_policy())
    grade_class(
        ledger, by, {"student_b": "sizes"}, {"student_b": at("2026-10-11 12:00")}
    )

    done = grade("explain", "student_b", "assignment9", "A9.1")

    assert (done.status, done.err) == (0, "")
    assert "A9.1 Task 1: 4 of 10 (to do)" in done.out
    assert "to do: The sizes (6 points)  [A9.1.sizes]" in done.out
    assert "what: The sizes are wrong." in done.out
    assert "14 x 80 % = 11.2" in done.out
    assert "4 points, rubric version 1, as graded" in done.out
    assert "A9.2" not in done.out.split("The mark")[0]
    assert "it shows what hidden checks ask" in done.out


def test_an_explanation_is_a_json_document(grade, a_class):
    found = json.loads(grade("explain", "student_b", "assignment9", "--json").out)

    assert (found["student"], found["shows_hidden_inputs"]) == ("student_b", True)
    assert found["items"][0]["checks"][0]["outcome"] == "failed"
    assert found["scores"][0]["points"] == 14


def test_what_a_submission_wrote_does_not_reach_the_terminal(grade, ledger):
    from graders.records import Outcome

    said = finding("A9.1.sizes", Outcome.FAILED, what="\x1b[2Jyou passed")
    others = graded(BEFORE, "", "").record.findings[1:]
    grade_class(ledger, BEFORE, {"student_b": ""}, findings=(said, *others))

    done = grade("explain", "student_b", "assignment9")

    assert "\x1b" not in done.out
    assert "�[2Jyou passed" in done.out


def test_an_item_that_is_not_there_is_told_with_the_nearest(grade, a_class):
    done = grade("explain", "student_b", "assignment9", "A9.11")

    assert (done.status, "Did you mean 'A9.1'?" in done.err) == (2, True)


# --- adjust, extend, publish ----------------------------------------------------------


def test_points_are_given_and_taken_back(grade, a_class):
    given = grade(
        "adjust", "assignment9", "student_b", "A9.1", 9.5, "--reason", "I saw it"
    )
    taken = grade(
        "adjust",
        "assignment9",
        "student_b",
        "A9.1",
        "--withdraw",
        "--reason",
        "a mistake",
    )

    assert given.out == "student_b: 14 points → 19.5 points\n"
    assert taken.out == "student_b: 19.5 points → 14 points\n"


def test_either_points_or_withdraw(grade, a_class):
    both = grade(
        "adjust", "assignment9", "student_b", "A9.1", 9, "--withdraw", "--reason", "why"
    )
    none = grade("adjust", "assignment9", "student_b", "A9.1", "--reason", "why")

    assert (both.status, none.status) == (2, 2)
    assert "either POINTS or --withdraw" in both.err


def test_a_reason_has_to_be_given(grade, a_class):
    assert grade("adjust", "assignment9", "student_b", "A9.1", 9).status == 2
    assert grade("extend", "assignment9", "student_b", "2026-10-12 23:59").status == 2


def test_an_extension_is_by_the_clocks_of_the_policy(grade, ledger):
    grade_class(ledger, rubric(policy=late_policy()), {"student_b": ""})

    given = grade("extend", "assignment9", B, "2026-10-12 23:59", "--reason", "was ill")
    taken = grade(
        "extend", "assignment9", "student_b", "--withdraw", "--reason", "was not"
    )

    assert given.out == "student_b: due Mon 2026-10-12 23:59 CEST.\n"
    assert taken.out == "student_b: due as for everybody again.\n"


def test_before_anything_is_graded_the_policy_is_that_of_the_file(grade):
    done = grade(
        *("extend", "assignment2", "student_b", "2026-10-12 23:59"),
        *("--reason", "was ill", "--new"),
    )

    assert done.status == 2
    assert "nothing is due" in done.err  # assignment 2 has no policy


def test_marks_are_published_after_a_look_at_what_is_open(grade, a_class, monkeypatch):
    run = start_run(a_class, "batch", NAME, {})
    hand_in(a_class, NAME, [submission("student_d")], run)
    asked = answers(monkeypatch, True)

    done = grade("publish", "assignment9")

    assert asked == ["Publish nevertheless?"]
    assert "3 of 4 have a mark." in done.out
    assert "  1 not graded" in done.out
    assert "  3 waiting for points that a person gives" in done.out
    assert "  Decide about them: grade review assignment9" in done.out
    assert a_class.read(lambda c: published_at(c, NAME)) is not None


def test_nothing_is_published_while_marks_may_change(grade, proposal, a_class):
    done = grade("publish", "assignment9", "--yes")

    assert (done.status, "grade confirm assignment9" in done.err) == (2, True)
    assert a_class.read(lambda c: published_at(c, NAME)) is None


# --- all of them ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("scores", "asignment9"),
        ("explain", "student_b", "asignment9"),
        ("diff", "asignment9"),
        ("confirm", "asignment9"),
        ("publish", "asignment9"),
        ("adjust", "asignment9", "student_b", "all", "3", "--reason", "why"),
    ],
)
def test_an_assignment_that_was_not_graded_is_told_with_the_nearest(
    grade, a_class, arguments
):
    done = grade(*arguments)

    assert (done.status, "Did you mean 'assignment9'?" in done.err) == (2, True)


def test_help_loads_neither_the_database_nor_tensorflow():
    script = (
        "import sys\n"
        "from graders.cli.main import cli\n"
        "cli.main(['--help'], standalone_mode=False)\n"
        "loaded = {name.split('.')[0] for name in sys.modules}\n"
        "assert not loaded & {'sqlalchemy', 'tensorflow', 'numpy'}, loaded\n"
    )

    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
