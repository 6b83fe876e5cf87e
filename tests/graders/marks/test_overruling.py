import pytest

from graders.errors import UsageError
from graders.ledger import adjusted, hand_in, set_groups, start_run
from graders.marks import find_graded
from graders.marks.overruling import overrule, withdraw
from tests.stand_ins.ledgers import submission
from tests.stand_ins.marks import at
from tests.stand_ins.regrading import grade_class, late_policy, rubric, student_marks

BY = rubric()
CLASS = {"student_a": "", "student_b": "sizes", "student_c": "sizes bias"}


@pytest.fixture
def a_class(ledger):
    grade_class(ledger, BY, CLASS)
    return ledger


def found(ledger):
    return ledger.read(lambda connection: find_graded(connection, BY.assignment))


def give(ledger, *what, **options):
    return overrule(ledger, found(ledger), *what, reason="I saw it", **options)


def rows(ledger, student):
    return ledger.read(lambda c: adjusted(c, BY.assignment, student))[student]


def test_points_take_the_place_of_those_by_checks_which_are_kept_with_them(a_class):
    (change,) = give(a_class, "student_b", "A9.1", 9)

    assert (change.before.points, change.after.points) == (14, 19)
    (row,) = rows(a_class, "student_b")
    assert (row.item, row.points, row.over_points) == ("A9.1", 9, 4)
    assert (row.who, row.reason) == (a_class.who, "I saw it")


def test_what_a_person_grades_has_no_points_below(a_class):
    (change,) = give(a_class, "student_b", "A9.M1", 8)

    assert (change.after.points, change.after.waiting) == (22, ())
    assert rows(a_class, "student_b")[0].over_points is None


def test_all_is_the_whole_mark_lateness_included(ledger):
    late = rubric(policy=late_policy())
    grade_class(
        ledger, late, {"student_b": "sizes"}, {"student_b": at("2026-10-11 12:00")}
    )

    (change,) = give(ledger, "student_b", "all", 10)

    assert (change.before.points, change.after.points) == (11.2, 10)
    (row,) = rows(ledger, "student_b")
    assert (row.item, row.over_points) == ("", 14)
    assert not change.after.flagged


def test_a_group_is_all_of_its_members(a_class):
    set_groups(
        a_class,
        BY.assignment,
        {"student_b": ["student_b", "student_d"]},
        "they said so",
    )

    changes = give(a_class, "student_b", "A9.1", 10)

    assert [(one.student, one.after.points) for one in changes] == [
        ("student_b", 20),
        ("student_d", 20),
    ]


def test_points_are_taken_back_and_those_by_checks_count_again(a_class):
    give(a_class, "student_b", "A9.1", 9)

    (change,) = withdraw(
        a_class, found(a_class), "student_b", "A9.1", reason="a mistake"
    )

    assert (change.before.points, change.after.points) == (19, 14)
    assert [row.points for row in rows(a_class, "student_b")] == [9, None]


def test_what_nobody_gave_is_not_taken_back(a_class):
    give(a_class, "student_b", "A9.1", 9)

    with pytest.raises(UsageError) as raised:
        withdraw(a_class, found(a_class), "student_b", "all", reason="a mistake")

    assert "no points that a person gave for all" in raised.value.what
    assert raised.value.fix == "There are some for A9.1."


@pytest.mark.parametrize(
    ("what", "said", "fix"),
    [
        (
            ("studnet_b", "A9.1", 5),
            "nobody called 'studnet_b'",
            "Did you mean 'student_b'?",
        ),
        (("student_b", "A9.3", 5), "no item 'A9.3'", "Did you mean 'A9."),
        (("student_b", "report", 5), "no item 'report'", "A9.M1, all"),
        (("student_b", "A9.1", -1), "never less than none", "Write 0"),
        (
            ("student_b", "A9.1", 10.5),
            "10.5 are more than the 10 points",
            "--over-maximum",
        ),
        (("student_b", "all", 31), "31 are more than the 30 points", "--over-maximum"),
    ],
)
def test_a_wrong_word_changes_nothing_and_says_what_to_do(a_class, what, said, fix):
    with pytest.raises(UsageError) as raised:
        give(a_class, *what)

    assert said in raised.value.what
    assert fix in raised.value.fix
    assert a_class.read(lambda c: adjusted(c, BY.assignment)) == {}


def test_more_than_can_be_had_is_given_on_purpose(a_class):
    (change,) = give(a_class, "student_b", "A9.1", 12, over_maximum=True)

    assert change.after.points == 22


def test_who_is_not_graded_yet_gets_no_points(a_class):
    run = start_run(a_class, "batch", BY.assignment, {})
    hand_in(a_class, BY.assignment, [submission("student_d")], run)

    with pytest.raises(UsageError) as raised:
        give(a_class, "student_d", "A9.1", 5)

    assert "student_d has no mark yet" in raised.value.what
    assert student_marks(a_class, BY)["student_d"].mark is None
