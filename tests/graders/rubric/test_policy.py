import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.errors import AssignmentError
from graders.rubric import Counts, HiddenItems, Policy, read_rubric
from graders.rubric.policy import moment
from tests.stand_ins.marks import BERLIN

RUBRIC = """\
schema: 1
assignment: a1
names: [a1]
version: 1
title: An assignment
file: a1.py
points: 3
limits: {load_s: 1, check_s: 1, submission_s: 9, memory_mib: 512, output_kib: 16}
tasks:
  - {id: A1.1, title: First, points: 3, functions: {}, checks: {one: 3}}
"""
POLICY = """\
policy:
  due: 2026-10-09 23:59
  timezone: Europe/Berlin
  grace_minutes: 10
  late:
    per_day: 0.1
    at_most: 0.5
    closes_after_days: 7
  bank: {days: 4, per_assignment: 2}
  counts: best
  groups: 3
  hidden_items: after_due
"""
FIRST = RUBRIC.count("\n") + 1
"""Line of `policy:`."""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rubric.yaml"


def read(path, policy):
    path.write_text(RUBRIC + policy)
    return read_rubric(path).policy


def refused(path, policy):
    with pytest.raises(AssignmentError) as caught:
        read(path, policy)
    name, line = caught.value.where.split(":")
    assert name == "rubric.yaml"
    return caught.value.what, int(line) - FIRST, caught.value.fix


def test_a_rubric_needs_no_policy(path):
    assert read(path, "") is None


def test_a_policy_that_says_nothing_is_due_never_and_counts_the_last_attempt():
    policy = Policy()

    assert policy.due_at is None
    assert (policy.counts, policy.grace_minutes) == (Counts.LAST, 0)
    assert (policy.late, policy.bank, policy.groups) == (None, None, None)
    assert policy.hidden_items is None


def test_every_key_of_a_policy_is_read(path):
    policy = read(path, POLICY)

    assert policy.due_at == datetime(2026, 10, 9, 21, 59, tzinfo=UTC)
    assert (policy.late.per_day, policy.late.at_most) == (0.1, 0.5)
    assert (policy.late.closes_after_days, policy.grace_minutes) == (7, 10)
    assert (policy.bank.days, policy.bank.per_assignment) == (4, 2)
    assert (policy.counts, policy.groups) == (Counts.BEST, 3)
    assert policy.hidden_items is HiddenItems.AFTER_DUE


@pytest.mark.parametrize(
    "due",
    [
        "2026-10-09 23:59",
        "2026-10-09 23:59:00",  # which YAML would make a moment of
        "2026-10-09T23:59",
        "'2026-10-09 23:59'",
    ],
)
def test_a_due_date_may_have_seconds_a_t_and_quotes(path, due):
    policy = read(path, POLICY.replace("2026-10-09 23:59", due))

    assert policy.due_at == datetime(2026, 10, 9, 21, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "received"),
    [
        ("2026-10-09", "'2026-10-09'"),
        ("23:59", "'1439'"),  # YAML counts in sixties
        ("1790000000", "'1790000000'"),
        ("09.10.2026 23:59", "'09.10.2026 23:59'"),
        ("2026-13-09 23:59", "'2026-13-09 23:59'"),
        ("2026-13-09 23:59:00", "'2026-13-09 23:59:00'"),
        ("2026-10-09 23:60", "'2026-10-09 23:60'"),
        ("2026-10-09 23:59:00Z", "'2026-10-09 23:59:00Z'"),
        ("2026-10-09T23:59:00+02:00", "'2026-10-09T23:59:00+02:00'"),
        ("0226-10-09 23:59", "'0226-10-09 23:59'"),
        ("tomorrow", "'tomorrow'"),
    ],
)
def test_what_is_no_day_and_time_is_no_due_date(path, due, received):
    said = refused(path, POLICY.replace("2026-10-09 23:59", due))

    assert said == (
        f"a due date is a day and a time, without an offset; received {received}",
        1,
        "Write it as 2026-10-09 23:59, by the clocks of `timezone`.",
    )


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("Europe/Berln", "Did you mean 'Europe/Berlin'?"),
        ("europe/berlin", "Did you mean 'Europe/Berlin'?"),
        ("Berlin", "Did you mean 'Europe/Berlin'?"),
        ("Europe", "Did you mean 'Europe/Rome'?"),
        ("../../etc/passwd", "Write the name of a zone, such as Europe/Berlin."),
    ],
)
def test_an_unknown_time_zone_is_refused_with_the_nearest_one(path, name, fix):
    said = refused(path, POLICY.replace("Europe/Berlin", name))

    assert said == (f"no time zone is called {name!r}", 2, fix)


@pytest.mark.parametrize(
    ("old", "new", "what", "line", "fix"),
    [
        (
            "grace_minutes",
            "grace_minuets",
            "unknown key 'grace_minuets'",
            3,
            "Did you mean 'grace_minutes'?",
        ),
        (
            "at_most",
            "at_mots",
            "unknown key 'at_mots'",
            6,
            "Did you mean 'at_most'?",
        ),
        (
            "per_assignment",
            "per_asignment",
            "unknown key 'per_asignment'",
            8,
            "Did you mean 'per_assignment'?",
        ),
        (
            "  counts: best",
            "  per_day: 0.1",
            "unknown key 'per_day'",
            9,
            "Known keys: bank, counts, due, grace_minutes, groups, hidden_items, late,"
            " timezone.",
        ),
        (
            "    per_day: 0.1\n",
            "",
            "the key 'per_day' is missing",
            4,
            "Add `per_day:`.",
        ),
        (
            "per_day: 0.1",
            "per_day: 10",
            "policy.late.per_day: input should be less than or equal to 1;"
            " received '10'",
            5,
            "Correct the value.",
        ),
        (
            "per_day: 0.1",
            "per_day: -0.1",
            "policy.late.per_day: input should be greater than or equal to 0;"
            " received '-0.1'",
            5,
            "Correct the value.",
        ),
        (
            "at_most: 0.5",
            "at_most: 50",
            "policy.late.at_most: input should be less than or equal to 1;"
            " received '50'",
            6,
            "Correct the value.",
        ),
        (
            "after_days: 7",
            "after_days: -1",
            "policy.late.closes_after_days: input should be greater than or equal to 0;"
            " received '-1'",
            7,
            "Correct the value.",
        ),
        (
            "minutes: 10",
            "minutes: -1",
            "policy.grace_minutes: input should be greater than or equal to 0;"
            " received '-1'",
            3,
            "Correct the value.",
        ),
        (
            "per_assignment: 2",
            "per_assignment: 5",
            "an assignment cannot take 5 days of 4",
            8,
            "Write at most `per_assignment: 4`.",
        ),
        (
            "counts: best",
            "counts: first",
            "policy.counts: input should be 'last' or 'best'; received 'first'",
            9,
            "Correct the value.",
        ),
        (
            "groups: 3",
            "groups: 1",
            "policy.groups: input should be greater than or equal to 2; received '1'",
            10,
            "Correct the value.",
        ),
        (
            "after_due",
            "later",
            "policy.hidden_items: input should be 'never', 'after_due' or"
            " 'after_publishing'; received 'later'",
            11,
            "Correct the value.",
        ),
        (
            "  timezone: Europe/Berlin\n",
            "",
            "a due date needs the time zone of its clock",
            1,
            "Add `timezone:` with the name of a zone, such as Europe/Berlin.",
        ),
    ],
)
def test_a_wrong_policy_is_refused_with_the_line_and_the_way_out(
    path, old, new, what, line, fix
):
    assert old in POLICY

    said = refused(path, POLICY.replace(old, new, 1))

    assert said == (what, line, fix)


@pytest.mark.parametrize(
    ("key", "what"),
    [
        ("timezone: Europe/Berlin", "a timezone says nothing without a due date"),
        ("grace_minutes: 5", "minutes of grace say nothing without a due date"),
        ("late: {per_day: 0.1}", "nothing is late without a due date"),
        ("bank: {days: 4, per_assignment: 2}", "late days need a due date"),
        ("hidden_items: after_due", "after_due says nothing without a due date"),
    ],
)
def test_what_needs_a_due_date_is_refused_without_one(path, key, what):
    said = refused(path, f"policy:\n  counts: last\n  {key}\n")

    assert said == (what, 2, "Add `due:`, or leave this out.")


def test_a_bank_is_refused_where_lateness_costs_nothing(path):
    late = POLICY[POLICY.index("  late:") : POLICY.index("  bank:")]

    said = refused(path, POLICY.replace(late, ""))

    assert said == (
        "late days without penalty say nothing where lateness costs nothing",
        4,
        "Add `late:`, or leave this out.",
    )


@pytest.mark.parametrize("key", ["groups: 3", "counts: best", "hidden_items: never"])
def test_what_needs_no_due_date_stands_alone(path, key):
    assert read(path, f"policy:\n  {key}\n").due is None


# --- clocks that are changed ----------------------------------------------------------


def test_a_time_that_the_clocks_show_twice_is_the_second_one(path):
    policy = read(path, POLICY.replace("2026-10-09 23:59", "2026-10-25 02:30"))

    assert policy.due_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_time_that_the_clocks_skip_is_the_first_after_it_that_they_show(path):
    policy = read(path, POLICY.replace("2026-10-09 23:59", "2026-03-29 02:30:15"))

    assert policy.due_at.astimezone(BERLIN).time().isoformat() == "03:00:00"


def test_a_day_that_the_clocks_skip_is_the_next_one():
    apia = ZoneInfo("Pacific/Apia")

    due = moment(datetime(2011, 12, 30, 12, 0), apia)

    assert due.astimezone(apia).replace(tzinfo=None) == datetime(2011, 12, 31)


CLOCKS = st.one_of(
    st.datetimes(datetime(2026, 3, 29), datetime(2026, 3, 30)),
    st.datetimes(datetime(2026, 10, 25), datetime(2026, 10, 26)),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),
)


@given(CLOCKS, CLOCKS)
def test_a_later_time_is_never_an_earlier_moment(one, other):
    first, second = sorted([one, other])

    assert moment(first, BERLIN) <= moment(second, BERLIN)


@given(CLOCKS)
def test_a_time_that_the_clocks_show_comes_back(clock):
    shown = moment(clock, BERLIN).astimezone(BERLIN).replace(tzinfo=None)

    assert shown == clock or (clock.month, clock.hour, shown.hour) == (3, 2, 3)


def test_the_policy_in_the_documentation_is_the_one_of_these_tests(path):
    root = Path(__file__).resolve().parents[3]
    text = (root / "docs" / "writing_an_assignment.md").read_text("utf-8")
    (block,) = re.findall(r"```yaml\n(policy:\n.*?)```", text, re.DOTALL)

    documented = read(path, block)

    assert documented == read(path, POLICY.replace("counts: best", "counts: last"))
