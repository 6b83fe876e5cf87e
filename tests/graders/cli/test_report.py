from tests.stand_ins.command import run_grade

SYNTAX_ERROR = "def output_size(n:\n    return 1\n"


def test_reports_are_written_from_the_ledger_alone(tmp_path):
    submitted = tmp_path / "submitted"
    submitted.mkdir()
    for student in ("student_a", "student_b"):
        (submitted / f"{student}.py").write_text(SYNTAX_ERROR)
    first = tmp_path / "first"
    run_grade("batch", "assignment2", submitted, "--out", first)
    for entry in submitted.iterdir():
        entry.unlink()

    done = run_grade("report", "assignment2", "--out", tmp_path / "again")

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "2 students."
    again = tmp_path / "again"
    for name in ("scores.csv", "students/student_b/report.md"):
        assert (again / name).read_bytes() == (first / name).read_bytes()


def test_a_changed_mark_is_in_the_next_report(tmp_path):
    submitted = tmp_path / "submitted"
    submitted.mkdir()
    (submitted / "student_a.py").write_text(SYNTAX_ERROR)
    out = tmp_path / "out"
    run_grade("batch", "assignment2", submitted, "--out", out)
    report = out / "students" / "student_a" / "report.md"
    assert "**0 of 100 points**" in report.read_text()
    given = ("adjust", "assignment2", "student_a", "A2.1", 5, "--reason", "a bracket")
    run_grade(*given)

    run_grade("report", "assignment2", "--out", out)

    assert "**5 of 100 points**" in report.read_text()
    assert "a bracket" in report.read_text()


def test_where_nothing_was_graded_there_is_nothing_to_report(tmp_path):
    done = run_grade("report", "assignment2", "--out", tmp_path / "out")

    assert done.returncode == 2
    assert not (tmp_path / "out").exists()
