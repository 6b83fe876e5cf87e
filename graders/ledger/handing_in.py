"""What students handed in: every attempt, with its text."""

import gzip
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from graders.ledger.clock import now
from graders.ledger.inserting import insert_new
from graders.ledger.opening import Ledger
from graders.ledger.runs import Run
from graders.ledger.streaming import in_parts
from graders.ledger.tables import sources, submissions
from graders.records import Submission
from graders.records.storing import pack_findings, unpack_findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One submission, as it is recorded.

    Args:
        student: or the group.
        number: 1 for the first.
        content: hash of what a grading sees.
        filename: its name.
        submitted_at: when it was handed in, if that is known.
        received_at: when it was first given to `grade batch`.
    """

    student: str
    number: int
    content: str
    filename: str
    submitted_at: datetime | None
    received_at: datetime


def hand_in(
    ledger: Ledger, assignment: str, handed: Sequence[Submission], run: Run
) -> None:
    """Records whatever is not each student's latest attempt already."""

    def write(connection: sa.Connection) -> None:
        latest = _latest(connection, assignment)
        texts, rows = {}, []
        for item in handed:
            before = latest.get(item.student)
            if before is not None and not _is_new(item, before):
                continue
            row = _row(item, assignment, run, before.number + 1 if before else 1)
            latest[item.student] = _Latest(
                row["attempt"], item.content, item.submitted_at
            )
            texts[row["source"]] = item.source
            rows.append(row)
        if rows:
            known = [
                {"sha256": digest, "body": _packed(text)}
                for digest, text in texts.items()
            ]
            connection.execute(insert_new(connection, sources), known)
            connection.execute(sa.insert(submissions), rows)

    ledger.write(write)


def attempts(
    connection: sa.Connection, assignment: str, student: str | None = None
) -> Iterable[Attempt]:
    """All attempts, by student and number."""
    table = submissions.c
    query = sa.select(
        table.student,
        table.attempt,
        table.content,
        table.filename,
        table.submitted_at,
        table.received_at,
    ).where(table.assignment == assignment)
    if student is not None:
        query = query.where(table.student == student)
    for row in in_parts(connection, query.order_by(table.student, table.attempt)):
        yield Attempt(
            student=row.student,
            number=row.attempt,
            content=row.content,
            filename=row.filename,
            submitted_at=row.submitted_at,
            received_at=row.received_at,
        )


def submission_of(
    connection: sa.Connection, assignment: str, content: str
) -> Submission | None:
    """What was handed in under that hash, to be graded once more; None if nothing."""
    row = connection.execute(
        sa.select(submissions, sources.c.body)
        .join(sources, sources.c.sha256 == submissions.c.source)
        .where(submissions.c.assignment == assignment)
        .where(submissions.c.content == content)
        .order_by(submissions.c.id)
        .limit(1)
    ).first()
    if row is None:
        return None
    return Submission(
        student=row.student,
        filename=row.filename,
        source=gzip.decompress(row.body).decode(),
        sha256=row.sha256,
        problem=unpack_findings(row.problem)[0] if row.problem else None,
        submitted_at=row.submitted_at,
    )


@dataclass(frozen=True, slots=True)
class _Latest:
    """What is compared with a student's latest attempt."""

    number: int
    content: str
    submitted_at: datetime | None


def _latest(connection: sa.Connection, assignment: str) -> dict[str, _Latest]:
    table = submissions.c
    last = (
        sa.select(sa.func.max(table.id))
        .where(table.assignment == assignment)
        .group_by(table.student)
    )
    query = sa.select(
        table.student, table.attempt, table.content, table.submitted_at
    ).where(table.id.in_(last))
    return {name: _Latest(*row) for name, *row in connection.execute(query)}


def _is_new(item: Submission, latest: _Latest) -> bool:
    if item.content != latest.content:
        return True
    # Of the same file the earliest time counts, so a later one is no news.
    known, told = latest.submitted_at, item.submitted_at
    return told is not None and (known is None or told < known)


def _row(item: Submission, assignment: str, run: Run, number: int) -> dict[str, Any]:
    return {
        "assignment": assignment,
        "student": item.student,
        "attempt": number,
        "content": item.content,
        "filename": item.filename,
        "sha256": item.sha256,
        "source": _sha256(item.source),
        "problem": pack_findings([item.problem]) if item.problem else None,
        "submitted_at": item.submitted_at,
        "received_at": now(),
        "run_id": run.id,
    }


def _packed(text: str) -> bytes:
    return gzip.compress(text.encode(), mtime=0)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
