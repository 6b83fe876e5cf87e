"""Points that a person gives: for whom, for what, and in place of which others."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from graders.errors import UsageError
from graders.ledger import Ledger, adjust, adjusted
from graders.marks.class_marks import StudentMark, read_marks
from graders.marks.graded_assignment import GradedAssignment, nearest
from graders.marks.students import require_student
from graders.records import Mark, MarkedItem

WHOLE = "all"
"""What the whole mark is called where an item is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overruled:
    """What a person's points did to a mark.

    Args:
        student: whose.
        before: the mark as it was; None if there is none.
        after: as it is.
    """

    student: str
    before: Mark | None
    after: Mark | None


def overrule(
    ledger: Ledger,
    graded: GradedAssignment,
    student: str,
    item: str,
    points: float,
    *,
    reason: str,
    over_maximum: bool = False,
) -> list[Overruled]:
    """Gives points to a student, or to all members of a group.

    They are kept with the points by checks that they take the place of, so that it can
    be told when those change.

    Args:
        ledger: where.
        graded: the assignment.
        student: name of a student or a group.
        item: id, or `all` for the whole mark, lateness included.
        points: that count from now on.
        reason: why.
        over_maximum: whether they may be more than can be had.

    Raises:
        UsageError: if there is no such student or item, there is no mark yet, or so
            many points cannot be had.
    """
    before = _marks(ledger, graded, student)
    for one in before:
        if one.mark is None:
            raise UsageError(
                f"{one.student} has no mark yet",
                graded.name,
                f"Grade first: `grade batch {graded.rubric.names[0]} FOLDER`.",
            )
        most, automatic = _replaced(one, item)
        _require_within(points, most, over_maximum=over_maximum)
        name = "" if item == WHOLE else item
        adjust(
            *(ledger, graded.name, one.student, name, points),
            over_points=automatic,
            reason=reason,
        )
    return list(_compared(before, _marks(ledger, graded, student)))


def withdraw(
    ledger: Ledger, graded: GradedAssignment, student: str, item: str, *, reason: str
) -> list[Overruled]:
    """Takes points back that a person gave; those by checks count again.

    Raises:
        UsageError: if there are none.
    """
    before = _marks(ledger, graded, student)
    name = "" if item == WHOLE else item
    given = {one.student: _given(ledger, graded, one.student) for one in before}
    having = [one for one in before if name in given[one.student]]
    if not having:
        items = sorted({item or WHOLE for own in given.values() for item in own})
        raise UsageError(
            f"{student} has no points that a person gave for {item}",
            "ITEM",
            f"There are some for {', '.join(items)}."
            if items
            else "There is nothing to withdraw.",
        )
    for one in having:
        adjust(
            *(ledger, graded.name, one.student, name, None),
            over_points=None,
            reason=reason,
        )
    return list(_compared(before, _marks(ledger, graded, student)))


def _marks(ledger: Ledger, graded: GradedAssignment, student: str) -> list[StudentMark]:
    def read(connection: sa.Connection) -> list[StudentMark]:
        require_student(connection, graded.name, student)
        return read_marks(connection, graded.name, graded.rubric, student=student)

    return ledger.read(read)


def _given(ledger: Ledger, graded: GradedAssignment, student: str) -> set[str]:
    """Items that a person's points count for now; empty for the whole."""
    rows = ledger.read(lambda connection: adjusted(connection, graded.name, student))
    latest = {one.item: one.points for one in rows.get(student, ())}
    return {item for item, points in latest.items() if points is not None}


def _replaced(one: StudentMark, item: str) -> tuple[float, float | None]:
    """The most that an item can have, and its points by checks.

    Raises:
        UsageError: if the mark has no such item.
    """
    assert one.mark is not None
    assert one.standing is not None
    if item == WHOLE:
        return one.mark.max_points, one.standing.points
    items = {own.id: own for own in one.mark.items if _is_known(own)}
    if item not in items:
        known = [*items, WHOLE]
        raise UsageError(
            f"{one.student} has no item {item!r}",
            "ITEM",
            nearest(item, known) or f"Items: {', '.join(known)}.",
        )
    return items[item].max_points, items[item].automatic


def _is_known(item: MarkedItem) -> bool:
    """Not one that is left over from an earlier rubric."""
    return item.manual or item.outcome is not None


def _require_within(points: float, most: float, *, over_maximum: bool) -> None:
    if points < 0:
        raise UsageError(
            f"points are never less than none; received {points:g}",
            "POINTS",
            "Write 0, or take points from other items.",
        )
    if points > most and not over_maximum:
        raise UsageError(
            f"{points:g} are more than the {most:g} points that can be had",
            "POINTS",
            "Give --over-maximum if that is meant.",
        )


def _compared(
    before: list[StudentMark], after: list[StudentMark]
) -> Iterator[Overruled]:
    then = {one.student: one.mark for one in after}
    for one in before:
        yield Overruled(
            student=one.student, before=one.mark, after=then.get(one.student)
        )
