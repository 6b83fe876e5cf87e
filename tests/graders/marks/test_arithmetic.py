import pytest

from graders.ledger import adjust
from graders.marks.arithmetic import arithmetic
from tests.stand_ins.marks import at
from tests.stand_ins.regrading import grade_class, late_policy, rubric, student_marks


def lines(ledger, by, handed_in=None, extension=None):
    grade_class(
        ledger,
        by,
        {"student_b": "sizes"},
        {"student_b": handed_in} if handed_in else {},
    )
    return told(ledger, by, extension)


def told(ledger, by, extension=None):
    one = student_marks(ledger, by)["student_b"]
    return list(arithmetic(one, by.policy, extension))


def test_without_a_due_date_the_mark_is_the_sum(ledger):
    assert lines(ledger, rubric()) == [
        "items: 4 + 10 + ? (waiting) = 14",
        "nothing is due, so nothing is late",
        "mark: 14 of 30",
    ]


def test_lateness_is_reckoned_line_by_line(ledger):
    by = rubric(policy=late_policy(grace_minutes=10))

    assert lines(ledger, by, at("2026-10-11 12:00")) == [
        "items: 4 + 10 + ? (waiting) = 14",
        "due: 2026-10-09 23:59:00 CEST, and 10 minutes of grace",
        "handed in: 2026-10-11 12:00:00 CEST, late by 1 day, 12:01:00: 2 days",
        "kept: 100 % - 2 days x 10 % = 80 %",
        "14 x 80 % = 11.2",
        "mark: 11.2 of 30",
    ]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (
            {"bank": {"days": 3, "per_assignment": 1}},
            [
                "the bank of late days pays 1 day",
                "kept: 100 % - 1 day x 10 % = 90 %",
                "14 x 90 % = 12.6",
            ],
        ),
        (
            {"late": {"per_day": 0.1, "at_most": 0.15}},
            ["kept: 100 % - 2 days x 10 %, at most 15 % = 85 %", "14 x 85 % = 11.9"],
        ),
        (
            {"late": {"per_day": 0.1, "closes_after_days": 1}},
            ["closed after 1 day: 0 % is kept", "14 x 0 % = 0"],
        ),
        ({"late": None}, ["lateness costs nothing"]),
    ],
)
def test_each_part_of_a_policy_is_told(ledger, policy, expected):
    by = rubric(policy=late_policy(**policy))

    found = lines(ledger, by, at("2026-10-11 12:00"))

    assert found[3:-1] == expected


def test_in_time_nothing_is_reckoned(ledger):
    by = rubric(policy=late_policy())

    found = lines(ledger, by, at("2026-10-09 12:00"))

    assert found[2:] == [
        "handed in: 2026-10-09 12:00:00 CEST, in time",
        "mark: 14 of 30",
    ]


def test_an_extension_is_told_and_whether_it_helps(ledger):
    by = rubric(policy=late_policy())

    found = lines(ledger, by, extension=at("2026-10-12 23:59"))

    assert found[2] == "extended to: 2026-10-12 23:59:00 CEST"
    assert found[3] == "handed in: it is not known when, so it is not late"
    earlier = told(ledger, by, extension=at("2026-10-08 23:59"))
    assert earlier[2].endswith("(no later, so it does nothing)")


def test_points_for_the_whole_come_last(ledger):
    by = rubric()
    grade_class(ledger, by, {"student_b": "sizes"})
    adjust(ledger, by.assignment, "student_b", "", 25, over_points=14, reason="")

    assert told(ledger, by)[-2:] == [
        "a person gave 25 for the whole, whatever is above",
        "mark: 25 of 30",
    ]
