import csv
import io
import re

import pytest
from rich.console import Console

from graders.records import Outcome
from graders.reports.class_scores import class_table, render_csv
from tests.stand_ins.records import finding, item, record, style_finding, styled_record


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


def test_style_that_gives_points_is_a_column():
    one = styled_record(style_finding(), points=5)

    (row,) = rows(one)
    lines = [" ".join(line.split()) for line in shown([one]).splitlines()]

    assert (row["A2.2"], row["style"], row["max_score"]) == ("8", "2.5", "21")
    assert "student score A2.1 A2.2 style" in lines
    assert "student_a 10.5 0 8 2.5" in lines


def test_advice_on_style_is_a_number_of_findings_and_a_line_below_the_table():
    one = styled_record(style_finding(1), style_finding(2))
    clean = styled_record(style_finding(outcome=Outcome.PASSED), student="student_b")
    unread = styled_record(style_finding(outcome=Outcome.BLOCKED), student="student_c")

    text = shown([one, clean, unread])

    found = [row["style_findings"] for row in rows(one, clean, unread)]
    assert found == ["2", "0", ""]
    assert [row["max_score"] for row in rows(one, clean)] == ["16", "16"]
    assert "Style: advice for 1 of 3, without points." in text
    assert "student score A2.1 A2.2\n" in re.sub(" +", " ", text).replace(" \n", "\n")


def test_who_could_not_be_graded_has_as_many_cells_as_the_others():
    text = render_csv([styled_record(style_finding())], ["student_z"])

    header, *others = csv.reader(io.StringIO(text))
    assert {len(row) for row in others} == {len(header)}
