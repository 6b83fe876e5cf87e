import json

import pytest

import graders.assignments
from graders.cli import main as grade
from tests.stand_ins.command import run_grade
from tests.stand_ins.small_assignment import small_assignment

NO_MUTANTS = ("--mutants", "none", "--seeds", "1", "--workers", "1")


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Runs `grade validate` on an assignment in a project of its own."""

    def ran(name, *arguments):
        monkeypatch.setattr(graders.assignments, "FOLDER", tmp_path / "assignments")
        monkeypatch.setattr("sys.argv", ["grade", "validate", name, *arguments])
        monkeypatch.setenv("COLUMNS", "80")
        with pytest.raises(SystemExit) as ended:
            grade.main()
        captured = capsys.readouterr()
        return ended.value.code, captured.out, captured.err

    monkeypatch.chdir(tmp_path)
    return ran


@pytest.fixture
def made(tmp_path):
    """Makes an assignment in that project; gives the name it is called by."""

    def new(*changes):
        return small_assignment(tmp_path, *changes).listing.names[0]

    return new


def test_an_accepted_assignment_ends_with_0_and_the_path_of_the_report(
    run, made, tmp_path
):
    name = made()

    status, out, _ = run(name, "--seeds", "1", "--limit", "2", "--workers", "1")

    assert status == 0
    assert "right solutions  2 of 2 gradings with full marks" in out
    assert "catalogue        1 of 1 lose points in their own task only" in out
    assert f"{name} is accepted.\n" in out
    report = f"grades/validation/{name}_scaling/report.html"
    assert out.endswith(f"Report: {report}\n")
    assert "Accepted." in (tmp_path / report).read_text()


def test_a_second_run_takes_up_what_the_first_has_done(run, made, tmp_path):
    name = made()
    first = run(name, *NO_MUTANTS, "--out", str(tmp_path / "here"))

    status, out, _ = run(name, *NO_MUTANTS, "--out", str(tmp_path / "here"))

    assert "earlier run" not in first[1]
    assert status == 0
    assert "3 gradings in" in out
    assert "3 of them from an earlier run." in out


def test_an_assignment_that_is_not_accepted_ends_with_1(run, made):
    name = made(("wheats/loops.py", "variance**0.5", "variance"))

    status, out, _ = run(name, *NO_MUTANTS)

    assert status == 1
    assert "right solution wheats/loops.py, seed 0" in out
    assert f"{name} is not accepted: " in out


def test_json_is_all_that_is_printed(run, made):
    status, out, _ = run(made(), *NO_MUTANTS, "--json")

    found = json.loads(out)
    assert status == 0
    assert found["accepted"] is True
    assert found["right_solutions"]["whole"] == 2
    assert found["effort"]["gradings"] == 3


def test_a_folder_that_takes_no_journal_is_told_in_three_parts(run, made, tmp_path):
    (tmp_path / "taken").write_text("a file")

    status, _, err = run(made(), *NO_MUTANTS, "--out", str(tmp_path / "taken"))

    assert status == 3
    assert "the journal of the validation cannot be used" in err
    assert "Traceback" not in err


def test_an_unknown_assignment_gives_the_nearest_name(run, made):
    name = made()

    status, _, err = run(name.replace("ss", "s"), *NO_MUTANTS)

    assert status == 2
    assert "there is no assignment 'asignment" in err
    assert f"Did you mean {name!r}?" in err


def test_a_full_disk_is_told_in_three_parts(tmp_path):
    done = run_grade("validate", "assignment2", "--out", tmp_path, most_blocks=4)

    assert done.returncode == 3
    assert "the journal of the validation cannot be used" in done.stderr
    assert "Free some space" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments", [("--seeds", "0"), ("--limit", "-1"), ("--mutants", "some")]
)
def test_an_option_that_makes_no_sense_is_a_usage_error(run, made, arguments):
    status, _, err = run(made(), *arguments)

    assert status == 2
    assert arguments[0] in err
