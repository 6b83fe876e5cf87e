from datetime import UTC, datetime

import pytest

from graders.errors import UsageError
from graders.ledger import extended, set_groups
from graders.marks.extending import extend_due_date, withdraw_extension
from graders.rubric import Policy
from tests.stand_ins.marks import at
from tests.stand_ins.regrading import grade_class, late_policy, marks, rubric

BY = rubric(policy=late_policy())
NAME = BY.assignment


@pytest.fixture
def a_class(ledger):
    grade_class(ledger, BY, {"student_b": ""}, {"student_b": at("2026-10-11 12:00")})
    return ledger


def give(ledger, student, until, **options):
    return extend_due_date(
        ledger, NAME, BY.policy, student, until, reason="was ill", **options
    )


def due_dates(ledger):
    return ledger.read(lambda connection: extended(connection, NAME))


def test_a_time_is_by_the_clocks_of_the_policy(a_class):
    end, students = give(a_class, "student_b", "2026-10-12 23:59")

    assert (end, students) == (
        datetime(2026, 10, 12, 21, 59, tzinfo=UTC),
        ["student_b"],
    )
    assert due_dates(a_class) == {"student_b": end}
    assert marks(a_class, BY) == {"student_b": 20}


def test_a_group_is_all_of_its_members(a_class):
    set_groups(a_class, NAME, {"g1": ["student_b", "student_d"]}, "they said so")

    _, students = give(a_class, "g1", "2026-10-12 23:59")

    assert students == ["student_b", "student_d"]
    assert set(due_dates(a_class)) == {"student_b", "student_d"}


def test_an_extension_is_taken_back(a_class):
    give(a_class, "student_b", "2026-10-12 23:59")

    assert withdraw_extension(a_class, NAME, "student_b", reason="a mistake") == [
        "student_b"
    ]
    assert due_dates(a_class) == {}
    assert marks(a_class, BY) == {"student_b": 16}
    with pytest.raises(UsageError, match="student_b has no extension"):
        withdraw_extension(a_class, NAME, "student_b", reason="again")


@pytest.mark.parametrize(
    ("student", "until", "what", "fix"),
    [
        (
            "studnet_b",
            "2026-10-12 23:59",
            "nobody called 'studnet_b'",
            "Did you mean 'student_b'? Give",
        ),
        ("student_b", "tomorrow", "'tomorrow' is no date", '"2026-10-12 23:59"'),
        ("student_b", "2026-13-12 23:59", "no date", "2026-10-12"),
        ("student_b", "2026-10-12T23:59+02:00", "no date", "time zone"),
        ("student_b", "2026-10-09 23:00", "due later than that anyway", "later time"),
    ],
)
def test_a_wrong_word_changes_nothing_and_says_what_to_do(
    a_class, student, until, what, fix
):
    with pytest.raises(UsageError) as raised:
        give(a_class, student, until)

    assert what in raised.value.what
    assert fix in raised.value.fix
    assert due_dates(a_class) == {}


def test_who_has_handed_in_nothing_yet_is_named_on_purpose(a_class):
    give(a_class, "student_e", "2026-10-12 23:59", new=True)

    assert set(due_dates(a_class)) == {"student_e"}


@pytest.mark.parametrize("policy", [None, Policy()])
def test_where_nothing_is_due_nothing_is_extended(ledger, policy):
    with pytest.raises(UsageError, match="nothing is due"):
        extend_due_date(
            ledger, NAME, policy, "student_b", "2026-10-12 23:59", reason="was ill"
        )
