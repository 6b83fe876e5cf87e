import pytest

from graders.exports.matching import PlatformRow, match
from tests.graders.exports.conftest import known


def rows(*keys):
    return [
        PlatformRow(number=number, line=number + 2, keys=own)
        for number, own in enumerate(keys)
    ]


def canvas(user_id, name, login="", sis_id=""):
    return {"user_id": user_id, "sis_id": sis_id, "login": login, "name": name}


def found(the_class, students, table, *identities, system="canvas"):
    made = the_class(dict.fromkeys(students, ""), identities)
    return match(system, made, rows(*table))


def by_number(matching):
    return {student: row.number for student, row in matching.rows.items()}


def test_an_id_of_the_platform_decides_against_any_name(the_class):
    table = [canvas("1", "Doe, Jane"), canvas("2", "Doe, John")]

    matching = found(
        the_class,
        ["Doe, John"],
        table,
        known("Doe, John", "canvas", user_id="1", name="Doe, Jane"),
    )

    assert by_number(matching) == {"Doe, John": 0}
    assert matching.found_by == {"Doe, John": "user_id 1"}


def test_an_id_that_is_not_in_the_table_is_told_and_no_name_is_tried(the_class):
    table = [canvas("1", "Doe, Jane")]

    matching = found(
        the_class, ["Doe, Jane"], table, known("Doe, Jane", "canvas", user_id="9")
    )

    assert matching.rows == {}
    assert matching.unmatched[0].what == "no row of the table has user_id 9"


def test_a_roster_speaks_where_the_platform_does_not(the_class):
    table = [canvas("1", "X", sis_id="s1"), canvas("2", "student_a", login="JDoe")]

    matching = found(
        the_class,
        ["student_a", "student_b"],
        table,
        known("student_a", "roster", sid="s1"),
        known("student_b", "roster", login="jdoe"),
    )

    assert by_number(matching) == {"student_a": 0, "student_b": 1}
    assert matching.found_by["student_a"] == "sis_id s1, by the roster"


def test_a_roster_that_points_at_two_rows_is_no_match(the_class):
    table = [canvas("1", "A", sis_id="s1"), canvas("2", "B", login="b")]

    matching = found(the_class, ["x"], table, known("x", "roster", sid="s1", login="b"))

    assert matching.rows == {}
    assert matching.unmatched[0].what == "2 rows of the table could be theirs"
    assert matching.unmatched[0].candidates == ("line 2: A (1)", "line 3: B (2)")


@pytest.mark.parametrize(
    "student", ["Doe, Jané", "jané doe", "Jane\u0301_Doe", "jdoe", "s1", "1"]
)
def test_what_a_folder_is_called_is_a_name_a_login_or_an_id(the_class, student):
    table = [canvas("1", "Doe, Jané", "jdoe", "s1"), canvas("2", "Doe, John", "jd")]

    assert by_number(found(the_class, [student], table)) == {student: 0}


def test_two_students_of_one_name_are_both_listed_and_nobody_is_guessed(the_class):
    table = [canvas("1", "Doe, Jane"), canvas("2", "Jane Doe")]

    matching = found(the_class, ["Jane Doe"], table)

    assert matching.rows == {}
    assert matching.unmatched[0].candidates == (
        *("line 2: Doe, Jane (1)", "line 3: Jane Doe (2)"),
    )
    assert "roster" in matching.unmatched[0].remedy


def test_one_row_is_never_given_to_two_students(the_class):
    table = [canvas("1", "Doe, Jane", "jdoe"), canvas("2", "Roe, Ray", "rroe")]

    matching = found(the_class, ["Doe, Jane", "jdoe", "rroe"], table)

    assert by_number(matching) == {"rroe": 1}
    assert [one.student for one in matching.unmatched] == ["Doe, Jane", "jdoe"]
    assert matching.unmatched[1].what == (
        "the same row of the table would be theirs and Doe, Jane's"
    )


def test_empty_cells_are_nobodys_id(the_class):
    table = [canvas("", "", ""), canvas("", "Doe, Jane")]

    matching = found(
        the_class, ["Doe, Jane"], table, known("Doe, Jane", "roster", sid="", login="")
    )

    assert by_number(matching) == {"Doe, Jane": 1}


def test_names_cannot_write_on_the_terminal(the_class):
    table = [canvas("1", "a\x1b[2J"), canvas("2", "a\x1b[2J")]

    matching = found(the_class, ["a\x1b[2J"], table)

    assert matching.unmatched[0].candidates == (
        *("line 2: a�[2J (1)", "line 3: a�[2J (2)"),
    )


def test_an_email_finds_a_row_of_moodle(the_class):
    table = [{"participant": "7", "id_number": "", "email": "Ann@X.org", "name": "A"}]

    matching = found(
        the_class,
        ["x"],
        table,
        known("x", "roster", email="ann@x.org"),
        system="moodle",
    )

    assert by_number(matching) == {"x": 0}


def test_an_id_that_another_platform_gave_finds_a_row(the_class):
    table = [canvas("1", "A", sis_id="s1"), canvas("2", "B", login="b@x.org")]

    matching = found(
        the_class,
        ["x", "y"],
        table,
        known("x", "gradescope", sid="s1", email="", submission_id="9"),
        known("y", "gradescope", sid="", email="B@x.org", submission_id="8"),
    )

    assert by_number(matching) == {"x": 0, "y": 1}
    assert matching.found_by["x"] == "sis_id s1, by Gradescope"
