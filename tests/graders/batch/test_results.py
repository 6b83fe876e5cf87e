import csv
import json
import re

import pytest

from graders.batch import ResultFolder
from graders.errors import ResultsNotWritten, UsageError
from graders.intake import find_submissions
from graders.ledger import adjust, hand_in, start_run
from tests.stand_ins.batches import grade_here

NAME = "assignment2_cnn"


@pytest.fixture
def results(tmp_path):
    return ResultFolder(tmp_path / "grades")


@pytest.fixture
def graded(tmp_path, assignment, ledger):
    """Two students whose files cannot be run."""
    folder = tmp_path / "submitted"
    folder.mkdir()
    for student in ("student_a", "student_b"):
        (folder / f"{student}.py").write_text(f"def f(:\n    # {student}\n")
    grade_here(list(find_submissions(folder, "cnn.py")), assignment, ledger)
    return ledger


def test_a_result_is_a_report_and_a_document(results, graded):
    results.write(graded, NAME, {})

    folder = results.student_folder("student_a")
    assert sorted(path.name for path in folder.iterdir()) == [
        "report.html",
        "report.md",
        "result.json",
    ]
    report = (folder / "report.md").read_text("utf-8")
    assert report.startswith("# assignment2\\_cnn: student\\_a\n")
    assert "Syntax error" in report
    document = json.loads((folder / "result.json").read_text("utf-8"))
    assert (document["student"], document["score"]) == ("student_a", 0)


def test_scores_are_a_row_for_each_student(results, graded):
    rows = results.write(graded, NAME, {})

    with results.scores.open(newline="") as file:
        written = list(csv.DictReader(file))
    assert [row["student"] for row in written] == ["student_a", "student_b"]
    assert [row.student for row in rows] == ["student_a", "student_b"]
    assert {row["note"] for row in written} == {rows[0].note}
    assert rows[0].note.startswith("Syntax error")


def test_only_what_has_changed_is_written_again(results, graded):
    results.write(graded, NAME, {})
    reports = [
        results.student_folder(student) / "report.md"
        for student in ("student_a", "student_b")
    ]
    for report in reports:
        report.write_text("as it was")
    adjust(
        graded, NAME, "student_b", "A2.1", 5.0, over_points=0.0, reason="nearly right"
    )

    results.write(graded, NAME, {})

    same, changed = (report.read_text() for report in reports)
    assert same == "as it was"
    assert "nearly right" in changed


def test_a_report_that_was_deleted_is_written_again(results, graded):
    results.write(graded, NAME, {})
    document = results.student_folder("student_a") / "result.json"
    document.unlink()

    results.write(graded, NAME, {})

    assert document.is_file()


@pytest.mark.parametrize(
    "name",
    ["class.html", "students/student_a/report.html", "students/student_b/report.md"],
)
def test_whatever_was_deleted_is_written_again_and_nothing_else(results, graded, name):
    results.write(graded, NAME, {})
    before = {path: path.read_bytes() for path in results.folder.rglob("*.*")}
    for path in before:
        if path.suffix == ".html":
            path.write_bytes(b"as it was")
    (results.folder / name).unlink()

    results.write(graded, NAME, {})

    assert (results.folder / name).read_bytes() == before[results.folder / name]
    students = {"student_a", "student_b"} - set(name.split("/"))
    for student in students if "/" in name else ():
        page = results.student_folder(student) / "report.html"
        assert page.read_bytes() == b"as it was"


def test_pages_lead_from_the_class_to_each_student(results, graded):
    results.write(graded, NAME, {})

    page = results.class_page.read_text("utf-8")
    assert 'href="students/student_a/report.html"' in page
    report = results.student_folder("student_a") / "report.html"
    assert "Syntax error" in report.read_text("utf-8")


def test_the_class_is_written_again_when_one_mark_changes(results, graded):
    results.write(graded, NAME, {})
    before = results.class_page.read_text("utf-8")
    adjust(graded, NAME, "student_b", "A2.1", 5.0, over_points=0.0, reason="right")

    results.write(graded, NAME, {})

    assert results.class_page.read_text("utf-8") != before


def test_the_receipt_says_when_it_was_graded(results, graded):
    results.write(graded, NAME, {})

    report = (results.student_folder("student_a") / "report.html").read_text("utf-8")
    assert re.search(r"<dt>graded</dt><dd>\d{4}-\d\d-\d\d \d\d:\d\d UTC, in", report)


@pytest.mark.parametrize("content", ["", "garbage", "[]"])
def test_a_list_of_what_is_written_that_cannot_be_read_costs_nothing(
    results, graded, content
):
    results.write(graded, NAME, {})
    report = results.student_folder("student_a") / "report.md"
    report.write_text("as it was")
    (results.folder / ".written.json").write_text(content)

    results.write(graded, NAME, {})

    assert "Syntax error" in report.read_text()


def test_who_has_no_mark_has_a_reason_and_no_points(results, graded, tmp_path):
    later = tmp_path / "later"
    later.mkdir()
    (later / "student_z.py").write_text("x = 1\n")
    run = start_run(graded, "batch", NAME, {})
    hand_in(graded, NAME, list(find_submissions(later, "cnn.py")), run)

    *_, last = results.write(graded, NAME, {})

    assert (last.student, last.mark, last.undecided) == (
        "student_z",
        None,
        "not graded yet",
    )
    assert not results.student_folder("student_z").exists()


def test_of_an_assignment_that_nobody_has_graded_nothing_is_written(results, ledger):
    assert results.write(ledger, NAME, {}) == []
    assert list(results.folder.iterdir()) == []


def test_a_disk_that_takes_no_more_is_told_and_leaves_no_half_a_file(results, graded):
    results.student_folder("student_a").parent.mkdir()
    results.student_folder("student_a").write_text("in the way")

    with pytest.raises(ResultsNotWritten) as caught:
        results.write(graded, NAME, {})

    assert caught.value.what.startswith("this cannot be written: ")
    assert not list(results.folder.rglob("*.partial"))


def test_a_folder_whose_place_is_taken_is_a_usage_error(tmp_path):
    (tmp_path / "taken").write_text("a file")

    with pytest.raises(UsageError) as caught:
        ResultFolder(tmp_path / "taken")

    assert caught.value.what == "results cannot be written here: File exists"
    assert caught.value.where == str(tmp_path / "taken")
    assert caught.value.fix == "Give another folder with --out."
