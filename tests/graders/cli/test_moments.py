from datetime import datetime, timedelta

import click
import pytest

from graders.cli.moments import Moment

AHEAD, BEFORE = Moment(ahead=True), Moment(ahead=False)


def read(kind, text):
    return kind.convert(text, None, None)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("90m", timedelta(minutes=90)),
        ("2h", timedelta(hours=2)),
        ("1h30m", timedelta(minutes=90)),
        ("45s", timedelta(seconds=45)),
    ],
)
def test_a_span_lies_ahead_of_now_or_before_it(text, span):
    before = datetime.now().astimezone()
    ahead, back = read(AHEAD, text), read(BEFORE, text)
    after = datetime.now().astimezone()

    assert before + span <= ahead <= after + span
    assert before - span <= back <= after - span


def test_a_date_and_time_is_by_this_machines_clock():
    assert read(AHEAD, "2026-10-09 23:59") == datetime(2026, 10, 9, 23, 59).astimezone()


def test_a_time_alone_is_todays():
    found = read(AHEAD, "7:05")

    assert (found.hour, found.minute) == (7, 5)
    assert found.date() == datetime.now().astimezone().date()


@pytest.mark.parametrize("text", ["", "soon", "25:61", "90", "2026-13-01"])
def test_what_is_no_time_is_told_with_what_is(text):
    with pytest.raises(click.BadParameter) as caught:
        read(AHEAD, text)

    assert caught.value.message == (
        f"{text!r} is no time. Write 90m, 2h30m, 17:45, or 2026-10-09 17:45."
    )
