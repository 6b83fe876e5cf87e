from datetime import UTC, datetime, timedelta

import pytest

from graders.rubric import HiddenItems, Policy, hidden_until, shows_hidden
from tests.stand_ins.marks import a_policy, at

DUE = at("2026-10-09 23:59")
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
AFTER_DUE = a_policy(hidden_items="after_due", grace_minutes=10)
AFTER_PUBLISHING = Policy(hidden_items="after_publishing")


@pytest.mark.parametrize("policy", [None, Policy(), a_policy()])
def test_a_policy_that_says_nothing_of_it_shows_hidden_checks_at_once(policy):
    assert shows_hidden(policy, DUE - DAY, None, None)
    assert hidden_until(policy) == ""


def test_never_means_not_after_publishing_either():
    policy = a_policy(hidden_items="never")

    assert not shows_hidden(policy, DUE + 99 * DAY, DUE, DUE)
    assert hidden_until(policy) == ""


@pytest.mark.parametrize(
    ("now", "is_shown"),
    [
        (DUE, False),
        (DUE + timedelta(minutes=10), False),
        (DUE + timedelta(minutes=10) + SECOND, True),
    ],
)
def test_as_long_as_somebody_is_in_time_nothing_is_shown(now, is_shown):
    assert shows_hidden(AFTER_DUE, now, None, None) is is_shown
    assert shows_hidden(AFTER_DUE, now.astimezone(UTC), None, None) is is_shown


def test_publishing_does_not_move_the_due_date():
    assert not shows_hidden(AFTER_DUE, DUE - DAY, DUE - 2 * DAY, None)


def test_an_extension_is_the_due_date_of_its_student():
    later = DUE + 3 * DAY

    assert not shows_hidden(AFTER_DUE, later, None, later)
    assert shows_hidden(AFTER_DUE, later + DAY, None, later)


def test_an_earlier_date_than_the_policys_does_nothing():
    assert not shows_hidden(AFTER_DUE, DUE - DAY, None, DUE - 2 * DAY)


@pytest.mark.parametrize(
    ("published", "is_shown"),
    [(None, False), (DUE + SECOND, False), (DUE, True), (DUE - DAY, True)],
)
def test_after_publishing_means_once_it_was_published(published, is_shown):
    assert shows_hidden(AFTER_PUBLISHING, DUE, published, None) is is_shown


def test_a_time_without_its_zone_is_refused():
    with pytest.raises(ValueError, match="a time needs its time zone; received 2026"):
        shows_hidden(AFTER_DUE, datetime(2026, 10, 9), None, None)


def test_every_setting_has_words_that_end_a_sentence():
    told = {
        setting: hidden_until(a_policy(hidden_items=setting)) for setting in HiddenItems
    }

    assert told == {
        HiddenItems.NEVER: "",
        HiddenItems.AFTER_DUE: "after the due date",
        HiddenItems.AFTER_PUBLISHING: "after publishing",
    }
