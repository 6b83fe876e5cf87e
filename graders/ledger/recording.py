"""Keeps what was observed, found and awarded; nothing of it is changed afterwards."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from graders.ledger.clock import now
from graders.ledger.inserting import insert_new, insert_row
from graders.ledger.opening import Ledger
from graders.ledger.runs import Run
from graders.ledger.tables import (
    claims,
    executions,
    judgements,
    observations,
    scores,
)
from graders.records import (
    ItemScore,
    Outcome,
    Record,
    RecordKey,
    Score,
)
from graders.records.storing import PackedRecord, pack_findings

_AT_A_TIME = 400


@dataclass(frozen=True, slots=True)
class Graded:
    """A grading that is to be kept.

    Args:
        packed: the record; its score is that of the rubric below.
        rubric: row of the rubric.
        proposal: row of the proposal, if a mark that stands would change; else None.
    """

    packed: PackedRecord
    rubric: int
    proposal: int | None


def claim_key(key: RecordKey) -> str:
    """The key as one text, under which a run claims it."""
    parts = (key.submission, key.suite, key.data, key.environment, key.seed)
    return "-".join(map(str, parts))


def keep(
    ledger: Ledger, run: Run, graded: Sequence[Graded], groups: Mapping[str, str]
) -> None:
    """Records gradings, all or none, and gives their claims back.

    What somebody else has recorded meanwhile under the same key stays as it is.

    Args:
        ledger: where.
        run: that graded them.
        graded: what came of it.
        groups: hash of the checks of each group.
    """

    def write(connection: sa.Connection) -> None:
        for item in graded:
            execution = _insert_execution(connection, item.packed, run)
            if execution is not None:
                judgement = insert_judgement(
                    connection, execution, item.packed.record, groups
                )
                record = item.packed.record
                row = score_row(
                    run.assignment,
                    record.key.submission,
                    judgement,
                    record.score,
                    item.rubric,
                    item.proposal,
                )
                connection.execute(sa.insert(scores).values(row))
        done = [claim_key(item.packed.record.key) for item in graded]
        connection.execute(
            sa.delete(claims).where(claims.c.run_id == run.id, claims.c.key.in_(done))
        )

    ledger.write(write)


def keep_scores(ledger: Ledger, rows: Sequence[dict[str, Any]]) -> None:
    """Records rows of `score_row`, all or none."""
    ledger.write(lambda connection: connection.execute(sa.insert(scores), list(rows)))


def _insert_execution(
    connection: sa.Connection, packed: PackedRecord, run: Run
) -> int | None:
    record = packed.record
    row = {
        "assignment": run.assignment,
        **_key_columns(record.key),
        "public_only": record.public_only,
        "filename": record.filename,
        "tier": record.tier.value,
        "layers": list(record.layers),
        "versions": dict(record.versions),
        "duration_s": record.duration_s,
        "decided": _is_decided(record),
        "run_id": run.id,
        "at": now(),
    }
    number: int | None = connection.scalar(
        insert_new(connection, executions).values(row).returning(executions.c.id)
    )
    if number is not None and packed.observations:
        rows = [
            {
                "execution_id": number,
                "group": group,
                "sha256": sha256(body),
                "body": body,
            }
            for group, body in packed.observations.items()
        ]
        connection.execute(sa.insert(observations), rows)
    return number


def insert_judgement(
    connection: sa.Connection,
    execution: int,
    record: Record,
    groups: Mapping[str, str],
) -> int:
    """Keeps what was found; the row's number."""
    return insert_row(connection, judgements, judgement_row(execution, record, groups))


def keep_judgements(ledger: Ledger, rows: Sequence[dict[str, Any]]) -> None:
    """Records rows of `judgement_row`, all or none."""
    ledger.write(
        lambda connection: connection.execute(sa.insert(judgements), list(rows))
    )


def judgement_row(
    execution: int, record: Record, groups: Mapping[str, str]
) -> dict[str, Any]:
    """A row of `judgements`.

    Args:
        execution: what was judged.
        record: what was found.
        groups: hash of the checks of each group.
    """
    body = pack_findings((*record.findings, *record.style))
    return {
        "execution_id": execution,
        "suite": record.key.suite,
        "groups": dict(groups),
        "outcomes": {
            "findings": [[f.check, f.task, f.outcome.value] for f in record.findings],
            "style": [[f.check, f.task, f.outcome.value] for f in record.style],
        },
        "decided": _is_decided(record),
        "note": record.note,
        "sha256": sha256(body),
        "body": body,
        "at": now(),
    }


def score_row(
    assignment: str,
    content: str,
    judgement: int,
    score: Score,
    rubric: int,
    proposal: int | None,
) -> dict[str, Any]:
    """A row of `scores`."""
    return {
        "assignment": assignment,
        "content": content,
        "judgement_id": judgement,
        "rubric_id": rubric,
        "proposal_id": proposal,
        "points": score.points,
        "max_points": score.max_points,
        "decided": not score.broken,
        "items": _items(score),
        "at": now(),
    }


def sha256(body: bytes) -> str:
    """Of what is kept, to see later whether it is still the same."""
    return hashlib.sha256(body).hexdigest()


def _key_columns(key: RecordKey) -> dict[str, Any]:
    columns = asdict(key)
    return {"content": columns.pop("submission"), **columns}


def _is_decided(record: Record) -> bool:
    return not record.score.broken


def _items(score: Score) -> list[list[Any]]:
    """Of each: id, points, most points, outcome, bonus, number of faults.

    Style is one of them as mere advice too. What was not judged has no number.
    """
    items = score.items if score.style is None else (*score.items, score.style)
    return [
        [
            item.id,
            item.points,
            item.max_points,
            item.outcome.value,
            item.bonus,
            _num_faults(item),
        ]
        for item in items
    ]


def _num_faults(item: ItemScore) -> int | None:
    outcomes = [finding.outcome for finding in item.findings]
    if not outcomes or {Outcome.BLOCKED, Outcome.BROKEN} & set(outcomes):
        return None
    return outcomes.count(Outcome.FAILED)
