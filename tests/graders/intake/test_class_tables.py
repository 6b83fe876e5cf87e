from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from graders.errors import UsageError
from graders.intake import read_groups, read_times

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def table(tmp_path):
    def written(text, encoding="utf-8"):
        path = tmp_path / "table.csv"
        path.write_text(text, encoding)
        return path

    return written


def test_times_are_by_the_clocks_of_the_zone_or_have_an_offset(table):
    path = table(
        "student,submitted_at\nstudent_a,2026-10-09 23:59\n"
        "student_b,2026-10-09T21:59:30+00:00\n"
    )

    times = read_times(path, BERLIN)

    assert times["student_a"] == datetime(2026, 10, 9, 21, 59, tzinfo=UTC)
    assert times["student_b"] == datetime(2026, 10, 9, 21, 59, 30, tzinfo=UTC)


def test_a_table_may_begin_with_a_byte_order_mark_and_have_other_columns(table):
    path = table(
        "student,mail,submitted_at\nä,a@b,2026-10-09 12:00\n", encoding="utf-8-sig"
    )

    assert list(read_times(path, BERLIN)) == ["ä"]


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("name,submitted_at\n", "the table has no column 'student'", 1),
        ("", "the table has no column 'student'", 1),
        (
            "student,submitted_at\na,soon\n",
            "'soon' is no date and time",
            2,
        ),
        (
            "student,submitted_at\na,\n",
            "this row lacks a student or a submitted_at",
            2,
        ),
        (
            "student,submitted_at\na,2026-10-09\nb\n",
            "this row lacks a student or a submitted_at",
            3,
        ),
    ],
)
def test_a_wrong_table_of_times_is_told_with_its_line(table, text, what, line):
    path = table(text)

    with pytest.raises(UsageError) as caught:
        read_times(path, BERLIN)

    assert (caught.value.what, caught.value.where) == (what, f"{path}:{line}")


def test_a_table_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UsageError, match="the table cannot be read"):
        read_times(tmp_path / "none.csv", BERLIN)


def test_groups_have_their_members_in_order_and_each_once(table):
    path = table("group,student\ng1,b\ng1,a\ng2,c\ng1,b\n")

    assert read_groups(path, 2) == {"g1": ["b", "a"], "g2": ["c"]}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("group,student\ng1,a\ng2,a\n", "'a' is in two groups, 'g1' and 'g2'"),
        ("group,student\ng1,a\ng1,b\ng1,c\n", "group 'g1' has more than 2 members"),
    ],
)
def test_groups_that_cannot_be_are_told(table, text, what):
    with pytest.raises(UsageError) as caught:
        read_groups(table(text), 2)

    assert caught.value.what == what
