import json
import shutil
import sqlite3

import pytest

from graders.cli.similar import command
from graders.ledger import Ledger, hand_in, set_groups, start_run
from graders.marks import use_rubric
from graders.similarity.comparing import COMMON, LEAST
from tests.stand_ins.commands import runner
from tests.stand_ins.ledgers import contents, submission
from tests.stand_ins.regrading import rubric
from tests.stand_ins.similar import OTHER, OWN

RUBRIC = rubric()
NAME = RUBRIC.assignment


@pytest.fixture
def ledger(template_file, tmp_path):
    path = tmp_path / "ledger.sqlite3"
    path.write_bytes(template_file.read_bytes())
    with Ledger(f"sqlite:///{path}", "ta") as opened:
        yield opened


@pytest.fixture
def grade(ledger, monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADES_DB", str(ledger.url))
    monkeypatch.setenv("COLUMNS", "200")
    return runner(monkeypatch, capsys)


def hand(ledger, **files):
    use_rubric(ledger, RUBRIC)
    run = start_run(ledger, "batch", NAME, {})
    handed = [submission(name, text) for name, text in files.items()]
    hand_in(ledger, NAME, handed, run)


def test_two_that_are_alike_are_told_and_shown(grade, ledger, tmp_path):
    hand(ledger, student_a=OWN, student_b=f"\n{OWN}", student_c=OTHER)

    done = grade("similar", "assignment9")

    assert done.status == 0
    assert "100 %" in done.out
    assert "1 pair to be looked at, of 3 submissions of 3 students." in done.out
    assert "This is a hint to a person, never a verdict." in done.out
    page = tmp_path / "grades" / NAME / "similar.html"
    assert f"Side by side: {page.relative_to(tmp_path)}" in done.out
    assert "student_a" in page.read_text("utf-8")


def test_nothing_in_the_ledger_changes(grade, ledger):
    hand(ledger, student_a=OWN, student_b=OWN)
    before = contents(ledger)

    grade("similar", "assignment9")

    assert contents(ledger) == before


def test_json_has_all_that_a_program_needs(grade, ledger, tmp_path):
    hand(ledger, student_a=OWN, student_b=f"\n{OWN}", student_c=OTHER)

    done = grade("similar", "assignment9", "--json", "--out", tmp_path / "page.html")

    told = json.loads(done.out)
    (pair,) = told["pairs"]
    assert (pair["one"]["student"], pair["other"]["student"]) == (
        "student_a",
        "student_b",
    )
    assert pair["likeness"] == 1
    assert pair["functions"] == 4
    assert pair["passages"][0]["one"]["function"] == "distances"
    assert told["note"].startswith("This is a hint to a person, never a verdict.")
    assert (tmp_path / "page.html").exists()


def test_a_lower_bar_names_more(grade, ledger):
    part = OWN[: OWN.index("def assign")] + OTHER[OTHER.index("def assign") :]
    hand(ledger, student_a=OWN, student_b=part)

    assert "0 pairs" in grade("similar", "assignment9").out
    assert "1 pair " in grade("similar", "assignment9", "--least", "0.1").out


def test_given_files_count_for_nothing(grade, ledger, tmp_path):
    hand(ledger, student_a=OWN, student_b=f"\n{OWN}")
    (tmp_path / "slides.py").write_text(OWN)

    done = grade("similar", "assignment9", "--handout", "slides.py")

    assert "0 pairs to be looked at" in done.out


def test_members_of_a_group_are_not_told(grade, ledger):
    hand(ledger, student_a=OWN, student_b=OWN)
    set_groups(ledger, NAME, {"g1": ["student_a", "student_b"]}, "the table")

    assert "0 pairs to be looked at" in grade("similar", "assignment9").out


def test_an_earlier_year_is_compared_too(grade, ledger, tmp_path):
    hand(ledger, student_x=OWN, student_y=OWN)
    with sqlite3.connect(tmp_path / "ledger.sqlite3") as old:
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(tmp_path / "ledger.sqlite3", tmp_path / "last_year.sqlite3")
    hand(ledger, student_x=OTHER, student_y="z = 1\n", student_a=OWN)

    done = grade("similar", "assignment9", "--across", "last_year.sqlite3")

    assert "student_x (last_year)" in done.out
    assert "2 pairs to be looked at, of 5 submissions of 3 students." in done.out


def test_an_earlier_year_without_the_assignment_is_told(grade, ledger, tmp_path):
    shutil.copy(tmp_path / "ledger.sqlite3", tmp_path / "empty.sqlite3")
    hand(ledger, student_a=OWN)

    done = grade("similar", "assignment9", "--across", "empty.sqlite3")

    assert done.status == 2
    assert "empty.sqlite3: nothing was handed in of assignment9_small" in done.err


def test_an_assignment_that_nobody_handed_in_is_told(grade):
    done = grade("similar", "assignment9")

    assert done.status == 2
    assert "nothing was graded of an assignment 'assignment9'" in done.err


def test_escape_codes_of_a_name_do_not_reach_the_terminal(grade, ledger):
    names = {"student_\x1b[31ma": OWN, "student_[red]b": f"\n{OWN}"}
    hand(ledger, **names)

    done = grade("similar", "assignment9")

    assert "\x1b" not in done.out
    assert "student_[red]b" in done.out


def test_the_command_has_the_thresholds_that_were_measured():
    defaults = {one.name: one.default for one in command.params}

    assert (defaults["least"], defaults["common"]) == (LEAST, COMMON)
