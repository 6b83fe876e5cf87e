"""What every format says of how a mark came about."""

from datetime import timedelta

from graders.records import Adjustment, Lateness, Mark
from graders.reports.wording import points


def lost_by_lateness(mark: Mark) -> float:
    """Points that lateness costs; none where a person gave points to the whole."""
    return 0.0 if mark.whole else max(0.0, round(mark.raw - mark.points, 2))


def days_late(late: Lateness) -> str:
    """How many days, and who pays for them.

    >>> days_late(Lateness(days=1)), days_late(Lateness(days=3, from_bank=2))
    ('1 day late', '3 days late, 2 of them from the bank')
    """
    paid = ""
    if late.from_bank:
        paid = f", {late.from_bank} of them" if late.from_bank < late.days else ", all"
        paid += " from the bank"
    return f"{counted(late.days, 'day')} late{paid}"


def kept(late: Lateness) -> str:
    """The part of the points that is left.

    >>> kept(Lateness(factor=0.9)), kept(Lateness(factor=0.875))
    ('90 %', '87.5 %')
    """
    return f"{points(100 * late.factor)} %"


def in_words(duration: timedelta) -> str:
    """The largest unit of a duration, and the next one.

    >>> in_words(timedelta(days=1, hours=3, minutes=9)), in_words(timedelta(minutes=2))
    ('1 day and 3 hours', '2 minutes')
    """
    seconds = int(duration.total_seconds())
    parts = []
    for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)):
        count, seconds = divmod(seconds, length)
        parts.append((count, unit))
    first = next((i for i, (count, _) in enumerate(parts) if count), len(parts) - 1)
    told = [counted(*part) for part in parts[first : first + 2] if part[0]]
    return " and ".join(told) or "less than a second"


def given(adjustment: Adjustment) -> str:
    """Who gave how many points.

    >>> from datetime import datetime, UTC
    >>> at = datetime(2026, 10, 20, tzinfo=UTC)
    >>> given(Adjustment(item="", points=7, reason="Read.", who="ada", at=at))
    '7 by ada'
    """
    assert adjustment.points is not None  # one that is taken back does not count
    return f"{points(adjustment.points)} by {adjustment.who}"


def adjusted(adjustment: Adjustment, automatic: float | None) -> str:
    """The points that a person gave an item, and those of the checks, if it has some.

    >>> from datetime import datetime, UTC
    >>> at = datetime(2026, 10, 20, tzinfo=UTC)
    >>> seven = Adjustment(item="A2.1", points=7, reason="Read.", who="ada", at=at)
    >>> adjusted(seven, 3), adjusted(seven, None)
    ('7 by ada, in place of 3', '7 by ada')
    """
    instead = "" if automatic is None else f", in place of {points(automatic)}"
    return given(adjustment) + instead


def counted(count: int, unit: str) -> str:
    """A number of something.

    >>> counted(1, "day"), counted(2, "day")
    ('1 day', '2 days')
    """
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
