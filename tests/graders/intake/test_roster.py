"""Tables of a class, as each platform and each spreadsheet writes them."""

from zoneinfo import ZoneInfo

import pytest

from graders.errors import UsageError
from graders.intake.roster import read_roster
from tests.stand_ins.platforms import blackboard, canvas, gradescope, moodle
from tests.stand_ins.platforms.classes import members

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def table(tmp_path):
    def read(content):
        path = tmp_path / "roster.csv"
        data = content if isinstance(content, bytes) else content.encode()
        path.write_bytes(data)
        return read_roster(path, BERLIN)

    return read


def names(roster):
    return [row.student for row in roster.rows]


def refused(table, content):
    with pytest.raises(UsageError) as caught:
        table(content)
    return caught.value


def test_canvas_rows_of_points_and_its_test_student_are_nobody(table):
    roster = table(canvas.gradebook(members(3)))

    assert names(roster) == ["l-user001", "m-user002", "n-user003"]
    assert roster.rows[2].fields == {
        "name": "Ñandú, Zoë",
        "login": "n-user003",
        "user_id": "41003",
        "sis_id": "09000003",
    }


def test_a_moodle_worksheet_has_numbers_groups_and_times(table):
    roster = table(moodle.worksheet(members(2)))

    row = roster.rows[1]
    assert (row.student, row.participant, row.group) == (
        "09000002",
        "730014",
        "Group 2",
    )
    assert row.submitted_at.isoformat() == "2026-10-09T23:05:00+02:00"


def test_a_worksheet_in_another_language_is_read_by_its_columns_places(table):
    roster = table(moodle.worksheet(members(2), moodle.GERMAN))

    assert [row.participant for row in roster.rows] == ["730007", "730014"]
    assert roster.rows[0].fields == {
        "name": "Given001 Family001",
        "sid": "09000001",
        "email": "l-user001@example.org",
    }


def test_gradescope_numbers_keep_their_zeros(table):
    roster = table(gradescope.scores(members(1)))

    assert names(roster) == ["09000001"]
    assert roster.rows[0].fields["name"] == "Given001 Family001"
    assert roster.rows[0].submitted_at.isoformat() == "2026-10-08T14:59:00+00:00"


def test_blackboard_names_users(table):
    assert names(table(blackboard.grades(members(2)))) == ["l-user001", "m-user002"]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_spreadsheets_write_it_in_many_ways(table, mark, encoding):
    text = f"student{mark}name{mark}email\r\nzoë{mark}Zoë Ä{mark}z@example.org\r\n"

    roster = table(text.encode(encoding))

    assert names(roster) == ["zoë"]
    assert roster.rows[0].fields == {"name": "Zoë Ä", "email": "z@example.org"}


def test_addresses_with_the_same_beginning_are_kept_apart(table):
    roster = table(
        "name,email\nA,jd@one.example\nB,jd@two.example\nC,other@one.example\n"
    )

    assert names(roster) == ["jd@one.example", "jd@two.example", "other"]


def test_one_name_twice_without_a_number_is_two_people(table):
    roster = table("name\nSame Name\nSame Name\n")

    assert len(set(names(roster))) == 2


def test_one_login_twice_is_an_error_with_both_lines(table):
    error = refused(table, "login,name\njd,A\nother,B\nJD,C\n")

    assert error.what == "lines 2 and 4 both come to the name 'JD'"
    assert error.where.endswith("roster.csv:4")


def test_a_login_that_is_no_folders_name_becomes_one(table):
    assert names(table("login\n../../x\n=cmd|' /C calc'!A0\n")) == [
        "x",
        "=cmd_C_calc_A0",
    ]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "the table is empty"),
        (b"points,grade\n1,2\n", "no column says who somebody is"),
        (b"name\n\xff\xfe\xfa\n", "the table cannot be read, or is neither UTF-8"),
        (b'name\n"' + b"x" * 200_000, "the table cannot be read: field larger than"),
    ],
)
def test_what_is_no_roster_is_told(table, content, what):
    assert refused(table, content).what.startswith(what)


def test_times_that_cannot_be_read_are_counted(table):
    roster = table("student,submitted_at\na,2026-10-09 23:59\nb,le 9 octobre 2026\n")

    assert roster.rows[0].submitted_at.isoformat() == "2026-10-09T23:59:00+02:00"
    assert roster.notes == [
        "1 times of submission cannot be read: give them with --times."
    ]
