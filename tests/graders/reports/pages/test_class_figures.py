from dataclasses import replace

import pytest

from graders.records import Outcome
from graders.reports.class_row import ClassRow
from graders.reports.pages.class_figures import (
    Graded,
    Spread,
    durations,
    in_tenths,
    item_figures,
    misconceptions,
)
from tests.stand_ins.marks import a_mark, a_score
from tests.stand_ins.records import finding


def row(number, first, second=40.0, **parts):
    mark = a_mark(a_score(first=first, second=second), **parts)
    return ClassRow(student=f"student_{number}", mark=mark)


def figures(*pairs):
    rows = [row(number, *pair) for number, pair in enumerate(pairs)]
    return {one.id: one for one in item_figures(rows)}


def graded(*findings, seconds=1.0):
    return Graded(findings=findings, duration_s=seconds)


def test_difficulty_is_the_share_of_the_points_that_students_have():
    first = figures((40, 40), (20, 40), (0, 40), (0, 40))["A9.1"]

    assert (first.share, first.whole, first.none) == (0.375, 0.25, 0.5)


def test_an_item_goes_with_the_rest_or_against_it():
    along = figures(*((n, n) for n in range(0, 40, 5)))
    against = figures(*((n, 40 - n) for n in range(0, 40, 5)))

    assert along["A9.1"].discrimination == pytest.approx(1)
    assert along["A9.1"].doubt == ""
    assert against["A9.1"].discrimination == pytest.approx(-1)
    assert against["A9.1"].doubt == "who does well elsewhere does worse here"


def test_an_item_is_compared_with_the_others_and_not_with_itself():
    """With itself in the sum, even noise would go with it."""
    pairs = [(0, 10), (0, 30), (40, 10), (40, 30), (0, 10), (40, 30), (0, 30), (40, 10)]

    first = figures(*pairs)["A9.1"]

    assert first.discrimination == pytest.approx(0)
    assert first.doubt == "hardly goes with the rest"


@pytest.mark.parametrize("pairs", [[(0, 0), (40, 40)], [(40, n) for n in range(9)]])
def test_of_few_students_or_equal_points_no_discrimination_is_told(pairs):
    first = figures(*pairs)["A9.1"]

    assert first.discrimination is None
    assert first.doubt == ""


def test_an_item_that_waits_for_a_person_counts_for_nothing():
    rows = [row(number, 40, manual=True) for number in range(6)]

    assert "A9.M1" not in {one.id for one in item_figures(rows)}


def test_a_misconception_counts_each_student_once_and_the_most_frequent_is_first():
    twice = finding(misconception="axes_swapped", fix="Mind the axes.")
    other = finding("A2.2.b", misconception="off_by_one")
    passed = finding("A2.3.c", misconception="unseen", outcome=Outcome.PASSED)

    found = misconceptions(
        {
            "student_a": graded(other, passed),
            "student_b": graded(twice, replace(twice, check="A2.1.b"), other),
            "student_c": graded(other),
        }
    )

    assert [(one.id, one.students) for one in found] == [
        ("off_by_one", ("student_a", "student_b", "student_c")),
        ("axes_swapped", ("student_b",)),
    ]
    assert (found[1].hint, found[1].tasks) == ("Mind the axes.", ("A2.1",))


def test_marks_are_counted_in_tenths_and_a_bonus_is_in_the_last():
    rows = [
        row(1, 0, 0),
        row(2, 40, 40),
        row(3, 35, 0),
        ClassRow(student="student_4", mark=None),
    ]

    # 5 bonus points each: 5, 85 and 40 of 80.
    assert in_tenths(rows) == [1, 0, 0, 0, 0, 1, 0, 0, 0, 1]


def test_times_are_counted_in_steps_that_people_count_in():
    times = {f"s{n}": graded(seconds=seconds) for n, seconds in enumerate((0.3, 7, 19))}

    assert durations(times) == [
        *(("0", 1), ("2", 0), ("4", 0), ("6", 1), ("8", 0)),
        *(("10", 0), ("12", 0), ("14", 0), ("16", 0), ("18", 1)),
    ]
    assert durations({}) == []


def test_the_spread_of_one_number_is_that_number():
    assert Spread.of([]) is None
    assert Spread.of([3.0]).quartiles == (3.0, 3.0, 3.0)
    assert Spread.of([1.0, 2.0, 3.0]).quartiles == (1.5, 2.0, 2.5)
