from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.records import Lateness, Mark, Outcome, Score, Stage
from graders.rubric import StyleItem, counting, mark
from tests.stand_ins.marks import (
    a_policy,
    a_rubric,
    a_score,
    adjusted,
    an_item,
    at,
)

DUE = at("2026-10-09 23:59")
DAY = timedelta(days=1)
RUBRIC = a_rubric(a_policy())


def by_id(found):
    return {item.id: item for item in found.items}


# --- the sum --------------------------------------------------------------------------


def test_without_a_policy_a_mark_is_the_score_and_what_a_person_gave():
    found = mark(a_rubric(), a_score(30, 40, 5), adjustments=[adjusted("A9.M1", 15)])

    assert (found.raw, found.points, found.max_points) == (90, 90, 100)
    assert not found.lateness.known
    assert not found.flagged
    assert not found.broken
    assert found.waiting == ()


def test_a_bonus_comes_on_top():
    found = mark(a_rubric(), a_score(), adjustments=[adjusted("A9.M1", 20)])

    assert (found.points, found.max_points) == (105, 100)
    assert [item.bonus for item in found.items] == [False, False, True, False]


def test_items_are_those_of_the_score_and_then_those_that_a_person_grades():
    found = mark(RUBRIC, a_score(7))

    first, *_, last = found.items
    assert (first.id, first.points, first.automatic, first.manual) == (
        *("A9.1", 7, 7),
        False,
    )
    assert (last.id, last.title, last.automatic, last.outcome, last.manual) == (
        *("A9.M1", "The report", None, None),
        True,
    )


def test_style_that_gives_points_is_an_item_and_advice_is_none():
    style = an_item(0, 3, id="style", max_points=5)
    advice = an_item(0, 0, id="style", max_points=0)

    counted, advised = (
        mark(RUBRIC, Score(items=a_score().items, style=one)) for one in (style, advice)
    )

    assert by_id(counted)["style"].points == 3
    assert (counted.points, counted.max_points) == (88, 105)
    assert "style" not in by_id(advised)


def test_points_that_a_person_has_yet_to_give_are_none_and_are_listed():
    found = mark(RUBRIC, a_score())

    assert found.waiting == ("A9.M1",)
    assert found.points == 85
    assert by_id(found)["A9.M1"].waiting


def test_no_points_by_a_person_are_points_too():
    found = mark(RUBRIC, a_score(), adjustments=[adjusted("A9.M1", 0)])

    assert found.waiting == ()
    assert found.points == 85


@pytest.mark.parametrize(
    ("points", "raw"),
    [((0.1, 0.2), 0.3), ((33.333333, 33.333333), 66.67), ((66.9999999, 0), 67.0)],
)
def test_sums_show_two_places(points, raw):
    found = mark(RUBRIC, a_score(*points, bonus=0))

    assert (found.raw, found.points) == (raw, raw)


def test_a_sum_is_rounded_once():
    eighths = [an_item(number, 0.125) for number in range(1, 9)]

    found = mark(RUBRIC, Score(items=tuple(eighths)))

    assert found.raw == 1.0


def test_half_a_hundredth_of_what_lateness_leaves_goes_up():
    policy = a_policy(late={"per_day": 0.5})

    found = mark(a_rubric(policy), a_score(0.01, 0, 0), submitted=DUE + DAY)

    assert (found.raw, found.points) == (0.01, 0.01)


# --- adjustments ----------------------------------------------------------------------


def test_an_adjustment_replaces_points_before_lateness_takes_its_part():
    found = mark(
        RUBRIC,
        a_score(10, 40, 0),
        adjustments=[adjusted("A9.1", 20, over_points=10)],
        submitted=DUE + DAY,
    )

    item = by_id(found)["A9.1"]
    assert (item.points, item.automatic, item.flagged) == (20, 10, False)
    assert item.adjustment.who == "instructor"
    assert (found.raw, found.points) == (60, 54)


def test_the_latest_adjustment_counts_in_whatever_order_they_come():
    early, late = adjusted("A9.1", 1, hour=8), adjusted("A9.1", 2, hour=9)

    for adjustments in ([early, late], [late, early]):
        found = mark(RUBRIC, a_score(), adjustments=adjustments)

        assert by_id(found)["A9.1"].adjustment is late


def test_of_two_adjustments_of_one_moment_the_one_given_last_counts():
    found = mark(
        RUBRIC, a_score(), adjustments=[adjusted("A9.1", 1), adjusted("A9.1", 2)]
    )

    assert by_id(found)["A9.1"].points == 2


@pytest.mark.parametrize("item", ["A9.1", "A9.M1", ""])
def test_an_adjustment_that_is_taken_back_leaves_nothing(item):
    taken_back = [adjusted(item, 1, hour=8), adjusted(item, None, hour=9)]

    assert mark(RUBRIC, a_score(), adjustments=taken_back) == mark(RUBRIC, a_score())


def test_automatic_points_that_changed_under_an_adjustment_are_flagged():
    adjustment = adjusted("A9.1", 20, over_points=10)

    same = mark(RUBRIC, a_score(10), adjustments=[adjustment])
    other = mark(RUBRIC, a_score(15), adjustments=[adjustment])

    assert (same.flagged, by_id(same)["A9.1"].flagged) == (False, False)
    assert (other.flagged, by_id(other)["A9.1"].flagged) == (True, True)
    assert by_id(other)["A9.1"].points == 20


def test_what_floats_add_is_no_change():
    adjustment = adjusted("A9.1", 20, over_points=0.3)

    found = mark(RUBRIC, a_score(0.1 + 0.2), adjustments=[adjustment])

    assert not found.flagged


def test_an_adjustment_of_an_item_that_is_gone_is_listed_and_changes_nothing():
    adjustment = adjusted("A9.7", 30, over_points=10)

    found = mark(RUBRIC, a_score(), adjustments=[adjustment])

    lost = by_id(found)["A9.7"]
    assert (lost.title, lost.points, lost.max_points) == (
        *("No item of this grading", 0),
        0,
    )
    assert lost.adjustment is adjustment
    assert (found.flagged, found.points, found.max_points) == (True, 85, 100)


def test_an_adjustment_of_the_whole_replaces_what_lateness_leaves():
    whole = adjusted("", 33.3, over_points=85)

    found = mark(RUBRIC, a_score(), adjustments=[whole], submitted=DUE + DAY)

    assert (found.raw, found.points, found.whole) == (85, 33.3, whole)
    assert found.lateness.factor == 0.9
    assert (found.waiting, found.flagged) == ((), False)


def test_an_adjustment_of_the_whole_is_flagged_when_the_score_has_changed():
    whole = adjusted("", 33, over_points=85)

    assert mark(RUBRIC, a_score(39), adjustments=[whole]).flagged


# --- broken ---------------------------------------------------------------------------

BROKEN = Score(items=(an_item(1, 40, outcome=Outcome.BROKEN), an_item(2, 0)))


def test_what_is_undecided_stays_so_until_a_person_decides():
    untouched = mark(RUBRIC, BROKEN)
    other = mark(RUBRIC, BROKEN, adjustments=[adjusted("A9.2", 1)])
    itself = mark(RUBRIC, BROKEN, adjustments=[adjusted("A9.1", 1)])
    whole = mark(RUBRIC, BROKEN, adjustments=[adjusted("", 1)])

    assert [m.broken for m in (untouched, other, itself, whole)] == [
        *(True, True, False),
        False,
    ]


def test_advice_that_is_broken_breaks_no_mark():
    advice = an_item(0, 0, id="style", max_points=0, outcome=Outcome.BROKEN)

    assert not mark(RUBRIC, Score(items=a_score().items, style=advice)).broken


# --- lateness -------------------------------------------------------------------------


def test_lateness_takes_a_part_of_everything_that_was_earned():
    found = mark(
        RUBRIC, a_score(), adjustments=[adjusted("A9.M1", 20)], submitted=DUE + 2 * DAY
    )

    assert (found.raw, found.points, found.max_points) == (105, 84, 100)
    assert found.lateness.days == 2


def test_extension_and_bank_reach_the_lateness():
    policy = a_policy(bank={"days": 4, "per_assignment": 1})

    found = mark(
        a_rubric(policy),
        a_score(),
        submitted=DUE + 4 * DAY,
        extension=DUE + DAY,
        bank_left=1,
    )

    assert (found.lateness.days, found.lateness.from_bank) == (3, 1)
    assert found.points == 68


def test_points_below_zero_are_not_halved_but_none():
    found = mark(
        RUBRIC,
        a_score(0, 0, 0),
        adjustments=[adjusted("A9.1", -10)],
        submitted=DUE + DAY,
    )

    assert (found.raw, found.points) == (-10, 0)


POINTS = st.integers(0, 4000).map(lambda hundredths: hundredths / 100)
LATE_BY = st.integers(-1000, 20000).map(lambda minutes: timedelta(minutes=minutes))
TENTHS = st.sampled_from([0.0, 0.05, 0.1, 0.3, 1.0])


@given(POINTS, POINTS, LATE_BY, LATE_BY, TENTHS)
def test_who_is_later_never_has_more_and_never_less_than_nothing(
    first, second, one, other, per_day
):
    rubric = a_rubric(a_policy(late={"per_day": per_day}))

    early, late = (
        mark(rubric, a_score(first, second), submitted=DUE + late)
        for late in sorted([one, other])
    )

    assert 0 <= late.points <= early.points <= early.raw == late.raw


@given(POINTS, LATE_BY, LATE_BY, st.integers(0, 4))
def test_neither_an_extension_nor_a_bank_ever_lowers_a_mark(
    points, late_by, longer, left
):
    policy = a_policy(bank={"days": 4, "per_assignment": 2})
    score, submitted = a_score(points), DUE + late_by
    alone = mark(RUBRIC, score, submitted=submitted)

    banked = mark(a_rubric(policy), score, submitted=submitted, bank_left=left)
    extended = mark(RUBRIC, score, submitted=submitted, extension=DUE + longer)

    assert banked.points >= alone.points
    assert extended.points >= alone.points


@given(POINTS, POINTS, LATE_BY, TENTHS)
def test_points_never_have_more_than_two_places(first, second, late_by, per_day):
    rubric = a_rubric(a_policy(late={"per_day": per_day}))

    found = mark(rubric, a_score(first, second, 0), submitted=DUE + late_by)

    assert found.points == round(found.points, 2)
    assert found.raw == round(first + second, 2)


# --- which attempt counts -------------------------------------------------------------


def attempt(points, hours=None, **parts):
    """Some hours after the due date; at a time that is not known without them."""
    found = Mark(
        **{
            **{"items": (), "raw": points, "points": points, "max_points": 100},
            "lateness": Lateness(),
            **parts,
        }
    )
    return None if hours is None else DUE + timedelta(hours=hours), found


LAST, BEST = a_policy(), a_policy(counts="best")


@pytest.mark.parametrize("policy", [None, LAST])
def test_the_last_attempt_counts_by_time_and_not_by_place(policy):
    attempts = [attempt(10, hours=2), attempt(90, hours=3), attempt(50, hours=1)]

    assert counting(policy, attempts) == 1


def test_of_attempts_without_a_time_the_one_given_last_counts():
    assert counting(LAST, [attempt(10), attempt(90), attempt(50)]) == 2


def test_an_attempt_without_a_time_stands_behind_the_one_given_before_it():
    known = [attempt(1, hours=5), attempt(2), attempt(3, hours=1)]
    first = [attempt(1), attempt(2, hours=-5)]

    assert counting(LAST, known) == 1
    assert counting(LAST, first) == 1


def test_the_last_attempt_is_known_while_clocks_are_put_back():
    first, second = (at("2026-10-25 02:50"), at("2026-10-25 02:10", fold=1))

    assert counting(LAST, [(second, attempt(1)[1]), (first, attempt(2)[1])]) == 0


def test_the_best_attempt_counts_by_what_is_left_of_its_points():
    attempts = [attempt(50, hours=1), attempt(60, hours=2), attempt(40, hours=3)]

    assert counting(BEST, attempts) == 1


def test_of_attempts_that_are_equally_good_the_earliest_counts():
    attempts = [attempt(60, hours=3), attempt(60, hours=1), attempt(60, hours=2)]

    assert counting(BEST, attempts) == 1


@pytest.mark.parametrize("policy", [LAST, BEST])
def test_what_came_too_late_counts_only_if_nothing_else_does(policy):
    closed = {"lateness": Lateness(closed=True)}
    in_time, too_late = attempt(0, hours=1), attempt(0, hours=9, **closed)

    assert counting(policy, [too_late, in_time]) == 1
    assert counting(policy, [too_late]) == 0


def test_points_that_a_person_gave_to_the_whole_open_what_was_closed():
    given_by_ada = {"lateness": Lateness(closed=True), "whole": adjusted("", 70)}
    attempts = [attempt(50, hours=1), attempt(70, hours=9, **given_by_ada)]

    assert counting(LAST, attempts) == 1


def test_a_mark_of_style_counts_by_the_rubric():
    style = StyleItem(stage=Stage.PRODUCT, points=5)
    rubric = a_rubric(a_policy(), style=style, points=105)

    found = mark(
        rubric,
        Score(items=a_score().items, style=an_item(0, 5, id="style", max_points=5)),
    )

    assert found.max_points == 105
