"""What a student gets: a score, with what persons decided and what lateness costs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from graders.records.finding import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """Points that a person gave, in place of others.

    Args:
        item: id of an item; empty for the whole mark.
        points: None takes an earlier adjustment back.
        reason: in words.
        who: gave them.
        at: when, in UTC.
        over_points: the automatic points that they were given over; None for an item
            that has none.
    """

    item: str
    points: float | None
    reason: str
    who: str
    at: datetime
    over_points: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedItem:
    """One item of a mark.

    Args:
        id: of the rubric.
        title: of the rubric.
        points: that count, before what lateness costs.
        max_points: that can be had.
        automatic: points by checks; None for an item that a person grades.
        outcome: of the checks; None for an item that a person grades.
        bonus: whether its points come on top.
        manual: whether a person grades it.
        adjustment: the one that counts.
        flagged: whether it was given over automatic points that have changed since.
        waiting: whether a person has yet to give its points.
    """

    id: str
    title: str
    points: float
    max_points: float
    automatic: float | None = None
    outcome: Outcome | None = None
    bonus: bool = False
    manual: bool = False
    adjustment: Adjustment | None = None
    flagged: bool = False
    waiting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """How late something was handed in, and what is left of its points.

    Args:
        late_by: time after the due date, in the time of grace too.
        days: begun days late; none in the time of grace.
        from_bank: how many of them the bank of late days pays.
        factor: part of the points that is kept, from 0 to 1.
        closed: whether it came too late to count at all.
        known: whether there is a due date, and a time of submission.

    >>> Lateness().factor, Lateness().known
    (1.0, False)
    """

    late_by: timedelta = timedelta(0)
    days: int = 0
    from_bank: int = 0
    factor: float = 1.0
    closed: bool = False
    known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What counts, and how it came about.

    Args:
        items: those of the score, then those that a person grades.
        raw: sum of their points.
        lateness: what it costs.
        points: what is left of `raw`, or what `whole` says.
        max_points: that could be had, without a bonus.
        whole: points given to the whole, instead of all the others.
        flagged: whether automatic points under an adjustment have changed since.
        waiting: ids of items whose points a person has yet to give.
        broken: whether something is undecided through our own fault.
    """

    items: tuple[MarkedItem, ...]
    raw: float
    lateness: Lateness
    points: float
    max_points: float
    whole: Adjustment | None = None
    flagged: bool = False
    waiting: tuple[str, ...] = ()
    broken: bool = False
