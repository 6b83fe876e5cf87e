"""What a person must know of a row of a class, beyond its numbers."""

from collections.abc import Iterator
from enum import IntEnum

from graders.records import Mark, Outcome
from graders.reports.class_row import ClassRow
from graders.reports.mark_wording import adjusted, days_late, given, kept
from graders.reports.wording import points


class Attention(IntEnum):
    """How soon somebody must look at a row, the soonest first."""

    UNDECIDED = 0
    BROKEN = 1
    FLAGGED = 2
    NOT_RUN = 3
    WAITING = 4
    ADJUSTED = 5
    LATE = 6
    NONE = 7


def attention(row: ClassRow) -> Attention:
    """How soon somebody must look at it."""
    mark = row.mark
    if mark is None:
        return Attention.UNDECIDED
    reasons = {
        Attention.BROKEN: mark.broken,
        Attention.FLAGGED: mark.flagged,
        Attention.NOT_RUN: bool(row.note),
        Attention.WAITING: bool(mark.waiting),
        Attention.ADJUSTED: any(
            item.adjustment and not item.manual for item in mark.items
        )
        or mark.whole is not None,
        Attention.LATE: mark.lateness.days > 0,
    }
    return next((level for level, holds in reasons.items() if holds), Attention.NONE)


def notes(row: ClassRow) -> Iterator[str]:
    """Phrases, the most urgent first; none if the numbers say it all."""
    mark = row.mark
    if mark is None:
        yield row.undecided or "not graded"
        return
    if mark.broken:
        broken = [
            item.id
            for item in mark.items
            if item.outcome is Outcome.BROKEN and not item.adjustment
        ]
        yield f"undecided through no fault of theirs: {', '.join(broken)}"
    if row.note:
        yield row.note
    yield from _by_persons(mark)
    for item_id in mark.waiting:
        yield f"{item_id} waits for a person"
    if mark.lateness.days and not mark.whole:
        yield _late(mark)


def _by_persons(mark: Mark) -> Iterator[str]:
    for item in mark.items:
        if item.adjustment is None or (item.manual and not item.flagged):
            continue  # The points of a manual item stand in its column.
        if not item.manual and item.outcome is None:
            yield (
                f"{item.id} is no item of this grading:"
                f" {given(item.adjustment)} do not count"
            )
            continue
        words = adjusted(item.adjustment, item.automatic)
        yield f"{item.id}: {words}: {item.adjustment.reason}"
        if item.flagged:
            yield f"{item.id}: {_changed(item.adjustment.over_points, item.automatic)}"
    if mark.whole is not None:
        yield f"whole: {given(mark.whole)}: {mark.whole.reason}"
        if mark.flagged and not any(item.flagged for item in mark.items):
            yield "whole: the automatic points under it have changed"


def _changed(before: float | None, now: float | None) -> str:
    if before is None or now is None:
        return "the automatic points under it have changed"
    return (
        f"the automatic points under it have changed from {points(before)}"
        f" to {points(now)}"
    )


def _late(mark: Mark) -> str:
    late = mark.lateness
    if late.closed:
        return f"{days_late(late)}, after it was closed: nothing counts"
    return (
        f"{days_late(late)}: {kept(late)} of {points(mark.raw)}"
        f" is {points(mark.points)}"
    )
