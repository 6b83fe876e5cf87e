import json

import pytest

from graders.ledger import Ledger
from tests.stand_ins.commands import runner
from tests.stand_ins.ledgers import contents, fill


@pytest.fixture
def grade(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GRADES_DB", raising=False)
    return runner(monkeypatch, capsys)


@pytest.fixture
def filled(ledger, ledger_url, monkeypatch):
    monkeypatch.setenv("GRADES_DB", ledger_url)
    fill(ledger)
    return ledger


@pytest.fixture
def faulty(copied_url, monkeypatch):
    """A ledger of which one score was changed by hand."""
    monkeypatch.setenv("GRADES_DB", copied_url)
    with Ledger(copied_url, "ta") as ledger:
        fill(ledger)

        def change(connection):
            connection.exec_driver_sql("DROP TRIGGER scores_no_update")
            connection.exec_driver_sql("UPDATE scores SET points = 99 WHERE id = 1")

        ledger.write(change)
        yield ledger


def test_a_sound_ledger_is_told_to_be_so_with_the_rows_of_each_table(grade, filled):
    before = contents(filled)

    done = grade("verify-ledger")

    assert (done.status, done.err) == (0, "")
    assert "submissions           3\n" in done.out
    assert "adjustments           1\n" in done.out
    assert done.out.endswith(f"No faults in {filled.where}\n")
    assert contents(filled) == before


def test_each_fault_is_told_in_a_sentence_with_status_3(grade, faulty):
    done = grade("verify-ledger")

    assert done.status == 3
    assert done.out.endswith(
        "Fault: table scores: nothing refuses UPDATE any more.\n"
        "Fault: scores 1: it has 99 of 8 points, and its items have 8 of 8.\n"
        "2 faults.\n"
        "Keep the ledger as it is, and restore a backup: `grade restore`.\n"
    )


def test_a_document_holds_the_same(grade, faulty):
    done = grade("verify-ledger", "--json")

    document = json.loads(done.out)
    assert done.status == 3
    assert document["ledger"] == faulty.where
    assert document["rows"]["submissions"] == 3
    assert document["faults"] == [
        {"where": "table scores", "what": "nothing refuses UPDATE any more"},
        {
            "where": "scores 1",
            "what": "it has 99 of 8 points, and its items have 8 of 8",
        },
    ]


def test_a_document_of_a_sound_ledger_has_no_faults(grade, filled):
    done = grade("verify-ledger", "--json")

    assert done.status == 0
    assert json.loads(done.out)["faults"] == []


def test_where_there_is_no_ledger_none_is_made(grade, tmp_path):
    done = grade("verify-ledger")

    assert done.status == 2
    assert "there is no ledger yet" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_something_else_is_damaged_with_status_3(
    grade, tmp_path, monkeypatch
):
    (tmp_path / "diary.txt").write_text("Dear diary. " * 1000)
    monkeypatch.setenv("GRADES_DB", "sqlite:///diary.txt")

    done = grade("verify-ledger")

    assert done.status == 3
    assert (
        "The grader has a problem: sqlite:///diary.txt: the ledger is dam" in done.err
    )


def test_a_password_is_never_printed(grade, monkeypatch, postgres, shared_database):
    url = postgres.url(shared_database, "sealed", "tell-nobody")
    monkeypatch.setenv("GRADES_DB", url)

    done = grade("verify-ledger")

    assert done.status == 3
    assert "the database does not let us in" in done.err
    assert "tell-nobody" not in done.out + done.err
