"""Which rows the audit trail is told from."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from graders.ledger.tables import (
    adjustments,
    decisions,
    executions,
    extensions,
    judgements,
    memberships,
    proposals,
    publications,
    quarantines,
    rubrics,
    runs,
    scores,
    submissions,
)


class About:
    """Which rows are asked for.

    Args:
        assignment: its name; None for all.
        student: who; None for all.
    """

    def __init__(self, assignment: str | None, student: str | None) -> None:
        self._assignment, self.student = assignment, student

    def of(self, table: sa.Table) -> sa.ColumnElement[bool]:
        """Rows of the assignment."""
        if self._assignment is None:
            return sa.true()
        return table.c.assignment == self._assignment

    def named(self, table: sa.Table) -> sa.ColumnElement[bool]:
        """Rows that name the student, or a group that the student was ever in."""
        if self.student is None:
            return sa.true()
        joined = memberships.alias("joined")
        of_group = sa.select(joined.c.id).where(
            joined.c.student == self.student,
            joined.c.group == table.c.student,
            joined.c.assignment == table.c.assignment,
        )
        return sa.or_(table.c.student == self.student, of_group.exists())

    def handed_in(self, table: sa.FromClause) -> sa.ColumnElement[bool]:
        """Rows of a content that the student, or the group, has handed in."""
        return self._has_submission(
            submissions.c.assignment == table.c.assignment,
            submissions.c.content == table.c.content,
        )

    def taken(self, table: sa.Table) -> sa.ColumnElement[bool]:
        """Rows of an assignment that the student, or the group, has handed in."""
        return self._has_submission(submissions.c.assignment == table.c.assignment)

    def scored(self, table: sa.Table) -> sa.ColumnElement[bool]:
        """Proposals that have a score of the student's."""
        if self.student is None:
            return sa.true()
        own = scores.alias("own")
        found = sa.select(own.c.id).where(own.c.proposal_id == table.c.id)
        return found.where(self.handed_in(own)).exists()

    def _has_submission(self, *same: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
        if self.student is None:
            return sa.true()
        own = sa.select(submissions.c.id).where(*same, self.named(submissions))
        return own.exists()


def _runs(about: About) -> "sa.Select[Any] | None":
    if about.student is not None:
        return None
    return _rows(runs, about)


def _submissions(about: About) -> "sa.Select[Any]":
    table = submissions.c
    return (
        sa.select(
            table.assignment,
            table.student,
            table.attempt,
            table.content,
            table.filename,
            table.submitted_at,
            table.received_at.label("at"),
            runs.c.who,
            runs.c.id.label("run"),
        )
        .join(runs, runs.c.id == table.run_id)
        .where(about.of(submissions), about.named(submissions))
        .order_by(table.received_at, table.id)
    )


def _scores(about: About) -> "sa.Select[Any] | None":
    """A score is made in the name of whoever ran the submission, or proposed it."""
    if about.student is None:
        return None
    table = scores.c
    return (
        sa.select(
            table.assignment,
            table.content,
            table.points,
            table.max_points,
            table.decided,
            table.proposal_id,
            table.at,
            sa.func.coalesce(proposals.c.who, runs.c.who).label("who"),
            rubrics.c.version,
        )
        .join(judgements, judgements.c.id == table.judgement_id)
        .join(executions, executions.c.id == judgements.c.execution_id)
        .join(runs, runs.c.id == executions.c.run_id)
        .join(rubrics, rubrics.c.id == table.rubric_id)
        .join(proposals, proposals.c.id == table.proposal_id, isouter=True)
        .where(about.of(scores), about.handed_in(scores))
        .order_by(table.at, table.id)
    )


def _proposals(about: About) -> "sa.Select[Any]":
    number = (
        sa.select(sa.func.count())
        .select_from(scores)
        .where(scores.c.proposal_id == proposals.c.id)
        .scalar_subquery()
    )
    return (
        sa.select(proposals, rubrics.c.version, number.label("scores"))
        .join(rubrics, rubrics.c.id == proposals.c.rubric_id)
        .where(about.of(proposals), about.scored(proposals))
        .order_by(proposals.c.at, proposals.c.id)
    )


def _decisions(about: About) -> "sa.Select[Any]":
    return (
        sa.select(decisions, proposals.c.assignment)
        .join(proposals, proposals.c.id == decisions.c.proposal_id)
        .where(about.of(proposals), about.scored(proposals))
        .order_by(decisions.c.at, decisions.c.proposal_id)
    )


def _rows(table: sa.Table, about: About) -> "sa.Select[Any]":
    query = sa.select(table).where(about.of(table)).order_by(table.c.at, table.c.id)
    if "student" in table.c:
        return query.where(about.named(table))
    if "content" in table.c:
        return query.where(about.handed_in(table))
    return query.where(about.taken(table))


def _signed(table: sa.Table) -> Callable[[About], "sa.Select[Any] | None"]:
    return lambda about: _rows(table, about)


QUERIES: dict[str, Callable[[About], "sa.Select[Any] | None"]] = {
    "run": _runs,
    "submission": _submissions,
    "score": _scores,
    "proposal": _proposals,
    "decision": _decisions,
    "adjustment": _signed(adjustments),
    "extension": _signed(extensions),
    "membership": _signed(memberships),
    "publication": _signed(publications),
    "quarantine": _signed(quarantines),
}
"""By the kind of event; none where a kind is not asked for."""
