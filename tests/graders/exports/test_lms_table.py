import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graders.errors import UsageError
from graders.exports.canvas import export_canvas
from graders.exports.lms_table import is_run, read_table, typed, write_rows
from graders.exports.moodle import export_moodle
from tests.graders.exports.conftest import a_class
from tests.graders.exports.readers import canvas, moodle


@pytest.mark.parametrize(
    ("text", "encoding", "delimiter"),
    [
        ("a,b\n1,2\n", "utf-8", ","),
        ("a;b\r\n1;2\r\n", "utf-8-sig", ";"),
        ("a\tb\n1\t2\n", "utf-16", "\t"),
        ('"a,x";b;c\n1;2;3\n', "utf-8", ";"),
    ],
)
def test_a_table_is_read_however_it_was_written(tmp_path, text, encoding, delimiter):
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode(encoding))

    table = read_table(path)

    assert table.delimiter == delimiter
    assert (table.rows[0][0], table.lines[0]) == ("1", 2)


def test_an_encoding_that_cannot_be_told_is_asked_for(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes("Zoë,b\n1,2\n".encode("cp1252"))

    with pytest.raises(UsageError) as caught:
        read_table(path)

    assert caught.value.what.startswith("the table is not utf-8: ")
    assert caught.value.fix.startswith("Give --encoding, for example cp1252")
    assert read_table(path, "cp1252").header == ("Zoë", "b")


def test_a_file_that_is_no_table_is_refused(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("")

    with pytest.raises(UsageError, match="this is no table"):
        read_table(path)
    with pytest.raises(UsageError, match="No such file"):
        read_table(tmp_path / "none.csv")


def test_a_row_that_goes_over_lines_does_not_move_the_others(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text('a,b\n"1\n2",x\n\n3,y\n')

    table = read_table(path)

    assert table.rows == (("1\n2", "x"), ("3", "y"))
    assert table.lines == (2, 5)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+1", "-x", "@SUM(A1)", "\t=1", "a\n=1", "=HYPERLINK(1)"]
)
def test_a_cell_that_a_spreadsheet_would_run_gets_a_quote(text):
    assert is_run(text)
    assert typed(text).replace("'", "", 1) == text


@pytest.mark.parametrize("text", ["-1", "+", "12,5", "-3.25", "Zoë", "O'Hara", ""])
def test_numbers_stay_numbers(text):
    assert typed(text) == (text if text != "+" else "'+")


_NAMES = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\r"), min_size=1, max_size=12
)


@settings(max_examples=60, deadline=None)
@given(names=st.lists(_NAMES, min_size=2, max_size=4))
def test_no_name_keeps_canvas_from_reading_the_file(tmp_path_factory, names):
    header = ["Student", "ID", "SIS Login ID", "Section", "Small (4821)"]
    people = [[name, str(i + 11), f"s{i}", "1", ""] for i, name in enumerate(names)]
    points = ["    Points Possible", "", "", "", "20"]
    path = tmp_path_factory.mktemp("table") / "gradebook.csv"
    path.write_bytes(write_rows([header, points, *people]))
    course = canvas.Course(
        users=[canvas.User(i + 11, name) for i, name in enumerate(names)],
        titles={4821: "Small"},
        possible={4821: 20},
    )

    found = export_canvas(a_class({"s0": "bias", "s1": "shapes"}), read_table(path))

    assert canvas.upload(course, found.content).changes == {
        (11, 4821): ("", "15"),
        (12, 4821): ("", "16"),
    }
    for row in csv.reader(io.StringIO(found.content.decode(), newline="")):
        assert not any(cell.startswith(("=", "@", "\t", "+", "-")) for cell in row)


@settings(max_examples=60, deadline=None)
@given(text=_NAMES, name=_NAMES)
def test_no_text_of_a_student_keeps_moodle_from_reading_the_file(
    tmp_path_factory, text, name
):
    header = ["Identifier", "Full name", "ID number", "Grade", "Maximum grade"]
    header += ["Online text", "Last modified (grade)"]
    row = ["Participant 7", name, "s7", "", "20.00", text, "-"]
    path = tmp_path_factory.mktemp("table") / "worksheet.csv"
    path.write_bytes(write_rows([header, row]))

    found = export_moodle(a_class({"s7": "bias"}), read_table(path), {})

    assign = moodle.Assign(participants={7}, maximum=20)
    assert moodle.import_grades(assign, found.content).grades == {7: 15}
