import csv
import io

import pytest
from rich.console import Console

from graders.records import Outcome
from graders.reports.class_scores import class_table, render_csv
from tests.stand_ins.records import finding, item, record


def rows(*records):
    return list(csv.DictReader(io.StringIO(render_csv(records))))


def failing(what):
    return record(
        item(finding(what=what)), item(finding("A2.2.bias", what=what), id="A2.2")
    )


def shown(records, undecided=()):
    console = Console(file=io.StringIO(), width=120)
    console.print(class_table(records, undecided))
    return console.file.getvalue()


def test_each_student_has_a_row_with_the_points_of_each_task():
    (row,) = rows(record())

    assert row == {
        "student": "student_a",
        "score": "8",
        "max_score": "16",
        "A2.1": "0",
        "A2.2": "8",
        "outcome": "graded",
        "note": "",
    }


def test_a_file_that_could_not_be_run_has_a_note_of_one_line():
    (row,) = rows(failing("Syntax error: bad.\n    x = (\n        ^"))

    assert row["note"] == "Syntax error: bad."


def test_a_broken_check_is_seen_in_the_table():
    broken = item(finding(outcome=Outcome.BROKEN), outcome=Outcome.BROKEN)

    (row,) = rows(record(broken))

    assert row["outcome"] == "broken"


def test_a_class_of_nobody_is_a_header():
    assert render_csv([]) == "student,score,max_score,outcome,note\n"


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(x)"]
)
def test_no_cell_is_a_formula(name):
    named, noted = rows(record(student=name), failing(f"{name} more"))

    assert named["student"] == f"'{name}"
    assert noted["note"].startswith("'")


def test_no_cell_breaks_out_of_its_row():
    (row,) = rows(record(student='a",b\n=1,c'))

    assert row["student"] == 'a",b\n=1,c'
    assert row["score"] == "8"


def test_control_characters_are_made_visible():
    text = render_csv([record(student="a\x1b[31m\r")]) + shown([record(student="\x1b")])

    assert not {"\x1b", "\r"} & set(text)


def test_the_table_shows_everybody_and_who_could_not_be_graded():
    text = shown([record(), failing("Syntax error.")], ["student_z"])

    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "student_a 8 0 8" in lines
    assert "student_a: Syntax error." in lines
    assert "student_z ?" in lines
    assert "student_z: not graded, through no fault of theirs; run it again" in lines
