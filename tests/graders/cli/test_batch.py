import csv
import json
import os
import signal
import sqlite3
import subprocess
from contextlib import closing

import pytest

from tests.stand_ins.command import run_grade, start_grade

SYNTAX_ERROR = "def output_size(n:\n    return 1\n"
NEVER_READY = "while True:\n    pass\n"


@pytest.fixture
def submitted(tmp_path):
    folder = tmp_path / "submitted"
    for student, text in [
        ("student_a", SYNTAX_ERROR),
        ("student_b", ""),
        ("student_c", "%PDF-1.4"),
    ]:
        (folder / student).mkdir(parents=True)
        (folder / student / "cnn.py").write_text(text)
    return folder


@pytest.fixture
def out(tmp_path):
    return tmp_path / "grades" / "week 5"


def scores(out):
    with (out / "scores.csv").open(newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def test_a_class_gets_a_table_scores_and_reports(submitted, out):
    done = run_grade("batch", "assignment2", submitted, "--out", out)

    assert done.returncode == 0
    assert "student_b: The file is empty." in done.stdout
    rows = scores(out)
    assert {name: row["score"] for name, row in rows.items()} == {
        "student_a": "0",
        "student_b": "0",
        "student_c": "0",
    }
    assert rows["student_b"]["note"] == "The file is empty."
    for student in rows:
        assert sorted(path.name for path in (out / "students" / student).iterdir()) == [
            "report.html",
            "report.md",
            "result.json",
        ]
        document = json.loads((out / "students" / student / "result.json").read_text())
        assert document["student"] == student


def test_a_second_run_finds_the_results_of_the_first(submitted, out):
    first = run_grade("batch", "assignment2", submitted, "--out", out)
    before = scores(out)

    second = run_grade("batch", "assignment2", submitted, "--out", out)

    assert "earlier run" not in first.stdout
    assert "3 were there from an earlier run." in second.stdout
    assert scores(out) == before


def test_a_folder_that_cannot_be_written_is_a_usage_error(submitted, tmp_path):
    (tmp_path / "taken").write_text("a file")

    done = run_grade("batch", "assignment2", submitted, "--out", tmp_path / "taken")

    assert done.returncode == 2
    assert "results cannot be written here" in done.stderr
    assert "Give another folder with --out." in done.stderr


def test_a_disk_that_takes_no_more_leaves_the_old_results_whole(submitted, out):
    arguments = ("batch", "assignment2", submitted, "--out", out)
    arguments += ("--require-tier", "none")  # Walls need larger files to be built.
    run_grade(*arguments)
    before = (out / "scores.csv").read_bytes()
    (submitted / "student_a" / "cnn.py").write_text(SYNTAX_ERROR + "# changed\n")

    stopped = run_grade(*arguments, most_blocks=40)

    assert stopped.returncode == 3
    assert "it goes on. Nothing that was recorded is lost." in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert (out / "scores.csv").read_bytes() == before
    assert not list(out.rglob("*.partial"))

    again = run_grade(*arguments)

    assert again.returncode == 0
    assert "2 were there from an earlier run." in again.stdout


def test_a_folder_that_is_not_there_is_a_usage_error(tmp_path, out):
    done = run_grade("batch", "assignment2", tmp_path / "nowhere", "--out", out)

    assert done.returncode == 2
    assert "this is not a folder that can be read" in done.stderr
    assert not out.exists()


def test_ctrl_c_keeps_what_is_done_and_the_next_run_goes_on_from_there(submitted, out):
    (submitted / "student_b" / "cnn.py").write_text(NEVER_READY)
    arguments = ("batch", "assignment2", submitted, "--out", out, "--workers", 1)
    process = start_grade(*arguments)

    wait_for(lambda: num_recorded() == 1, process)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)

    assert process.returncode == 130
    assert stderr.endswith("Stopped.\n")
    assert "Traceback" not in stderr
    assert sorted(scores(out)) == ["student_a", "student_b", "student_c"]
    assert scores(out)["student_b"]["outcome"] == "not graded"

    (submitted / "student_b" / "cnn.py").write_text(f"{SYNTAX_ERROR}# once more\n")
    again = run_grade(*arguments)

    assert again.returncode == 0
    assert "1 were there from an earlier run." in again.stdout
    assert sorted(scores(out)) == ["student_a", "student_b", "student_c"]


def num_recorded():
    with closing(sqlite3.connect(os.environ["GRADES_DB"].split("///")[1])) as ledger:
        try:
            return ledger.execute("SELECT count(*) FROM executions").fetchone()[0]
        except sqlite3.OperationalError:
            return 0


def wait_for(happened, process):
    """Until something has happened; the process must not end before."""
    for _ in range(2400):
        if happened():
            return
        try:
            process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail(f"ended too early: {process.communicate()}")
    pytest.fail("it never happened")
