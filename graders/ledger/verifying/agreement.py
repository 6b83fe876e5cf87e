"""Rows that do not agree with one another, or with themselves."""

from collections.abc import Generator
from typing import Any

import sqlalchemy as sa

from graders.ledger.standing import score_of
from graders.ledger.streaming import in_parts
from graders.ledger.tables import (
    executions,
    judgements,
    proposals,
    rubrics,
    scores,
    submissions,
)
from graders.ledger.verifying.database import where
from graders.ledger.verifying.fault import Fault
from graders.records import Score


def attempts(connection: sa.Connection) -> Generator[Fault, None, None]:
    """Students whose attempts are not 1, 2, 3 and so on."""
    table = submissions.c
    last = sa.func.max(table.attempt)
    different = sa.func.count(sa.distinct(table.attempt))
    query = (
        sa.select(table.assignment, table.student, sa.func.count(), last)
        .group_by(table.assignment, table.student)
        .having(
            sa.or_(
                sa.func.min(table.attempt) != 1,
                last != sa.func.count(),
                different != sa.func.count(),
            )
        )
    )
    for assignment, student, number, latest in in_parts(connection, query):
        yield Fault(
            f"{student!r} has {number} attempts, and the last has the number {latest}",
            where("submissions of", assignment),
        )


def executions_of_one_key(connection: sa.Connection) -> Generator[Fault, None, None]:
    """Executions that were decided twice."""
    names = ("content", "suite", "data", "environment", "seed", "tier", "assignment")
    columns = [executions.c[name] for name in names]
    query = (
        sa.select(sa.func.min(executions.c.id), sa.func.max(executions.c.id))
        .where(executions.c.decided)
        .group_by(*columns)
        .having(sa.func.count() > 1)
    )
    for first, last in in_parts(connection, query):
        yield Fault(
            f"it has the key of executions {first}, which was decided already",
            where("executions", last),
        )


def score_sums(connection: sa.Connection) -> Generator[Fault, None, None]:
    """Scores whose sums are not those of their items."""
    table = scores.c
    query = sa.select(
        table.id, table.points, table.max_points, table.decided, table["items"]
    )
    for number, points, most, decided, items in in_parts(connection, query):
        score = _score(items)
        place = where("scores", number)
        if score is None:
            yield Fault("its items cannot be read", place)
        elif (score.points, score.max_points) != (points, most):
            yield Fault(
                f"it has {points:g} of {most:g} points, and its items have"
                f" {score.points:g} of {score.max_points:g}",
                place,
            )
        elif score.broken is decided:
            yield Fault("whether it is decided is not what its items say", place)


def scores_of_nothing(connection: sa.Connection) -> Generator[Fault, None, None]:
    """Scores of what nobody has handed in."""
    handed_in = (
        sa.select(submissions.c.id)
        .where(submissions.c.assignment == scores.c.assignment)
        .where(submissions.c.content == scores.c.content)
    )
    query = sa.select(scores.c.id, scores.c.content).where(~handed_in.exists())
    for number, content in in_parts(connection, query):
        yield Fault(
            f"nobody has handed in the submission {content}", where("scores", number)
        )


def mixed_rows(connection: sa.Connection) -> Generator[Fault, None, None]:
    """Scores by the rubric, or of the judgement, of something else."""
    query = (
        sa.select(
            scores.c.id,
            scores.c.assignment == executions.c.assignment,
            scores.c.content == executions.c.content,
            scores.c.assignment == rubrics.c.assignment,
            sa.func.coalesce(scores.c.assignment == proposals.c.assignment, sa.true()),
        )
        .join(judgements, judgements.c.id == scores.c.judgement_id)
        .join(executions, executions.c.id == judgements.c.execution_id)
        .join(rubrics, rubrics.c.id == scores.c.rubric_id)
        .join(proposals, proposals.c.id == scores.c.proposal_id, isouter=True)
    )
    names = ("judgement", "judgement", "rubric", "proposal")
    for number, *agree in in_parts(connection, query):
        for name, same in zip(names, agree, strict=True):
            if not same:
                what = (
                    "submission or assignment" if name == "judgement" else "assignment"
                )
                yield Fault(f"its {name} is of another {what}", where("scores", number))
                break


def _score(items: Any) -> Score | None:
    try:
        return score_of(items, {})
    except (TypeError, ValueError):
        return None
