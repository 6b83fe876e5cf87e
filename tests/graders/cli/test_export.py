import json

import pytest

from graders.ledger import Ledger
from tests.graders.exports.readers import canvas, gradescope
from tests.graders.exports.test_canvas import GRADEBOOK
from tests.graders.exports.test_moodle import ENGLISH
from tests.stand_ins import regrading
from tests.stand_ins.commands import runner


@pytest.fixture
def grade(monkeypatch, capsys):
    return runner(monkeypatch, capsys)


@pytest.fixture
def graded(template_file, tmp_path):
    """A class in the ledger that the command opens: `ledger_of_its_own` names it."""
    path = tmp_path / "ledger.sqlite3"
    path.write_bytes(template_file.read_bytes())
    with Ledger(f"sqlite:///{path}", "ta") as ledger:
        failed = {"ann": "bias", "bo": "shapes", "cy": "", "di": "sizes", "ev\x1b": ""}
        regrading.grade_class(ledger, regrading.rubric(manual=[]), failed)
        yield ledger


@pytest.fixture
def gradebook(tmp_path):
    path = tmp_path / "gradebook.csv"
    path.write_text(GRADEBOOK)
    return path


def to_canvas(gradebook, *more):
    return ("export", "assignment9", "--to", "canvas", "--table", gradebook, *more)


def test_a_dry_run_shows_the_difference_and_writes_nothing(
    grade, graded, gradebook, tmp_path
):
    before = sorted(tmp_path.iterdir())

    done = grade(*to_canvas(gradebook, "--dry-run"))

    assert done.status == 0, done.err
    lines = [line.split() for line in done.out.splitlines()]
    assert ["ann", "-", "15", "Alpha,", "Ann", "(11)", "login", "ann"] in lines
    assert ["bo", "12.00", "16", "Beta,", "Bo", "(12)", "login", "bo"] in lines
    assert "cy: excused in Canvas; lift that there to give a grade" in done.out
    assert "ev�: no row of the table has this name, login or id." in done.out
    assert done.out.splitlines()[-2:] == [
        "Students: 2 to change, 1 have this grade already, 1 excused, 1 without a row"
        " of their own.",
        "Nothing was written.",
    ]
    assert sorted(tmp_path.iterdir()) == before


def test_the_file_says_what_the_dry_run_has_shown(grade, graded, gradebook, tmp_path):
    out = tmp_path / "new folder" / "import.csv"

    done = grade(*to_canvas(gradebook, "--out", out))

    course = canvas.Course(
        users=[canvas.User(11, "Ann Alpha"), canvas.User(12, "Bo Beta")],
        titles={4821: "Small"},
        possible={4821: 20},
        scores={(12, 4821): "12"},
    )
    assert done.out.splitlines()[-1] == f"Written: {out}"
    assert canvas.upload(course, out.read_bytes()).changes == {
        (11, 4821): ("", "15"),
        (12, 4821): ("12", "16"),
    }


def test_where_no_grade_would_change_no_file_is_written(
    grade, graded, gradebook, tmp_path
):
    out = tmp_path / "import.csv"

    done = grade(*to_canvas(gradebook, "--out", out, "--only", "di"))

    assert done.out.splitlines()[-1] == "No grade would change, so no file was written."
    assert not out.exists()


def test_the_platforms_own_file_is_never_written_over(grade, graded, gradebook):
    done = grade(*to_canvas(gradebook, "--out", gradebook))

    assert done.status == 2
    assert "the platform's own file would be overwritten" in done.err
    assert gradebook.read_text() == GRADEBOOK


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--to", "moodle", "--out", "x"), "moodle needs the file that the platform"),
        (("--to", "junit"), "there is no place to write to"),
        (("--to", "junit", "--dry-run", "--only", "an"), "Did you mean 'ann'?"),
    ],
)
def test_what_is_missing_is_told(grade, graded, arguments, told):
    done = grade("export", "assignment9", *arguments)

    assert done.status == 2
    assert told in done.err


def test_a_worksheet_of_moodle_is_filled(grade, graded, tmp_path):
    worksheet, out = tmp_path / "worksheet.csv", tmp_path / "filled.csv"
    worksheet.write_text(ENGLISH.replace("Ann Alpha", "ann"))

    done = grade(
        *("export", "assignment9", "--to", "moodle", "--table", worksheet),
        *("--out", out, "--comments", "--heading", "grade=Grade"),
    )

    assert done.status == 0, done.err
    assert "15,20.00,Yes" in out.read_text()
    assert "<p>15 of 20 points.</p>" in out.read_text()


def test_reports_go_into_moodles_zip(grade, graded, tmp_path):
    worksheet, out = tmp_path / "worksheet.csv", tmp_path / "feedback.zip"
    worksheet.write_text(ENGLISH.replace("Ann Alpha", "ann"))
    results = tmp_path / "results"
    grade("report", "assignment9", "--out", results)

    done = grade(
        *("export", "assignment9", "--to", "moodle-feedback", "--table", worksheet),
        *("--results", results, "--out", out),
    )

    assert done.status == 0, done.err
    assert b"ann_101_assignsubmission_file_/report.html" in out.read_bytes()
    assert "Students: 1 to export, 4 without a row of their own." in done.out


def test_a_class_goes_to_gradescope_as_a_folder_and_one_student_as_a_file(
    grade, graded, tmp_path
):
    folder, file = tmp_path / "results", tmp_path / "results.json"

    grade("export", "assignment9", "--to", "gradescope", "--out", folder)
    grade(
        *("export", "assignment9", "--to", "gradescope", "--out", file),
        *("--only", "ann"),
    )

    assert len(list(folder.glob("*/results.json"))) == 5
    assert gradescope.total(gradescope.read(file.read_bytes())) == 15
    assert json.loads(file.read_bytes())["extra_data"]["student"] == "ann"


@pytest.mark.parametrize("kind", ["nbgrader", "junit", "parquet"])
def test_other_programs_get_a_file(grade, graded, tmp_path, kind):
    out = tmp_path / "out"

    done = grade("export", "assignment9", "--to", kind, "--out", out)

    assert done.out.splitlines() == ["Students: 5 to export.", f"Written: {out}"]
    assert out.stat().st_size > 100


def test_a_place_that_cannot_be_written_is_told(grade, graded, tmp_path):
    (tmp_path / "file").write_text("")

    done = grade(
        *("export", "assignment9", "--to", "junit", "--out", tmp_path / "file" / "x")
    )

    assert done.status == 3
    assert "file/x: this cannot be written: " in done.err
