from datetime import UTC, datetime

import pytest

from graders.ledger import (
    adjust,
    adjusted,
    extend,
    extended,
    grouped,
    held_back,
    hold,
    publish,
    published_at,
    set_groups,
)
from graders.records import Adjustment
from tests.stand_ins.ledgers import A9, contents

MOMENT = datetime(2026, 10, 20, 8, 0, tzinfo=UTC)
UNTIL = datetime(2026, 10, 12, 20, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr("graders.ledger.adjusting.now", lambda: MOMENT)


def asked(ledger, function, *arguments):
    return ledger.read(lambda connection: function(connection, *arguments))


def test_points_are_kept_with_who_gave_them_when_why_and_over_what(ledger):
    adjust(ledger, A9, "student_b", "A9.1", 5, over_points=3, reason="I read it.")

    assert asked(ledger, adjusted, A9) == {
        "student_b": [
            Adjustment(
                item="A9.1",
                points=5,
                reason="I read it.",
                who="ta",
                at=MOMENT,
                over_points=3,
            )
        ]
    }


def test_a_later_adjustment_stands_beside_the_earlier_one(ledger):
    for points in (5, None, 6):
        adjust(ledger, A9, "student_b", "A9.1", points, over_points=3, reason="why")

    assert [one.points for one in asked(ledger, adjusted, A9)["student_b"]] == [
        5,
        None,
        6,
    ]


def test_adjustments_are_those_of_one_assignment_and_of_one_student(ledger):
    for assignment, student in (
        (A9, "student_b"),
        (A9, "student_c"),
        ("another", "student_b"),
    ):
        adjust(ledger, assignment, student, "", 1, over_points=None, reason="why")

    assert set(asked(ledger, adjusted, A9)) == {"student_b", "student_c"}
    assert set(asked(ledger, adjusted, A9, "student_b")) == {"student_b"}


def test_the_latest_extension_counts_and_can_be_taken_back(ledger):
    later = UNTIL.replace(day=14)
    for student, until in (
        ("student_b", UNTIL),
        ("student_b", later),
        ("student_c", UNTIL),
    ):
        extend(ledger, A9, student, until, "was ill")
    extend(ledger, A9, "student_c", None, "was well")

    assert asked(ledger, extended, A9) == {"student_b": later}
    assert len(contents(ledger, "extensions")["extensions"]) == 4


def test_the_latest_groups_count_and_only_what_changed_is_recorded(ledger):
    set_groups(
        ledger, A9, {"g1": ["student_a", "student_b"], "g2": ["student_c"]}, "the table"
    )
    set_groups(
        ledger, A9, {"g1": ["student_a", "student_b"], "g2": ["student_c"]}, "the table"
    )
    set_groups(
        ledger,
        A9,
        {"g1": ["student_a"], "g2": ["student_c", "student_b"]},
        "they swapped",
    )

    assert asked(ledger, grouped, A9) == {
        "g1": ["student_a"],
        "g2": ["student_b", "student_c"],
    }
    assert len(contents(ledger, "memberships")["memberships"]) == 5


def test_whoever_is_left_out_is_in_no_group(ledger):
    set_groups(ledger, A9, {"g1": ["student_a", "student_b"]}, "the table")
    set_groups(ledger, A9, {}, "each alone")

    assert asked(ledger, grouped, A9) == {}


def test_who_comes_back_is_in_the_group_again(ledger):
    for groups in ({"g1": ["student_a"]}, {}, {"g1": ["student_a"]}):
        set_groups(ledger, A9, groups, "the table")

    assert asked(ledger, grouped, A9) == {"g1": ["student_a"]}


def test_marks_are_published_from_the_first_time_on(ledger, monkeypatch):
    assert asked(ledger, published_at, A9) is None

    publish(ledger, A9, "all graded")
    monkeypatch.setattr("graders.ledger.adjusting.now", lambda: UNTIL)
    publish(ledger, A9, "again")

    assert asked(ledger, published_at, A9) == MOMENT
    assert asked(ledger, published_at, "another") is None


def test_a_submission_that_ends_workers_is_held_back_until_it_is_let_go(ledger):
    hold(ledger, A9, "aaaa", held=True, reason="it ended three workers")
    hold(ledger, A9, "bbbb", held=True, reason="so did this")
    hold(ledger, A9, "bbbb", held=False, reason="the machine was to blame")

    assert asked(ledger, held_back, A9) == {"aaaa": "it ended three workers"}
    assert asked(ledger, held_back, "another") == {}
