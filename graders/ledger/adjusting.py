"""What persons decide: points, extensions, groups, publishing, holding back.

Each is a layer of its own over the automatic scores. A later row takes the place of
an earlier one; the earlier one stays, with who, when and why.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from graders.ledger.clock import now
from graders.ledger.opening import Ledger
from graders.ledger.tables import (
    adjustments,
    extensions,
    memberships,
    publications,
    quarantines,
)
from graders.records import Adjustment


def adjust(
    ledger: Ledger,
    assignment: str,
    student: str,
    item: str,
    points: float | None,
    *,
    over_points: float | None,
    reason: str,
) -> None:
    """Gives points for an item, or the whole if it is empty; None takes them back.

    Args:
        ledger: where.
        assignment: its name.
        student: whose.
        item: id.
        points: that count from now on.
        over_points: the automatic ones, now.
        reason: why.
    """
    what = {"item": item, "points": points, "over_points": over_points}
    _sign(
        ledger,
        adjustments,
        reason,
        {"assignment": assignment, "student": student, **what},
    )


def adjusted(
    connection: sa.Connection, assignment: str, student: str | None = None
) -> Mapping[str, list[Adjustment]]:
    """All adjustments by student, oldest first."""
    found: dict[str, list[Adjustment]] = defaultdict(list)
    for row in _rows(connection, adjustments, assignment, student):
        found[row.student].append(
            Adjustment(
                item=row.item,
                points=row.points,
                reason=row.reason,
                who=row.who,
                at=row.at,
                over_points=row.over_points,
            )
        )
    return found


def extend(
    ledger: Ledger, assignment: str, student: str, until: datetime | None, reason: str
) -> None:
    """Gives a student a due date of their own; None takes it back."""
    what = {"assignment": assignment, "student": student, "until": until}
    _sign(ledger, extensions, reason, what)


def extended(
    connection: sa.Connection, assignment: str, student: str | None = None
) -> dict[str, datetime]:
    """Due dates of students who have one of their own."""
    rows = _rows(connection, extensions, assignment, student)
    latest = {row.student: row.until for row in rows}
    return {name: until for name, until in latest.items() if until is not None}


def set_groups(
    ledger: Ledger, assignment: str, groups: Mapping[str, Sequence[str]], reason: str
) -> None:
    """Says who is in which group from now on; whoever is left out is in none."""

    def write(connection: sa.Connection) -> None:
        before = grouped(connection, assignment)
        named = {(group, name) for group, names in groups.items() for name in names}
        were = {(group, name) for group, names in before.items() for name in names}
        rows = [
            _signed(
                ledger,
                reason,
                {
                    "assignment": assignment,
                    "group": group,
                    "student": student,
                    "member": (group, student) in named,
                },
            )
            for group, student in sorted(named ^ were)
        ]
        if rows:
            connection.execute(sa.insert(memberships), rows)

    ledger.write(write)


def grouped(connection: sa.Connection, assignment: str) -> dict[str, list[str]]:
    """Members of each group, by name."""
    latest = {
        (row.group, row.student): row.member
        for row in _rows(connection, memberships, assignment, None)
    }
    groups: dict[str, list[str]] = defaultdict(list)
    for (group, student), member in sorted(latest.items()):
        if member:
            groups[group].append(student)
    return dict(groups)


def publish(ledger: Ledger, assignment: str, reason: str) -> None:
    """Says that students see their marks from now on."""
    _sign(ledger, publications, reason, {"assignment": assignment})


def published_at(connection: sa.Connection, assignment: str) -> datetime | None:
    """When marks were first published; None if they were not."""
    first = (
        sa.select(publications.c.at)
        .where(publications.c.assignment == assignment)
        .order_by(publications.c.id)
        .limit(1)
    )
    return connection.scalar(first)


def hold(
    ledger: Ledger, assignment: str, content: str, *, held: bool, reason: str
) -> None:
    """Keeps a submission from being run again, since it ends workers; or lets it."""
    what = {"assignment": assignment, "content": content, "held": held}
    _sign(ledger, quarantines, reason, what)


def held_back(connection: sa.Connection, assignment: str) -> dict[str, str]:
    """Why a submission is not run, by its content."""
    latest = {
        row.content: row for row in _rows(connection, quarantines, assignment, None)
    }
    return {content: row.reason for content, row in latest.items() if row.held}


def _rows(
    connection: sa.Connection, table: sa.Table, assignment: str, student: str | None
) -> Sequence[Any]:
    query = sa.select(table).where(table.c.assignment == assignment)
    if student is not None:
        query = query.where(table.c.student == student)
    return connection.execute(query.order_by(table.c.id)).all()


def _sign(ledger: Ledger, table: sa.Table, reason: str, what: dict[str, Any]) -> None:
    row = _signed(ledger, reason, what)
    ledger.write(lambda connection: connection.execute(sa.insert(table).values(row)))


def _signed(ledger: Ledger, reason: str, what: dict[str, Any]) -> dict[str, Any]:
    return {**what, "who": ledger.who, "reason": reason, "at": now()}
