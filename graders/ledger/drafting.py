"""Points that a reviewer has in mind; they count once they are confirmed.

Each reviewer has drafts of their own. A later draft takes the place of an earlier one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from graders.ledger.clock import now
from graders.ledger.opening import Ledger
from graders.ledger.tables import adjustments, drafts

CONFIRMED = "confirmed"
_Place = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a reviewer would give.

    Args:
        student: whose.
        item: id.
        points: that would count.
        reason: why.
        at: when it was noted, in UTC.
    """

    student: str
    item: str
    points: float
    reason: str
    at: datetime


def note_draft(
    ledger: Ledger,
    assignment: str,
    student: str,
    item: str,
    points: float | None,
    reason: str,
) -> None:
    """Notes what somebody would give; None takes it back."""
    row = _row(ledger, assignment, student, item, points, reason)
    ledger.write(lambda connection: connection.execute(sa.insert(drafts).values(row)))


def open_drafts(
    connection: sa.Connection, assignment: str, who: str
) -> dict[_Place, Draft]:
    """What one reviewer has noted and not confirmed, by student and item."""
    query = (
        sa.select(drafts)
        .where(drafts.c.assignment == assignment, drafts.c.who == who)
        .order_by(drafts.c.id)
    )
    latest = {(row.student, row.item): row for row in connection.execute(query)}
    return {
        place: Draft(
            student=row.student,
            item=row.item,
            points=row.points,
            reason=row.reason,
            at=row.at,
        )
        for place, row in latest.items()
        if row.points is not None
    }


def confirm_drafts(
    ledger: Ledger, assignment: str, over_points: Mapping[_Place, float | None]
) -> list[Draft]:
    """Makes drafts count, all of them or none.

    Args:
        ledger: in the name of whose reviewer.
        assignment: its name.
        over_points: the automatic points now, by student and item, of the drafts that
            are meant; a draft that is not named stays a draft.

    Returns:
        Those that count now.
    """

    def write(connection: sa.Connection) -> list[Draft]:
        known = open_drafts(connection, assignment, ledger.who)
        meant = [draft for place, draft in known.items() if place in over_points]
        if meant:
            connection.execute(
                sa.insert(adjustments),
                [
                    {
                        **_row(ledger, assignment, *_of(draft)),
                        "over_points": over_points[draft.student, draft.item],
                    }
                    for draft in meant
                ],
            )
            connection.execute(
                sa.insert(drafts),
                [
                    _row(ledger, assignment, one.student, one.item, None, CONFIRMED)
                    for one in meant
                ],
            )
        return meant

    return ledger.write(write)


def _of(draft: Draft) -> tuple[str, str, float, str]:
    return draft.student, draft.item, draft.points, draft.reason


def _row(
    ledger: Ledger,
    assignment: str,
    student: str,
    item: str,
    points: float | None,
    reason: str,
) -> dict[str, Any]:
    return {
        "assignment": assignment,
        "student": student,
        "item": item,
        "points": points,
        "who": ledger.who,
        "reason": reason,
        "at": now(),
    }
