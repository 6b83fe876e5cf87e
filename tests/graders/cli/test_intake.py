"""The archive of a platform: what would be graded, and the grading of it."""

import csv
import json
import os

import pytest

from graders.ledger import Identity, identities_of, keep_identities, open_ledger
from tests.stand_ins.commands import runner
from tests.stand_ins.platforms import canvas, moodle
from tests.stand_ins.platforms.classes import members, zipped

SYNTAX_ERROR = b"def output_size(n:\n    return 1\n"
ROSTER = "login,user_id,name\njd,1,Jane Doe\nrr,2,Rick Roe\nap,3,Ann Poe\n"


@pytest.fixture
def grade(monkeypatch, capsys):
    return runner(monkeypatch, capsys)


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "class.zip"
    path.write_bytes(
        zipped(
            {
                "doejane_1_10_cnn.py": SYNTAX_ERROR,
                "roerick_LATE_2_20_cnn-1.py": SYNTAX_ERROR,
                "nobody_9_90_cnn.py": SYNTAX_ERROR,
            }
        )
    )
    return path


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER)
    return path


def test_a_dry_run_counts_and_tells_what_a_person_must_look_at(grade, archive, roster):
    done = grade("intake", "assignment2", archive, "--roster", roster)

    assert done.status == 0
    assert done.out.replace(str(archive), "class.zip") == (
        """class.zip: Canvas

files       
graded     2
unmatched  1
in all     3

students        
matched        2
unmatched      1
not handed in  1
in all         4

Students: unmatched
  nobody_9: the roster has no user_id '9'
    Add a row for them to the roster, or leave --roster out.

Students: not handed in
  line 4 of the roster (ap): nothing that was handed in is theirs
    Look for them among the unmatched; else they did not hand in.

Files: unmatched
  nobody_9_90_cnn.py: the roster has no user_id '9'
    Add a row for them to the roster, or leave --roster out.

Notes
  rr: LATE by the platform; its time is not in the archive: give --times.
"""
    )


def test_a_dry_run_makes_no_ledger_and_no_results(grade, archive, tmp_path):
    grade("intake", "assignment2", archive)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["class.zip"]


def test_a_database_that_is_none_is_told_and_not_taken_for_an_empty_one(
    grade, archive, monkeypatch
):
    monkeypatch.setenv("GRADES_DB", "mysql://nowhere/grades")

    assert grade("intake", "assignment2", archive).status == 2


def test_the_next_archive_finds_students_under_the_names_of_the_first(
    grade, archive, tmp_path
):
    known = Identity(student="jane", system="canvas", known_as={"user_id": "1"})
    with open_ledger() as ledger:
        keep_identities(ledger, "assignment2_cnn", [known], "an earlier archive")

    done = grade("intake", "assignment2", archive, "--json")

    told = json.loads(done.out)
    assert [one["student"] for one in told["submissions"]] == [
        "jane",
        "nobody-9",
        "roerick-2",
    ]


def test_a_class_of_120_as_json_has_every_file_once(grade, tmp_path):
    handed_over = canvas.hand_over(members(120))
    path = handed_over.write_zip(tmp_path / "class.zip")

    done = grade("intake", "assignment2", path, "--json")

    told = json.loads(done.out)
    assert {f["path"]: f["category"] for f in told["files"]} == handed_over.expected
    assert sum(told["counts"]["files"].values()) == len(handed_over.entries)
    assert len(told["submissions"]) == 120


def test_long_lists_end_with_a_pointer_to_the_rest(grade, tmp_path):
    handed_over = moodle.hand_over(members(120))
    path = handed_over.write_zip(tmp_path / "class.zip")
    table = tmp_path / "one.csv"
    table.write_text("Identifier,Full name\nParticipant 730007,A\n")

    done = grade("intake", "assignment2", path, "--roster", table)

    assert "  ... and 79 more: `grade intake --json` has all.\n" in done.out


def test_names_made_to_deceive_a_terminal_are_shown_harmless(grade, tmp_path):
    path = tmp_path / "class.zip"
    path.write_bytes(
        zipped({"a/cnn.py": b"x = 1", "b/\x1b[2J\nTotal: 100.py": b"x = 1"})
    )

    done = grade("intake", "assignment2", path)

    assert "\x1b" not in done.out
    assert "b/�[2J�Total: 100.py: its name holds a control character" in done.out


def test_a_platform_that_is_none_is_a_usage_error(grade, archive):
    done = grade("intake", "assignment2", archive, "--from", "moodlr")

    assert done.status == 2


def test_what_is_no_archive_is_told_in_three_parts(grade, tmp_path):
    path = tmp_path / "class.zip"
    path.write_text("<html>Log in</html>")

    done = grade("batch", "assignment2", path, "--require-tier", "none")

    assert done.status == 2
    assert done.err == (
        f"Error: {path}: this is neither a zip nor a tar archive\n"
        "  Give the archive as the platform gave it, or a folder.\n"
    )


def test_dates_in_an_archive_are_no_times_of_handing_in(grade, archive):
    done = grade("batch", "assignment2", archive, "--times", "modified")

    assert done.status == 2
    assert "the dates of files are not when they were handed in" in done.err


def test_the_archive_is_graded_and_the_ledger_knows_who_is_who(
    grade, archive, roster, tmp_path
):
    out = tmp_path / "out"
    walls = ("--require-tier", "none")

    done = grade(
        "batch", "assignment2", archive, "--roster", roster, "--out", out, *walls
    )

    assert done.status == 0
    assert (
        "Left over: 1 file unmatched, 1 student unmatched, 1 student not handed in."
        in done.out
    )
    with (out / "scores.csv").open(newline="") as file:
        assert [row["student"] for row in csv.DictReader(file)] == ["jd", "rr"]
    with open_ledger() as ledger, ledger.reading() as connection:
        known = identities_of(connection, "assignment2_cnn")
    assert known["jd"] == {
        "canvas": {"user_id": "1", "name": "doejane"},
        "roster": {"login": "jd", "user_id": "1", "name": "Jane Doe"},
    }


def test_times_of_a_table_go_before_those_of_the_platform(grade, tmp_path):
    path = tmp_path / "class.zip"
    start = "HW_{}_attempt_2026-10-12-10-00-00_cnn.py"
    path.write_bytes(zipped({start.format(n): SYNTAX_ERROR for n in ("a", "b")}))
    times = tmp_path / "times.csv"
    times.write_text("student,submitted_at\na,2026-10-01 10:00\n")
    options = ("--require-tier", "none", "--out", tmp_path / "out")

    done = grade(
        *("batch", "assignment2", path, "--times", times),
        *("--since", "2026-10-05 00:00", *options),
    )

    assert done.status == 0
    with (tmp_path / "out" / "scores.csv").open(newline="") as file:
        assert [row["student"] for row in csv.DictReader(file)] == ["b"]


def test_a_plain_folder_is_accounted_for_as_well(grade, tmp_path):
    folder = tmp_path / "class"
    (folder / "student_a").mkdir(parents=True)
    (folder / "student_a" / "cnn.py").write_bytes(SYNTAX_ERROR)
    (folder / "student_a" / "notes.txt").write_text("x")
    (folder / ".DS_Store").write_text("x")
    (folder / "student_b.pdf").write_bytes(b"%PDF-")
    os.mkfifo(folder / "student_c.py")

    done = grade("intake", "assignment2", folder, "--json")

    told = json.loads(done.out)
    assert told["from"] == "plain folder"
    assert {f["path"]: f["category"] for f in told["files"]} == {
        "student_a/cnn.py": "graded",
        "student_a/notes.txt": "beside the submission",
        ".DS_Store": "ignored",
        "student_b.pdf": "nothing to run",
        "student_c.py": "refused",
    }
    assert [one["student"] for one in told["submissions"]] == [
        "student_a",
        "student_b",
        "student_c",
    ]


def test_groups_of_the_platform_are_kept_beside_those_of_an_earlier_archive(tmp_path):
    from graders.cli.batch import merged_groups

    before = {"old": ["a", "b"], "moved": ["c", "d"]}

    assert merged_groups(before, {"new": ("d", "e")}) == {
        "old": ["a", "b"],
        "new": ("d", "e"),
    }


def test_a_roster_that_fits_nobody_grades_nobody_and_says_so(grade, archive, tmp_path):
    table = tmp_path / "other.csv"
    table.write_text("login,user_id\nx,77\n")
    walls = ("--require-tier", "none", "--out", tmp_path / "out")

    done = grade("batch", "assignment2", archive, "--roster", table, *walls)

    assert done.status == 2
    assert done.err.endswith(
        "nobody who handed in can be graded: 3 files unmatched, 3 students unmatched,"
        " 1 student not handed in\n  `grade intake` says why, and what helps.\n"
    )
