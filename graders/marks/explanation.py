"""How a mark came about, from the ledger alone: checks and files may be gone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from graders.ledger import (
    Attempt,
    adjusted,
    attempts,
    extended,
    judged_by_number,
    rubric_of,
    stored_record,
)
from graders.ledger.tables import decisions, proposals, rubrics, scores
from graders.marks.arithmetic import arithmetic
from graders.marks.asked import Asked, by_check
from graders.marks.class_marks import StudentMark, read_marks
from graders.marks.graded_assignment import GradedAssignment
from graders.records import Adjustment, Record
from graders.records.storing import unpack_observations
from graders.rubric import Rubric


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A score that the submission was given.

    Args:
        at: when.
        rubric_version: of the rubric that gave it.
        items: points, by item.
        points: of all.
        proposal: number of what it was proposed in; None if it counted at once.
        kind: of the command that proposed it.
        who: proposed it.
        reason: why.
        accepted: whether it was; None as long as nobody has decided.
        decided_by: who did.
        decided_at: when.
        decided_why: why.
    """

    at: datetime
    rubric_version: int
    items: Mapping[str, float]
    points: float
    proposal: int | None
    kind: str
    who: str
    reason: str
    accepted: bool | None
    decided_by: str
    decided_at: datetime | None
    decided_why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All that is known of one student's mark.

    Args:
        graded: the assignment, and the rubric that marks are made by.
        mark: of the student.
        attempts: all of them.
        record: what was found, in words; None if nothing is graded yet.
        check_points: what each check is worth, by the rubric of the score.
        asked: questions and answers, by check.
        adjustments: points that persons gave, oldest first; withdrawn ones too.
        arithmetic: from the items to the mark, line by line.
        steps: scores of the attempt that counts, oldest first.
    """

    graded: GradedAssignment
    mark: StudentMark
    attempts: Sequence[Attempt]
    record: Record | None
    check_points: Mapping[str, float]
    asked: Mapping[str, Sequence[Asked]]
    adjustments: Sequence[Adjustment]
    arithmetic: Sequence[str]
    steps: Sequence[Step]


def explain(
    connection: sa.Connection,
    graded: GradedAssignment,
    student: str,
    *,
    with_questions: bool,
) -> list[Explanation]:
    """How a student's mark came about; of a group, those of all its members.

    Args:
        connection: of the ledger.
        graded: the assignment.
        student: name of a student or a group.
        with_questions: whether answers are read as well, which takes longer.
    """
    marks = read_marks(connection, graded.name, graded.rubric, student=student)
    return [_explain(connection, graded, one, with_questions) for one in marks]


def _explain(
    connection: sa.Connection,
    graded: GradedAssignment,
    one: StudentMark,
    with_questions: bool,
) -> Explanation:
    name, owner = graded.name, one.group or one.student
    record, check_points = None, {}
    asked: dict[str, Sequence[Asked]] = {}
    if one.standing is not None:
        rubric = rubric_of(connection, one.standing.rubric)
        check_points = _check_points(Rubric.model_validate_json(rubric.text))
        row = next(judged_by_number(connection, [one.standing.judgement]))
        groups = None if with_questions else ()
        stored = stored_record(connection, row, name, groups=groups)
        record = stored.record
        for body in stored.observations.values():
            for check, questions in by_check(unpack_observations(body)).items():
                asked[check] = [*asked.get(check, ()), *questions]
    due = extended(connection, name, one.student).get(one.student)
    return Explanation(
        graded=graded,
        mark=one,
        attempts=tuple(attempts(connection, name, owner)),
        record=record,
        check_points=check_points,
        asked=asked,
        adjustments=adjusted(connection, name, one.student).get(one.student, ()),
        arithmetic=tuple(arithmetic(one, graded.rubric.policy, due)),
        steps=tuple(_steps(connection, name, one.attempt.content)),
    )


def _check_points(rubric: Rubric) -> dict[str, float]:
    return {
        f"{task.id}.{check}": points
        for task in rubric.tasks
        for check, points in task.checks.items()
    }


def _steps(connection: sa.Connection, assignment: str, content: str) -> list[Step]:
    query = (
        sa.select(
            scores.c.at,
            scores.c.points,
            scores.c["items"].label("rows"),
            rubrics.c.version,
            scores.c.proposal_id,
            proposals.c.kind,
            proposals.c.who,
            proposals.c.reason,
            decisions.c.accepted,
            decisions.c.who.label("decided_by"),
            decisions.c.at.label("decided_at"),
            decisions.c.reason.label("decided_why"),
        )
        .join(rubrics, rubrics.c.id == scores.c.rubric_id)
        .join(proposals, proposals.c.id == scores.c.proposal_id, isouter=True)
        .join(decisions, decisions.c.proposal_id == scores.c.proposal_id, isouter=True)
        .where(scores.c.assignment == assignment, scores.c.content == content)
        .order_by(scores.c.id)
    )
    return [
        Step(
            at=row.at,
            rubric_version=row.version,
            items={item[0]: item[1] for item in row.rows},
            points=row.points,
            proposal=row.proposal_id,
            kind=row.kind or "",
            who=row.who or "",
            reason=row.reason or "",
            accepted=row.accepted,
            decided_by=row.decided_by or "",
            decided_at=row.decided_at,
            decided_why=row.decided_why or "",
        )
        for row in connection.execute(query)
    ]
