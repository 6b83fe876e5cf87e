"""Marks that would change: proposed, looked at, and then accepted or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from graders.errors import UsageError
from graders.ledger.clock import now
from graders.ledger.inserting import insert_new, insert_row
from graders.ledger.opening import Ledger
from graders.ledger.tables import decisions, proposals, scores


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Scores that do not count yet.

    Args:
        id: its number.
        kind: of the command that made it.
        rubric: row of the rubric that it would make stand.
        who: made it.
        reason: why.
        at: when.
    """

    id: int
    kind: str
    rubric: int
    who: str
    reason: str
    at: datetime


def propose(
    ledger: Ledger,
    assignment: str,
    kind: str,
    rubric: int,
    reason: str,
    rows: Sequence[Mapping[str, Any]] = (),
) -> Proposal:
    """Opens a proposal; an older one that is still open is thereby turned down.

    Args:
        ledger: where.
        assignment: its name.
        kind: of the command.
        rubric: row of the rubric that would stand.
        reason: why.
        rows: of `score_row`, which are recorded with it, all or none.
    """
    at = now()

    def write(connection: sa.Connection) -> int:
        for before in _open(connection, assignment):
            _decide(connection, before.id, False, ledger.who, "a newer one was made")
        row = {
            "assignment": assignment,
            "kind": kind,
            "rubric_id": rubric,
            "who": ledger.who,
            "reason": reason,
            "at": at,
        }
        number = insert_row(connection, proposals, row)
        if rows:
            belong = [{**score, "proposal_id": number} for score in rows]
            connection.execute(sa.insert(scores), belong)
        return number

    number = ledger.write(write)
    return Proposal(
        id=number, kind=kind, rubric=rubric, who=ledger.who, reason=reason, at=at
    )


def open_proposal(ledger: Ledger, assignment: str) -> Proposal | None:
    """The one that waits for a decision, if there is one."""
    found = ledger.read(lambda connection: _open(connection, assignment))
    return found[-1] if found else None


def decide(ledger: Ledger, proposal: Proposal, *, accepted: bool, reason: str) -> None:
    """Accepts a proposal, or turns it down, for good.

    Raises:
        UsageError: if somebody has decided otherwise meanwhile.
    """

    def write(connection: sa.Connection) -> bool:
        _decide(connection, proposal.id, accepted, ledger.who, reason)
        decided = sa.select(decisions.c.accepted).where(
            decisions.c.proposal_id == proposal.id
        )
        return connection.execute(decided).scalar_one()

    if ledger.write(write) is not accepted:
        raise UsageError(
            f"proposal {proposal.id} was decided otherwise meanwhile",
            "grade confirm",
            "See `grade audit` for who has decided, and make the proposal anew.",
        )


def _open(connection: sa.Connection, assignment: str) -> list[Proposal]:
    undecided = (
        sa.select(proposals)
        .join(decisions, decisions.c.proposal_id == proposals.c.id, isouter=True)
        .where(proposals.c.assignment == assignment)
        .where(decisions.c.proposal_id.is_(None))
        .order_by(proposals.c.id)
    )
    return [
        Proposal(
            id=row.id,
            kind=row.kind,
            rubric=row.rubric_id,
            who=row.who,
            reason=row.reason,
            at=row.at,
        )
        for row in connection.execute(undecided)
    ]


def _decide(
    connection: sa.Connection, proposal: int, accepted: bool, who: str, reason: str
) -> None:
    row = {
        "proposal_id": proposal,
        "accepted": accepted,
        "who": who,
        "reason": reason,
        "at": now(),
    }
    connection.execute(insert_new(connection, decisions).values(row))
