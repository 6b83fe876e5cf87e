"""What was recorded, read again: judgements without words, and whole gradings."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from graders.ledger.streaming import in_parts
from graders.ledger.tables import executions, judgements, observations
from graders.records import Finding, Outcome, Record, RecordKey, Score, Tier
from graders.records.storing import PackedRecord, unpack_findings

_AT_A_TIME = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is kept of one judgement, without what only a report needs.

    Args:
        id: its row.
        execution: the row of the execution it judges.
        key: of the execution; its suite is the one that judged.
        groups: hash of the checks of each group.
        findings: outcome, check and task of each; no words.
        style: the same of what was found of style.
        tier: of the walls.
        decided: whether nothing is broken.
    """

    id: int
    execution: int
    key: RecordKey
    groups: Mapping[str, str]
    findings: tuple[Finding, ...]
    style: tuple[Finding, ...]
    tier: Tier
    decided: bool


def judged(
    connection: sa.Connection,
    assignment: str,
    suite: str,
) -> Iterator[Judged]:
    """What a suite has judged of an assignment, each execution once, oldest first."""
    last = (
        sa.select(sa.func.max(judgements.c.id))
        .where(judgements.c.suite == suite)
        .group_by(judgements.c.execution_id)
    )
    which = sa.and_(executions.c.assignment == assignment, judgements.c.id.in_(last))
    return _judged(connection, which)


def judged_by_number(
    connection: sa.Connection, numbers: Sequence[int]
) -> Iterator[Judged]:
    """Single judgements, oldest execution first."""
    for start in range(0, len(numbers), _AT_A_TIME):
        some = judgements.c.id.in_(numbers[start : start + _AT_A_TIME])
        yield from _judged(connection, some)


def findings_of(connection: sa.Connection, judgement: int) -> tuple[Finding, ...]:
    """All that was found, with its words; of style too."""
    body = sa.select(judgements.c.body).where(judgements.c.id == judgement)
    return unpack_findings(connection.execute(body).scalar_one())


def findings_by_number(
    connection: sa.Connection, numbers: Sequence[int]
) -> Iterator[tuple[int, tuple[Finding, ...]]]:
    """The number of each judgement, and all that it found; of style too."""
    for start in range(0, len(numbers), _AT_A_TIME):
        some = judgements.c.id.in_(numbers[start : start + _AT_A_TIME])
        bodies = sa.select(judgements.c.id, judgements.c.body).where(some)
        for row in in_parts(connection, bodies):
            yield row.id, unpack_findings(row.body)


@dataclass(frozen=True, slots=True)
class Executed:
    """When a submission was run, and for how long.

    Args:
        at: with its time zone.
        duration_s: of the whole grading.
    """

    at: datetime
    duration_s: float


def executed(connection: sa.Connection, numbers: Sequence[int]) -> dict[int, Executed]:
    """The execution behind each judgement, by the judgement's number."""
    found = {}
    for start in range(0, len(numbers), _AT_A_TIME):
        query = (
            sa.select(judgements.c.id, executions.c.at, executions.c.duration_s)
            .join(executions, executions.c.id == judgements.c.execution_id)
            .where(judgements.c.id.in_(numbers[start : start + _AT_A_TIME]))
        )
        for row in connection.execute(query):
            found[row.id] = Executed(row.at, row.duration_s)
    return found


def stored_record(
    connection: sa.Connection,
    judged: Judged,
    assignment: str,
    groups: Collection[str] | None = None,
) -> PackedRecord:
    """A grading as it was made, but for its score and for who handed it in.

    Args:
        connection: of the ledger.
        judged: which.
        assignment: its name.
        groups: whose observations are wanted; None for all.
    """
    (stored,) = stored_records(connection, [judged], assignment, groups)
    return stored


def stored_records(
    connection: sa.Connection,
    judged: Sequence[Judged],
    assignment: str,
    groups: Collection[str] | None = None,
) -> list[PackedRecord]:
    """The same for some at once, in their order."""
    which = [one.execution for one in judged]
    rows = connection.execute(sa.select(executions).where(executions.c.id.in_(which)))
    by_number = {row.id: row for row in rows}
    bodies = sa.select(judgements.c.id, judgements.c.body).where(
        judgements.c.id.in_([one.id for one in judged])
    )
    found = {row.id: row.body for row in connection.execute(bodies)}
    asked = sa.select(observations).where(observations.c.execution_id.in_(which))
    if groups is not None:
        asked = asked.where(observations.c.group.in_(groups))
    seen: dict[int, dict[str, bytes]] = defaultdict(dict)
    for row in connection.execute(asked):
        seen[row.execution_id][row.group] = row.body
    return [
        PackedRecord(
            _stored(assignment, one, by_number[one.execution], found[one.id]),
            seen[one.execution],
        )
        for one in judged
    ]


def _stored(assignment: str, judged: Judged, row: Any, body: bytes) -> Record:
    found = unpack_findings(body)
    split = len(found) - len(judged.style)
    return Record(
        assignment=assignment,
        student="",
        filename=row.filename,
        key=judged.key,
        public_only=row.public_only,
        observations=(),
        findings=found[:split],
        score=Score(items=()),
        duration_s=row.duration_s,
        tier=Tier(row.tier),
        layers=tuple(row.layers),
        style=found[split:],
        versions=tuple(row.versions.items()),
    )


def _judged(connection: sa.Connection, which: Any) -> Iterator[Judged]:
    query = (
        sa.select(
            judgements.c.id,
            judgements.c.execution_id,
            judgements.c.suite,
            judgements.c.groups,
            judgements.c.outcomes,
            judgements.c.decided,
            executions.c.content,
            executions.c.data,
            executions.c.environment,
            executions.c.seed,
            executions.c.tier,
        )
        .join(executions, executions.c.id == judgements.c.execution_id)
        .where(which)
        .order_by(executions.c.id)
    )
    for row in in_parts(connection, query):
        yield Judged(
            id=row.id,
            execution=row.execution_id,
            key=RecordKey(
                submission=row.content,
                suite=row.suite,
                data=row.data,
                environment=row.environment,
                seed=row.seed,
            ),
            groups=row.groups,
            findings=_told(row.outcomes["findings"]),
            style=_told(row.outcomes["style"]),
            tier=Tier(row.tier),
            decided=row.decided,
        )


def _told(rows: Iterable[Sequence[str]]) -> tuple[Finding, ...]:
    return tuple(_bare(*row) for row in rows)


@lru_cache(maxsize=4096)  # Four for each check: thousands of gradings share them.
def _bare(check: str, task: str, outcome: str) -> Finding:
    """A finding without words."""
    return Finding(check=check, task=task, outcome=Outcome(outcome))
