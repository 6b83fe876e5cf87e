import pytest

from graders.errors import UsageError
from graders.exports.canvas import export_canvas
from graders.exports.changes import Why
from graders.exports.lms_table import read_table
from tests.graders.exports.conftest import known
from tests.graders.exports.readers.canvas import Course, User, upload

GRADEBOOK = """\
Student,ID,SIS User ID,SIS Login ID,Section,Notes,Small (4821),Other (4822),\
Assignments Current Score
,,,,,,Manual Posting,,
    Points Possible,,,,,,20.00,50.00,(read only)
"Alpha, Ann",11,s11,ann,DL-01,fine,,7.00,70
"Beta, Bo",12,s12,bo,DL-01,,12.00,8.00,80
"Gamma, Cy",13,s13,cy,DL-02,,EX,9.00,90
"Delta, Di",14,s14,di,DL-02,,14.00,1.00,10
"""


@pytest.fixture
def gradebook(tmp_path):
    def read(text=GRADEBOOK, encoding="utf-8"):
        path = tmp_path / "gradebook.csv"
        path.write_bytes(text.encode(encoding))
        return read_table(path)

    return read


@pytest.fixture
def course():
    users = [
        User(11, "Ann Alpha", "s11", "ann"),
        User(12, "Bo Beta", "s12", "bo"),
        User(13, "Cy Gamma", "s13", "cy"),
        User(14, "Di Delta", "s14", "di"),
    ]
    return Course(
        users=users,
        titles={4821: "Small", 4822: "Other"},
        possible={4821: 20, 4822: 50},
        scores={(12, 4821): "12", (13, 4821): "EX", (14, 4821): "14", (14, 4822): "1"},
        custom_columns=("Notes",),
    )


def test_canvas_takes_the_changed_grades_and_nothing_else(the_class, gradebook, course):
    failed = {"ann": "bias", "bo": "shapes", "cy": "", "di": "sizes"}

    found = export_canvas(the_class(failed), gradebook())

    seen = upload(course, found.content)
    assert seen.changes == {(11, 4821): ("", "15"), (12, 4821): ("12", "16")}
    assert (seen.new_assignments, seen.new_students, seen.new_possible) == ([], [], {})


def test_the_smallest_file_that_canvas_reads_is_written(the_class, gradebook):
    found = export_canvas(the_class({"ann": "bias"}), gradebook())

    assert found.content.decode().splitlines() == [
        "Student,ID,SIS User ID,SIS Login ID,Section,Small (4821)",
        "    Points Possible,,,,,20.00",
        '"Alpha, Ann",11,s11,ann,DL-01,15',
    ]


def test_an_excused_student_stays_excused_and_is_told(the_class, gradebook):
    found = export_canvas(the_class({"cy": ""}), gradebook())

    assert found.changes == ()
    assert found.left[0].why is Why.EXCUSED
    assert found.left[0].told == "excused in Canvas; lift that there to give a grade"


def test_a_grade_that_canvas_has_already_is_counted_and_not_written(
    the_class, gradebook
):
    found = export_canvas(the_class({"di": "sizes", "ann": ""}), gradebook())

    assert [one.student for one in found.changes] == ["ann"]
    assert found.num_left(Why.UNCHANGED) == 1
    assert b"Delta" not in found.content


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_gradebook_with_semicolons_and_a_mark_of_its_encoding_comes_back_readable(
    the_class, gradebook, course, encoding
):
    text = GRADEBOOK.replace('"', "").replace(", ", " ").replace(",", ";")
    table = gradebook(text.replace(".00", ",00"), encoding)
    failed = {"ann": "", "bo": "shapes"}

    found = export_canvas(the_class(failed), table)

    seen = upload(course, found.content)
    assert seen.changes == {(11, 4821): ("", "20"), (12, 4821): ("12", "16")}
    assert seen.new_possible == {}


def test_last_and_first_names_in_columns_of_their_own_are_read_and_kept(
    the_class, gradebook, course
):
    text = GRADEBOOK.replace("Student,", "LastName,FirstName,")
    text = text.replace("a, ", 'a","').replace("\n,", "\n,,").replace("ble,", "ble,,")
    table = gradebook(text, "utf-8-sig")

    found = export_canvas(the_class({"Alpha, Ann": ""}), table)

    assert upload(course, found.content).changes == {(11, 4821): ("", "20")}
    assert found.content.startswith(b"LastName,FirstName,ID,")


def test_an_assignment_of_several_titles_is_asked_for_by_its_id(the_class, gradebook):
    table = gradebook(GRADEBOOK.replace("Other (4822)", "Small (4822)"))

    with pytest.raises(UsageError) as caught:
        export_canvas(the_class({"ann": ""}), table)

    assert caught.value.what == "2 columns of the gradebook could be meant"
    assert "'Small (4821)', 'Small (4822)'" in caught.value.fix
    found = export_canvas(the_class({"ann": ""}), table, "4822")
    assert found.column == "Small (4822)"


def test_a_column_that_is_not_there_is_told_with_those_that_are(the_class, gradebook):
    with pytest.raises(UsageError) as caught:
        export_canvas(the_class({"ann": ""}), gradebook(), "Notes")

    assert caught.value.what == (
        "the gradebook has no column 'Notes' that can be written"
    )
    assert caught.value.fix == (
        "Name one with --column, by its title or its id: 'Small (4821)', 'Other"
        " (4822)'."
    )


def test_a_column_that_is_read_only_is_never_written(the_class, gradebook):
    table = gradebook(GRADEBOOK.replace("20.00", "(read only)"))

    with pytest.raises(UsageError, match="no column of the gradebook is called"):
        export_canvas(the_class({"ann": ""}), table)


def test_a_file_that_is_no_gradebook_says_where_to_get_one(the_class, gradebook):
    with pytest.raises(UsageError, match="Export Entire Gradebook"):
        export_canvas(the_class({"ann": ""}), gradebook("a,b,c\n1,2,3\n"))


def test_what_canvas_calls_a_student_comes_before_what_a_folder_is_called(
    the_class, gradebook
):
    identities = [known("bo", "canvas", user_id="11", name="Beta, Bo")]

    found = export_canvas(the_class({"bo": ""}, identities), gradebook())

    assert [(one.row, one.why) for one in found.changes] == [
        ("Alpha, Ann (11)", "user_id 11")
    ]


def test_a_name_that_a_spreadsheet_would_run_is_quoted_and_canvas_finds_the_student(
    the_class, gradebook, course
):
    table = gradebook(GRADEBOOK.replace('"Alpha, Ann"', '"=HYPERLINK(""x"")"'))

    found = export_canvas(the_class({"ann": "bias"}), table)

    assert '"\'=HYPERLINK(""x"")"' in found.content.decode()
    assert upload(course, found.content).changes == {(11, 4821): ("", "15")}


def test_points_of_another_maximum_are_told(the_class, gradebook):
    table = gradebook(GRADEBOOK.replace("20.00", "100"))

    found = export_canvas(the_class({"ann": ""}), table)

    assert found.notes[0].startswith("Canvas has 100 points for this")
    assert b"Points Possible,,,,,100\n" in found.content


def test_an_id_that_a_spreadsheet_has_rounded_is_left_to_a_person(the_class, gradebook):
    table = gradebook(GRADEBOOK.replace(",11,", ",1.00E+13,"))

    found = export_canvas(the_class({"ann": "bias"}), table)

    assert found.changes == ()
    assert found.left[0].why is Why.UNSAFE
    assert found.left[0].told.startswith("the table says 1.00E+13 for the ID")


def test_a_column_is_found_by_the_assignments_short_name_as_people_write_it(
    the_class, gradebook
):
    text = GRADEBOOK.replace("Small (4821)", "Assignment 9 (4821)")

    found = export_canvas(the_class({"ann": "bias"}), gradebook(text))

    assert "Assignment 9 (4821)" in found.content.decode()
