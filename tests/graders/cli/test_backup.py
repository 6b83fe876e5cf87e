"""`grade backup`, and `grade restore`."""

import re
import subprocess
import sys

import pytest

from graders.ledger import Ledger
from graders.ledger.tables import RECORDED
from tests.stand_ins.command import run_grade
from tests.stand_ins.commands import runner
from tests.stand_ins.ledgers import contents, fill


@pytest.fixture
def grade(monkeypatch, capsys, tmp_path):
    """Runs `grade` in an empty folder, which has no ledger."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GRADES_DB", raising=False)
    return runner(monkeypatch, capsys)


@pytest.fixture
def filled(ledger, ledger_url, monkeypatch, grade):
    """The ledger that the environment names."""
    monkeypatch.setenv("GRADES_DB", ledger_url)
    fill(ledger)
    return contents(ledger, *RECORDED)


def recorded(url):
    with Ledger(url, "ta") as ledger:
        return contents(ledger, *RECORDED)


def test_a_backup_tells_what_it_holds_and_where_it_is(grade, filled, tmp_path):
    done = grade("backup", "one.sqlite3")

    assert (done.status, done.err) == (0, "")
    assert "submissions           3\n" in done.out
    assert done.out.endswith("Backup: one.sqlite3\n")
    assert recorded(f"sqlite:///{tmp_path / 'one.sqlite3'}") == filled


def test_a_backup_without_a_name_is_named_by_the_time(grade, filled, tmp_path):
    done = grade("backup")

    (path,) = (tmp_path / "grades" / "backups").iterdir()
    assert re.fullmatch(r"ledger-\d{8}-\d{6}\.sqlite3", path.name)
    assert done.out.endswith(f"Backup: grades/backups/{path.name}\n")
    assert recorded(f"sqlite:///{path}") == filled


def test_a_backup_never_overwrites_anything(grade, filled, tmp_path):
    (tmp_path / "one.sqlite3").write_text("mine")

    done = grade("backup", "one.sqlite3")

    assert done.status == 2
    assert "there is such a file, and a backup never overwrites one" in done.err
    assert (tmp_path / "one.sqlite3").read_text() == "mine"


def test_where_there_is_no_ledger_there_is_no_backup_and_none_is_made(grade, tmp_path):
    done = grade("backup")

    assert done.status == 2
    assert "sqlite:///grades/ledger.sqlite3: there is no ledger yet" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_backup_that_fails_says_why_with_status_3(grade, filled, tmp_path):
    (tmp_path / "file").write_text("")

    done = grade("backup", "file/one.sqlite3")

    assert done.status == 3
    assert "the ledger cannot be opened ([Errno" in done.err


def test_faults_of_the_ledger_are_told_with_status_3_and_the_backup_is_there(
    grade, copied_url, monkeypatch, tmp_path
):
    monkeypatch.setenv("GRADES_DB", copied_url)
    with Ledger(copied_url, "ta") as ledger:
        fill(ledger)

        def change(connection):
            connection.exec_driver_sql("DROP TRIGGER scores_no_update")
            connection.exec_driver_sql("UPDATE scores SET points = 99 WHERE id = 1")

        ledger.write(change)

    done = grade("backup", "one.sqlite3")

    assert done.status == 3
    assert (
        "Fault: scores 1: it has 99 of 8 points, and its items have 8 of 8.\n1 fault.\n"
        in done.out
    )
    assert (tmp_path / "one.sqlite3").exists()


def test_a_backup_is_restored_where_there_is_no_ledger_yet(
    grade, filled, monkeypatch, tmp_path
):
    grade("backup", "one.sqlite3")
    url = f"sqlite:///{tmp_path / 'new' / 'ledger.sqlite3'}"
    monkeypatch.setenv("GRADES_DB", url)

    done = grade("restore", "one.sqlite3")

    assert (done.status, done.err) == (0, "")
    assert "submissions           3\n" in done.out
    assert done.out.endswith(f"Restored to: {url}\n")
    assert recorded(url) == filled


def test_a_backup_is_restored_to_the_other_kind_of_database(
    grade, filled, monkeypatch, own_postgres_url
):
    grade("backup", "one.sqlite3")
    monkeypatch.setenv("GRADES_DB", own_postgres_url)

    done = grade("restore", "one.sqlite3")

    assert done.status == 0
    assert recorded(own_postgres_url) == filled


def test_a_ledger_that_holds_something_is_not_overwritten(grade, filled, ledger_url):
    grade("backup", "one.sqlite3")

    done = grade("restore", "one.sqlite3")

    assert done.status == 2
    assert "the ledger is not empty, and nothing recorded is ever over" in done.err
    assert "Name one with GRADES_DB that is not there yet or is empty" in done.err
    assert recorded(ledger_url) == filled


def test_a_backup_that_is_none_is_told_with_status_3(grade, tmp_path):
    (tmp_path / "diary.txt").write_text("Dear diary. " * 1000)

    done = grade("restore", "diary.txt")

    assert done.status == 3
    assert "this is no backup of a ledger, or it is damaged" in done.err


def test_a_backup_that_is_not_there_is_told_with_status_2(grade):
    done = grade("restore", "none.sqlite3")

    assert done.status == 2
    assert "none.sqlite3: there is no such file" in done.err


def test_the_way_there_and_back_as_a_person_goes_it(filled, ledger_url, tmp_path):
    copy, url = tmp_path / "copy.sqlite3", f"sqlite:///{tmp_path / 'back.sqlite3'}"

    there = run_grade("backup", copy, cwd=tmp_path, GRADES_DB=ledger_url)
    back = run_grade("restore", copy, cwd=tmp_path, GRADES_DB=url)

    assert (there.returncode, there.stderr) == (0, "")
    assert (back.returncode, back.stderr) == (0, "")
    assert recorded(url) == filled


HELP = """
import sys
sys.argv = ["grade", sys.argv[1], "--help"]
from graders.cli.main import main
try:
    main()
except SystemExit as ended:
    assert not ended.code
assert not {"sqlalchemy", "alembic", "pydantic"} & set(sys.modules)
"""


@pytest.mark.parametrize("command", ["backup", "restore", "verify-ledger", "audit"])
def test_help_loads_no_database(command):
    done = subprocess.run(
        [sys.executable, "-c", HELP, command], capture_output=True, text=True
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert f" {command} [OPTIONS]" in done.stdout
