"""What a decision rests on, now or at an earlier moment, from the ledger alone."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from graders.ledger.tables import (
    Moment,
    adjustments,
    decisions,
    drafts,
    scores,
    submissions,
)
from graders.reports.wording import points

Whose = tuple[str, str, str]
_Handed = tuple[datetime, str]
_Scored = tuple[datetime, str, Sequence[Sequence[Any]]]
_FEW = 50
"""Items that are asked for one by one; for more, all of the class is read at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Points that a person gave, or took back."""

    points: float | None
    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Two of them are equal if a reviewer would see the same.

    Args:
        attempts: hash of each, in order.
        automatic: points of the item and outcome, for each attempt; None if there is
            no score.
        given: for the item, by a person.
        whole: for the whole mark.
    """

    attempts: tuple[str, ...]
    automatic: tuple[tuple[float, str] | None, ...]
    given: Given | None
    whole: Given | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """All that was ever recorded about one item of one student."""

    item: str
    attempts: Sequence[_Handed]
    scored: Sequence[_Scored]
    given: Sequence[tuple[str, Given]]

    def at(self, moment: datetime | None = None) -> Ground:
        """As it was at a moment; as it is, for None."""

        def known(time: datetime) -> bool:
            return moment is None or time <= moment

        contents = tuple(dict.fromkeys(c for time, c in self.attempts if known(time)))
        latest = {c: items for time, c, items in self.scored if known(time)}
        given = {item: one for item, one in self.given if known(one.at)}
        return Ground(
            attempts=contents,
            automatic=tuple(_of_item(latest.get(c), self.item) for c in contents),
            given=given.get(self.item),
            whole=given.get("") if self.item else None,
        )


def read_grounds(
    connection: sa.Connection, assignment: str, whose: Sequence[Whose]
) -> list[Grounds]:
    """What is recorded about some items, in their order.

    Args:
        connection: of the ledger.
        assignment: its name.
        whose: who handed in, who gets the points, and the item; empty for the whole.
    """
    few = len(whose) <= _FEW
    attempts = _attempts(
        connection, assignment, {o for o, _, _ in whose} if few else ()
    )
    contents = {content for own in attempts.values() for _, content in own}
    scored = _scored(connection, assignment, contents if few else ())
    given = _given(connection, assignment, {s for _, s, _ in whose} if few else ())
    return [
        Grounds(
            item=item,
            attempts=attempts[owner],
            scored=[row for _, own in attempts[owner] for row in scored[own]],
            given=[row for row in given[student] if row[0] in ("", item)],
        )
        for owner, student, item in whose
    ]


def _attempts(
    connection: sa.Connection, assignment: str, owners: Collection[str]
) -> dict[str, list[_Handed]]:
    """When each attempt came, and its content, by owner; of all if none is named."""
    query = sa.select(submissions).where(submissions.c.assignment == assignment)
    if owners:
        query = query.where(submissions.c.student.in_(owners))
    found: dict[str, list[_Handed]] = defaultdict(list)
    for row in connection.execute(query.order_by(submissions.c.attempt)):
        found[row.student].append((row.received_at, row.content))
    return found


def _scored(
    connection: sa.Connection, assignment: str, contents: Collection[str]
) -> dict[str, list[_Scored]]:
    """Since when each score counts, and its items, by content."""
    # A proposal counts from its acceptance on; one that waits is not looked at.
    since = sa.func.coalesce(decisions.c.at, scores.c.at, type_=Moment).label("since")
    query = (
        sa.select(since, scores.c.content, scores.c["items"].label("rows"))
        .join(decisions, decisions.c.proposal_id == scores.c.proposal_id, isouter=True)
        .where(scores.c.assignment == assignment)
        .where(sa.or_(scores.c.proposal_id.is_(None), decisions.c.accepted))
    )
    if contents:
        query = query.where(scores.c.content.in_(contents))
    found: dict[str, list[_Scored]] = defaultdict(list)
    for row in connection.execute(query.order_by(scores.c.id)):
        found[row.content].append((row.since, row.content, row.rows))
    return found


def _given(
    connection: sa.Connection, assignment: str, students: Collection[str]
) -> dict[str, list[tuple[str, Given]]]:
    """What persons gave, by student, oldest first."""
    query = sa.select(adjustments).where(adjustments.c.assignment == assignment)
    if students:
        query = query.where(adjustments.c.student.in_(students))
    found: dict[str, list[tuple[str, Given]]] = defaultdict(list)
    for row in connection.execute(query.order_by(adjustments.c.id)):
        one = Given(points=row.points, who=row.who, at=row.at)
        found[row.student].append((row.item, one))
    return found


def others_drafting(
    connection: sa.Connection, assignment: str, who: str, student: str, item: str
) -> list[str]:
    """Other reviewers who have points in mind for an item."""
    query = (
        sa.select(drafts.c.who, drafts.c.points)
        .where(drafts.c.assignment == assignment, drafts.c.who != who)
        .where(drafts.c.student == student, drafts.c.item == item)
        .order_by(drafts.c.id)
    )
    latest = {row.who: row.points for row in connection.execute(query)}
    return sorted(name for name, points in latest.items() if points is not None)


def changes(before: Ground, after: Ground) -> list[str]:
    """What is otherwise than it was, in words; nothing if they are equal."""
    return list(_changes(before, after))


def _changes(before: Ground, after: Ground) -> Iterator[str]:
    if before.attempts != after.attempts:
        yield "another attempt was handed in"
    elif before.automatic != after.automatic:
        for one, other in zip(before.automatic, after.automatic, strict=True):
            if one != other:
                yield f"the points by checks were {_told(one)}, and are {_told(other)}"
    for was, now, what in (
        (before.given, after.given, ""),
        (before.whole, after.whole, " for the whole mark"),
    ):
        if now is not None and was != now:
            yield (
                f"{now.who} took points back{what}"
                if now.points is None
                else f"{now.who} gave {points(now.points)}{what}"
            )


def _told(automatic: tuple[float, str] | None) -> str:
    if automatic is None:
        return "none"
    number, outcome = automatic
    return f"{points(number)}, {outcome}" if outcome == "broken" else points(number)


def _of_item(
    rows: Sequence[Sequence[Any]] | None, item: str
) -> tuple[float, str] | None:
    """Points and outcome of an item; of the whole, the sum."""
    if rows is None:
        return None
    if not item:
        return round(sum(row[1] for row in rows), 6), ""
    for name, number, _, outcome, *_ in rows:
        if name == item:
            return float(number), str(outcome)
    return None
