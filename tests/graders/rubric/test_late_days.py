from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.records import Lateness
from graders.rubric import Policy, lateness, spend_bank
from tests.stand_ins.marks import a_policy, at

DUE = at("2026-10-09 23:59")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def days_of(policy, submitted):
    return lateness(policy, at(submitted)).days


# --- days -----------------------------------------------------------------------------


@pytest.mark.parametrize("policy", [None, Policy()])
def test_without_a_due_date_nothing_is_late(policy):
    assert lateness(policy, DUE) == Lateness(factor=1.0, known=False)


def test_a_time_that_is_not_known_is_not_late():
    assert lateness(a_policy(), None) == Lateness(factor=1.0, known=False)


@pytest.mark.parametrize(
    ("submitted", "days", "factor"),
    [
        ("2026-10-09 00:00", 0, 1.0),
        ("2026-10-09 23:59", 0, 1.0),
        ("2026-10-10 00:00", 1, 0.9),
        ("2026-10-10 23:59", 1, 0.9),
        ("2026-10-11 00:00", 2, 0.8),
        ("2026-10-12 12:00", 3, 0.7),
        ("2026-10-30 12:00", 21, 0.0),
    ],
)
def test_each_begun_day_costs_its_part(submitted, days, factor):
    late = lateness(a_policy(), at(submitted))

    assert (late.days, late.factor, late.known) == (days, factor, True)


@pytest.mark.parametrize(
    ("submitted", "days"),
    [
        ("2026-10-10 00:09", 0),
        ("2026-10-10 00:10", 1),
        ("2026-10-11 00:09", 1),  # grace at the end of a day late, too
        ("2026-10-11 00:10", 2),
    ],
)
def test_minutes_of_grace_stand_at_the_end_of_each_day(submitted, days):
    assert days_of(a_policy(grace_minutes=10), submitted) == days


def test_more_than_a_day_of_grace_is_grace():
    policy = a_policy(grace_minutes=3 * 24 * 60)

    assert days_of(policy, "2026-10-12 23:59") == 0
    assert days_of(policy, "2026-10-13 00:00") == 1


def test_lateness_is_told_from_the_due_date_in_the_time_of_grace_too():
    policy = a_policy(grace_minutes=10)

    assert lateness(policy, DUE + 4 * MINUTE).late_by == 4 * MINUTE
    assert lateness(policy, DUE + 12 * MINUTE).late_by == 12 * MINUTE
    assert lateness(policy, DUE - HOUR).late_by == timedelta(0)


def test_a_due_date_without_penalty_says_how_late_and_costs_nothing():
    late = lateness(a_policy(late=None), DUE + 2 * DAY)

    assert (late.days, late.factor, late.closed) == (2, 1.0, False)


def test_lateness_never_costs_more_than_the_most():
    policy = a_policy(late={"per_day": 0.1, "at_most": 0.25})

    factors = [lateness(policy, DUE + n * DAY).factor for n in range(5)]

    assert factors == [1.0, 0.9, 0.8, 0.75, 0.75]


def test_what_comes_after_it_is_closed_counts_nothing():
    policy = a_policy(late={"per_day": 0.1, "at_most": 0.5, "closes_after_days": 2})

    last, first = (lateness(policy, DUE + 2 * DAY + late) for late in (0 * DAY, MINUTE))

    assert (last.closed, last.factor) == (False, 0.8)
    assert (first.closed, first.factor) == (True, 0.0)


def test_an_assignment_can_be_closed_at_its_due_date():
    policy = a_policy(late={"per_day": 0, "closes_after_days": 0}, grace_minutes=10)

    assert not lateness(policy, DUE + 10 * MINUTE).closed
    assert lateness(policy, DUE + 11 * MINUTE).closed


def test_times_of_different_zones_are_compared_as_moments():
    assert lateness(a_policy(), datetime(2026, 10, 9, 21, 59, tzinfo=UTC)).days == 0
    assert lateness(a_policy(), datetime(2026, 10, 9, 22, 0, tzinfo=UTC)).days == 1


def test_a_time_without_a_zone_is_refused():
    naive = datetime(2026, 10, 9)

    for times in ({"submitted": naive}, {"submitted": DUE, "extension": naive}):
        with pytest.raises(ValueError, match="a time needs its time zone; received 2"):
            lateness(a_policy(), **times)


# --- clocks that are changed ----------------------------------------------------------


@pytest.mark.parametrize(
    ("submitted", "days"),
    [
        ("2026-10-25 23:59", 1),  # 25 hours
        ("2026-10-26 00:00", 2),
        ("2026-10-26 23:59", 2),
    ],
)
def test_a_day_on_which_the_clocks_are_put_back_is_longer(submitted, days):
    assert days_of(a_policy(due="2026-10-24 23:59"), submitted) == days


@pytest.mark.parametrize(
    ("submitted", "days"),
    [
        ("2026-03-29 23:59", 1),  # 23 hours
        ("2026-03-30 00:59", 1),  # 24 hours
        ("2026-03-30 01:00", 2),
    ],
)
def test_a_day_on_which_the_clocks_are_put_forward_is_no_shorter(submitted, days):
    assert days_of(a_policy(due="2026-03-28 23:59"), submitted) == days


def test_a_day_can_end_at_a_time_that_the_clocks_skip():
    policy = a_policy(due="2026-03-28 02:30")

    assert days_of(policy, "2026-03-29 03:30") == 1  # 24 hours
    assert days_of(policy, "2026-03-29 03:31") == 2


def test_a_day_can_end_at_a_time_that_the_clocks_show_twice():
    policy = a_policy(due="2026-10-24 02:30")

    assert lateness(policy, at("2026-10-25 02:30", fold=1)).days == 1
    assert lateness(policy, at("2026-10-25 02:31", fold=1)).days == 2


def test_an_extension_can_end_at_a_time_that_the_clocks_show_twice():
    second = at("2026-10-25 02:30", fold=1)

    late = lateness(a_policy(), second + DAY, extension=second)

    assert (late.days, late.late_by) == (1, DAY)


def test_a_year_late_is_a_year_of_days():
    assert days_of(a_policy(), "2027-10-09 23:59") == 365
    assert days_of(a_policy(), "2027-10-10 00:00") == 366


# --- extensions -----------------------------------------------------------------------


def test_an_extension_is_a_due_date_of_its_own():
    extension = at("2026-10-12 12:00")

    late = lateness(a_policy(), at("2026-10-12 13:00"), extension=extension)

    assert (late.days, late.late_by, late.factor) == (1, HOUR, 0.9)


def test_an_extension_in_the_past_of_the_due_date_does_nothing():
    early = at("2026-10-01 12:00")

    assert lateness(a_policy(), DUE, extension=early) == lateness(a_policy(), DUE)


def test_an_assignment_closes_later_for_who_has_an_extension():
    policy = a_policy(late={"per_day": 0.1, "closes_after_days": 1})

    late = lateness(policy, DUE + 3 * DAY, extension=DUE + 2 * DAY)

    assert (late.closed, late.days) == (False, 1)


# --- the bank -------------------------------------------------------------------------


BANKED = a_policy(bank={"days": 4, "per_assignment": 2})


@pytest.mark.parametrize(
    ("days", "left", "from_bank", "factor"),
    [
        (0, 4, 0, 1.0),
        (1, 4, 1, 1.0),
        (2, 4, 2, 1.0),
        (3, 4, 2, 0.9),
        (3, 1, 1, 0.8),
        (3, 0, 0, 0.7),
        (3, -1, 0, 0.7),
        (3, None, 2, 0.9),
    ],
)
def test_the_bank_pays_first_and_only_the_rest_costs(days, left, from_bank, factor):
    late = lateness(BANKED, DUE + days * DAY, bank_left=left)

    assert (late.days, late.from_bank, late.factor) == (days, from_bank, factor)


def test_the_bank_pays_no_day_that_would_change_nothing():
    policy = a_policy(
        late={"per_day": 0.1, "at_most": 0.3, "closes_after_days": 6},
        bank={"days": 9, "per_assignment": 2},
    )

    paid = [lateness(policy, DUE + n * DAY).from_bank for n in range(8)]

    # Day 5 leaves 3, which cost the most anyway; after day 6 it is closed.
    assert paid == [0, 1, 2, 2, 2, 0, 0, 0]


def test_grace_takes_no_day_of_the_bank():
    policy = a_policy(grace_minutes=5, bank={"days": 4, "per_assignment": 2})

    assert lateness(policy, DUE + 5 * MINUTE).from_bank == 0


def test_what_is_due_first_takes_its_days_first():
    rows = [(BANKED, Lateness(days=days)) for days in (1, 5, 0, 3, 2)]

    assert spend_bank(rows) == (1, 2, 0, 1, 0)


def test_assignments_without_a_bank_take_nothing():
    late = Lateness(days=3)

    assert spend_bank([(None, late), (a_policy(), late), (BANKED, late)]) == (0, 0, 2)
    assert spend_bank([]) == ()


def test_each_bank_says_how_many_days_there_are():
    small = a_policy(bank={"days": 1, "per_assignment": 1})
    large = a_policy(bank={"days": 4, "per_assignment": 2})

    late = Lateness(days=3)

    assert spend_bank([(large, late), (small, late), (large, late)]) == (2, 0, 2)


def test_days_that_are_spent_are_what_a_mark_can_take():
    times = [DUE + days * DAY for days in (1, 5, 0, 3)]
    rows = [(BANKED, lateness(BANKED, time)) for time in times]

    taken = spend_bank(rows)

    assert taken == tuple(
        lateness(BANKED, time, bank_left=days).from_bank
        for time, days in zip(times, taken, strict=True)
    )


# --- what always holds ----------------------------------------------------------------

LATE = st.fixed_dictionaries(
    {"per_day": st.sampled_from([0, 0.05, 0.1, 1 / 3, 0.5, 1])},
    optional={
        "at_most": st.sampled_from([0, 0.2, 0.5, 1]),
        "closes_after_days": st.integers(0, 12),
    },
)
BANKS = st.none() | st.builds(
    lambda days, part: {"days": days, "per_assignment": min(days, part)},
    st.integers(1, 6),
    st.integers(1, 6),
)
DUE_DATES = st.sampled_from(
    ["2026-10-09 23:59", "2026-10-24 02:30", "2026-10-25 02:30", "2026-03-28 02:30"]
)
POLICIES = st.builds(
    lambda due, late, bank, grace: a_policy(
        due=due, late=late, bank=bank, grace_minutes=grace
    ),
    DUE_DATES,
    LATE,
    BANKS,
    st.sampled_from([0, 10, 2000]),
)
MINUTES = st.integers(-3 * 24 * 60, 15 * 24 * 60).map(lambda minutes: minutes * MINUTE)
LEFT = st.none() | st.integers(-1, 6)


@given(POLICIES, MINUTES, MINUTES, LEFT)
def test_who_is_later_never_keeps_more(policy, one, other, left):
    first, second = (
        lateness(policy, policy.due_at + late, bank_left=left)
        for late in sorted([one, other])
    )

    assert 0 <= second.factor <= first.factor <= 1
    assert first.days <= second.days


@given(POLICIES, MINUTES, MINUTES, LEFT)
def test_no_extension_ever_lowers_what_is_kept(policy, late, longer, left):
    submitted = policy.due_at + late
    without = lateness(policy, submitted, bank_left=left)

    extended = lateness(
        policy, submitted, extension=policy.due_at + longer, bank_left=left
    )

    assert extended.factor >= without.factor
    assert extended.days <= without.days


@given(POLICIES, MINUTES, LEFT)
def test_a_bank_never_costs_anything_and_never_pays_too_much(policy, late, left):
    submitted = policy.due_at + late
    without = lateness(policy.model_copy(update={"bank": None}), submitted)

    found = lateness(policy, submitted, bank_left=left)

    most = policy.bank.per_assignment if policy.bank else 0
    assert found.factor >= without.factor
    assert 0 <= found.from_bank <= min(most, found.days)


@given(POLICIES, MINUTES)
def test_a_day_late_is_never_shorter_than_24_hours(policy, late):
    found = lateness(policy, policy.due_at + late)

    assert (found.days - 1) * DAY <= found.late_by


@given(st.lists(st.tuples(POLICIES, st.integers(0, 12)), max_size=6))
def test_no_bank_is_ever_overdrawn(drawn):
    rows = [(policy, Lateness(days=days)) for policy, days in drawn]

    taken = spend_bank(rows)

    spent = 0
    for (policy, late), days in zip(rows, taken, strict=True):
        spent += days
        assert 0 <= days <= late.days
        assert days == 0 or spent <= policy.bank.days
