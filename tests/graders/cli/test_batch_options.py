"""Who is graded, and when it was handed in."""

import csv
import os
from datetime import datetime

import pytest

from tests.stand_ins.commands import runner

SYNTAX_ERROR = "def output_size(n:\n    return 1\n"


@pytest.fixture
def grade(monkeypatch, capsys):
    return runner(monkeypatch, capsys)


@pytest.fixture
def submitted(tmp_path):
    """Three students, who handed in at noon of three days in October."""
    folder = tmp_path / "submitted"
    folder.mkdir()
    for day, student in enumerate(("student_a", "student_b", "student_c"), 8):
        path = folder / f"{student}.py"
        path.write_text(SYNTAX_ERROR)
        noon = datetime(2026, 10, day, 12).timestamp()
        os.utime(path, (noon, noon))
    return folder


@pytest.fixture
def batch(grade, submitted, tmp_path):
    out = tmp_path / "out"

    def run(*options):
        walls = ("--require-tier", "none")
        return grade("batch", "assignment2", submitted, "--out", out, *walls, *options)

    run.out = out
    return run


def graded(batch):
    with (batch.out / "scores.csv").open(newline="") as file:
        return [row["student"] for row in csv.DictReader(file)]


def test_only_some_are_graded_and_the_others_join_later(batch):
    assert batch("--only", "student_b").status == 0
    assert graded(batch) == ["student_b"]

    assert batch("--only", "*_a", "--only", "student_c").status == 0
    assert graded(batch) == ["student_a", "student_b", "student_c"]


def test_a_student_who_is_not_there_is_told_with_the_nearest_name(batch):
    done = batch("--only", "studnet_b")

    assert done.status == 2
    assert "nobody here is called 'studnet_b'" in done.err
    assert "Did you mean 'student_b'?" in done.err


def test_who_handed_in_since_is_known_from_the_files(batch):
    assert batch("--since", "2026-10-09 00:00", "--times", "modified").status == 0

    assert graded(batch) == ["student_b", "student_c"]


def test_since_needs_times(batch):
    done = batch("--since", "2h")

    assert done.status == 2
    assert "it is not known when 'student_a' handed in" in done.err
    assert "Give the times: --times FILE, or --times modified." in done.err


def test_times_come_from_a_table(batch, tmp_path):
    table = tmp_path / "times.csv"
    table.write_text(
        "student,submitted_at\nstudent_a,2026-10-09 11:00\n"
        "student_b,2026-10-01 11:00\nstudent_c,2026-10-01 11:00\n"
    )

    assert batch("--times", table, "--since", "2026-10-05").status == 0

    assert graded(batch) == ["student_a"]


def test_groups_need_a_policy_that_has_them(batch, tmp_path):
    table = tmp_path / "groups.csv"
    table.write_text("group,student\nstudent_a,someone\n")

    done = batch("--groups", table)

    assert done.status == 2
    assert "this assignment has no groups" in done.err


def test_after_the_deadline_nobody_is_graded_and_nobody_has_a_zero(batch):
    done = batch("--deadline", "2020-01-01 00:00")

    assert done.status == 3
    with (batch.out / "scores.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["score"] for row in rows} == {""}
    assert {row["outcome"] for row in rows} == {"not graded"}
    assert {row["note"] for row in rows} == {"not graded before the deadline"}


def test_a_scheduler_that_is_not_there_is_told(batch):
    done = batch("--scheduler", "nonsense")

    assert done.status == 2
    assert "nonsense" in done.err
    assert "Write --scheduler tcp://HOST:PORT" in done.err
