"""Every rubric that has given marks, with its text; and which one stands."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from graders.ledger.clock import now
from graders.ledger.inserting import insert_new
from graders.ledger.opening import Ledger
from graders.ledger.tables import decisions, proposals, rubrics


@dataclass(frozen=True, slots=True)
class KnownRubric:
    """A rubric as it was.

    Args:
        id: its row.
        version: that it says.
        marks: hash of all in it that alters marks.
        text: all of it, as JSON.
    """

    id: int
    version: int
    marks: str
    text: str


def known_rubrics(ledger: Ledger, assignment: str) -> Sequence[KnownRubric]:
    """Those of an assignment, oldest first."""
    query = (
        sa.select(rubrics)
        .where(rubrics.c.assignment == assignment)
        .order_by(rubrics.c.id)
    )
    rows = ledger.read(lambda connection: connection.execute(query).all())
    return [KnownRubric(row.id, row.version, row.marks, row.body) for row in rows]


def keep_rubric(
    ledger: Ledger, assignment: str, version: int, marks: str, text: str
) -> KnownRubric:
    """Records a rubric, unless it is there."""
    digest = hashlib.sha256(text.encode()).hexdigest()

    def write(connection: sa.Connection) -> int:
        row = {
            "assignment": assignment,
            "version": version,
            "marks": marks,
            "sha256": digest,
            "body": text,
            "at": now(),
        }
        connection.execute(insert_new(connection, rubrics).values(row))
        found = sa.select(rubrics.c.id).where(
            rubrics.c.assignment == assignment, rubrics.c.sha256 == digest
        )
        return connection.execute(found).scalar_one()

    return KnownRubric(ledger.write(write), version, marks, text)


def standing_rubric(connection: sa.Connection, assignment: str) -> KnownRubric | None:
    """The one that marks are made by now: of the proposal that was accepted last.

    Before there is any, it is the first that was used; None if there is none.
    """
    accepted = (
        sa.select(rubrics)
        .join(proposals, proposals.c.rubric_id == rubrics.c.id)
        .join(decisions, decisions.c.proposal_id == proposals.c.id)
        .where(proposals.c.assignment == assignment, decisions.c.accepted)
        .order_by(proposals.c.id.desc())  # Never is an older one accepted later.
        .limit(1)
    )
    first = (
        sa.select(rubrics)
        .where(rubrics.c.assignment == assignment)
        .order_by(rubrics.c.id)
        .limit(1)
    )
    row = connection.execute(accepted).first() or connection.execute(first).first()
    if row is None:
        return None
    return KnownRubric(row.id, row.version, row.marks, row.body)


def graded_assignments(connection: sa.Connection) -> Sequence[str]:
    """Names of all that the ledger has anything of."""
    names = sa.select(rubrics.c.assignment).distinct().order_by(rubrics.c.assignment)
    return connection.scalars(names).all()


def rubric_of(connection: sa.Connection, number: int) -> KnownRubric:
    """The rubric of that row."""
    row = connection.execute(sa.select(rubrics).where(rubrics.c.id == number)).one()
    return KnownRubric(row.id, row.version, row.marks, row.body)
