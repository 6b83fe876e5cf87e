"""From the points of the items to the mark, line by line."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from graders.marks.class_marks import StudentMark
from graders.records import Mark, MarkedItem
from graders.rubric import Late, Policy


def arithmetic(
    one: StudentMark, policy: Policy | None, extension: datetime | None
) -> Iterator[str]:
    """How a mark comes about; nothing if there is none.

    Args:
        one: the mark.
        policy: that it was made by.
        extension: a due date of this student.
    """
    mark = one.mark
    if mark is None:
        return
    yield f"items: {' + '.join(_points(item) for item in mark.items)} = {mark.raw:g}"
    yield from _times(one, policy, extension)
    if policy is not None and mark.lateness.known:
        yield from _kept(mark, policy.late)
    if mark.whole is not None:
        yield f"a person gave {mark.whole.points:g} for the whole, whatever is above"
    yield f"mark: {mark.points:g} of {mark.max_points:g}"


def _points(item: MarkedItem) -> str:
    return "? (waiting)" if item.waiting else f"{item.points:g}"


def _times(
    one: StudentMark, policy: Policy | None, extension: datetime | None
) -> Iterator[str]:
    handed_in = one.attempt.submitted_at
    if policy is None or policy.due_at is None:
        yield "nothing is due, so nothing is late"
        return
    zone = policy.zone

    def clock(moment: datetime) -> str:
        return f"{moment.astimezone(zone):%Y-%m-%d %H:%M:%S %Z}"

    yield f"due: {clock(policy.due_at)}{_grace(policy)}"
    if extension is not None:
        useless = " (no later, so it does nothing)"
        why = useless if extension <= policy.due_at else ""
        yield f"extended to: {clock(extension)}{why}"
    if handed_in is None:
        yield "handed in: it is not known when, so it is not late"
        return
    yield f"handed in: {clock(handed_in)}, {_late_by(one)}"


def _grace(policy: Policy) -> str:
    minutes = policy.grace_minutes
    return f", and {minutes} minutes of grace" if minutes else ""


def _late_by(one: StudentMark) -> str:
    assert one.mark is not None
    late = one.mark.lateness
    if not late.late_by:
        return "in time"
    by = timedelta(seconds=int(late.late_by.total_seconds()))
    return f"late by {by}: {_days(late.days)}"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _kept(mark: Mark, policy: Late | None) -> Iterator[str]:
    late = mark.lateness
    if policy is None:
        yield "lateness costs nothing"
    elif late.closed:
        yield f"closed after {_days(policy.closes_after_days or 0)}: 0 % is kept"
    elif late.days:
        if late.from_bank:
            yield f"the bank of late days pays {_days(late.from_bank)}"
        cost = late.days - late.from_bank
        at_most = f", at most {policy.at_most * 100:g} %" if policy.at_most < 1 else ""
        yield (
            f"kept: 100 % - {_days(cost)} x {policy.per_day * 100:g} %{at_most}"
            f" = {late.factor * 100:g} %"
        )
    if late.factor != 1:
        left = max(0.0, mark.raw) * late.factor
        yield f"{mark.raw:g} x {late.factor * 100:g} % = {left:.4g}"
