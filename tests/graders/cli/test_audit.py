import json

import pytest

from graders.ledger import adjust
from tests.stand_ins.commands import runner
from tests.stand_ins.ledgers import A9, fill, grade, run, submission


@pytest.fixture
def audit(ledger, ledger_url, monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADES_DB", ledger_url)
    ran = runner(monkeypatch, capsys)
    return lambda *arguments: ran("audit", *arguments)


def test_each_deed_is_a_line_with_when_who_what_and_why(audit, ledger):
    fill(ledger)

    done = audit()

    lines = done.out.splitlines()
    assert (done.status, done.err, len(lines)) == (0, "", 13)
    when, who, assignment, what = lines[7].split("  ")
    assert len(when) == len("2026-10-20T08:00:00Z")
    assert when.endswith("Z")
    assert (who, assignment) == ("ta", A9)
    assert what == "A9.1 of student_a: 7.5 points in place of 8 (she showed me)"
    assert [line[:20] for line in lines] == sorted(line[:20] for line in lines)


def test_nothing_is_printed_where_nothing_was_done(audit):
    assert audit().out == ""


def test_one_assignment_is_named_as_the_ledger_has_it_or_as_usual(audit, ledger):
    fill(ledger)
    adjust(
        ledger, "assignment2_cnn", "student_b", "", 1, over_points=None, reason="a talk"
    )

    assert len(audit(A9).out.splitlines()) == 13
    assert audit("cnn").out.endswith(
        "assignment2_cnn  the whole mark of student_b: 1 points (a talk)\n"
    )


def test_an_assignment_that_nobody_knows_is_told(audit):
    done = audit("asignment2")

    assert done.status == 2
    assert "there is no assignment 'asignment2'" in done.err


def test_one_student_is_told_with_each_score(audit, ledger):
    fill(ledger)

    lines = audit(A9, "--student", "student_a").out.splitlines()

    assert any("has 8 of 8 points by version 1" in line for line in lines)
    assert not any("student_b" in line for line in lines)


def test_a_document_holds_all_of_it(audit, ledger):
    fill(ledger)

    document = json.loads(audit("--json").out)

    assert document["schema"] == 1
    assert len(document["events"]) == 13
    assert document["events"][7].keys() == {
        *("at", "who", "kind", "assignment", "what", "reason")
    }
    assert document["events"][7]["reason"] == "she showed me"
    assert document["events"][7]["at"].endswith("+00:00")


def test_a_document_of_nothing_is_a_document(audit):
    assert json.loads(audit("--json").out) == {"schema": 1, "events": []}


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_what_files_and_persons_are_called_cannot_write_on_the_terminal(
    audit, ledger, options
):
    file = submission("\x1b[31meve\nfaked line", filename="a\u202eb.py")
    grade(ledger, run(ledger), file)
    adjust(ledger, A9, "student_e", "", 1, over_points=None, reason="a\nb\x1b[2J")

    done = audit(*options)

    assert "\x1b" not in done.out
    assert "\u202e" not in done.out
    assert not any(line.startswith("faked line") for line in done.out.splitlines())
    assert "a b\ufffd[2J" in done.out


def test_where_there_is_no_ledger_none_is_made(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GRADES_DB", raising=False)

    done = runner(monkeypatch, capsys)("audit")

    assert done.status == 2
    assert "there is no ledger yet" in done.err
    assert list(tmp_path.iterdir()) == []
