"""Ledgers of many records, with rows as gradings leave them; written at once."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa

from graders.keys import versions
from graders.ledger import Ledger, score_row, start_run
from graders.ledger.recording import sha256
from graders.ledger.tables import (
    executions,
    judgements,
    observations,
    scores,
    sources,
    submissions,
)
from graders.marks import use_rubric
from graders.records import Finding, Outcome, Record, RecordKey
from graders.records.storing import pack_findings, pack_observations
from graders.rubric import Rubric, award

AT = datetime(2026, 10, 9, 12, 0, tzinfo=UTC)
_AT_A_TIME = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A grading that many rows are made after.

    Args:
        record: of which.
        groups: hash of each group of checks that judged.
    """

    record: Record
    groups: Mapping[str, str]


def fill(ledger: Ledger, rubric: Rubric, models: Sequence[Model], count: int) -> None:
    """Records so many gradings, each of another student and another content."""
    used = use_rubric(ledger, rubric)
    run = start_run(ledger, "batch", rubric.assignment, versions())
    bodies = [_bodies(model.record) for model in models]
    tables = (sources, submissions, executions, observations, judgements, scores)

    def write(connection: sa.Connection) -> None:
        left = iter(range(1, count + 1))
        while part := list(islice(left, _AT_A_TIME)):
            rows: dict[sa.Table, list[dict[str, Any]]] = {table: [] for table in tables}
            for number in part:
                index = number % len(models)
                one = _Rows(rubric, models[index], bodies[index], number)
                rows[sources].append(one.source())
                rows[submissions].append(one.submission(run.id))
                rows[executions].append(one.execution(run.id))
                rows[observations] += one.observations()
                rows[judgements].append(one.judgement())
                rows[scores].append(one.score(used.id))
            for table, new in rows.items():
                if new:
                    connection.execute(sa.insert(table), new)

    ledger.write(write)


def ten_by_six(version: int = 1, first: float = 1.0) -> Rubric:
    """A rubric of 10 items of 6 checks; the first check of the first may be worth more.

    Every begun day late costs a tenth.
    """
    names = [f"check_{number}" for number in range(6)]
    tasks = [
        {
            "id": f"A9.{number}",
            "title": f"Task {number}",
            "functions": {},
            "checks": {n: first if number == 1 and n == names[0] else 1 for n in names},
            "points": 5 + (first if number == 1 else 1),
        }
        for number in range(1, 11)
    ]
    return Rubric.model_validate(
        {
            **{"schema": 1, "assignment": "a9", "names": ["a9"], "version": version},
            **{"title": "Ten tasks", "file": "a9.py", "tasks": tasks},
            "points": sum(task["points"] for task in tasks),
            "limits": {
                **{"load_s": 1, "check_s": 1, "submission_s": 9},
                **{"memory_mib": 512, "output_kib": 16},
            },
            "policy": {
                **{"due": "2026-10-09 23:59", "timezone": "Europe/Berlin"},
                "late": {"per_day": 0.1},
            },
        }
    )


def made_up(rubric: Rubric, count: int = 4000) -> list[Model]:
    """Gradings of made-up findings; each check fails in about a fifth of them."""
    draw = random.Random(0)
    return [_made_up(rubric, number, draw) for number in range(count)]


def _made_up(rubric: Rubric, number: int, draw: random.Random) -> Model:
    findings = tuple(
        Finding(
            outcome=Outcome.FAILED if draw.random() < 0.2 else Outcome.PASSED,
            check=f"{task.id}.{check}",
            task=task.id,
            title=f"What {check} looks at",
            what="`output_size(7, 3)` returned 4; wanted 5.",
            where=f"{rubric.file}:{12 + number % 50}",
            fix="Work a small example out by hand.",
        )
        for task in rubric.tasks
        for check in task.checks
    )
    record = Record(
        assignment=rubric.assignment,
        student="",
        filename=rubric.file,
        key=RecordKey(
            submission="", suite="0" * 16, data="0" * 16, environment="0" * 16, seed=0
        ),
        public_only=False,
        observations=(),
        findings=findings,
        score=award(rubric, findings),
        duration_s=1.0,
    )
    return Model(record=record, groups={"public": "0" * 16, "hidden": "1" * 16})


def _bodies(record: Record) -> tuple[bytes, dict[str, bytes]]:
    found = pack_findings((*record.findings, *record.style))
    return found, pack_observations(record.observations)


class _Rows:
    """The rows of one student."""

    def __init__(
        self,
        rubric: Rubric,
        model: Model,
        bodies: tuple[bytes, dict[str, bytes]],
        number: int,
    ) -> None:
        self._rubric, self._model, self._number = rubric, model, number
        self._found, self._seen = bodies
        self._content, self._sha256 = f"{number:016x}", f"{number:064x}"

    def source(self) -> dict[str, Any]:
        return {"sha256": self._sha256, "body": b""}

    def submission(self, run: int) -> dict[str, Any]:
        return {
            "id": self._number,
            "assignment": self._rubric.assignment,
            "student": f"student_{self._number:06d}",
            "attempt": 1,
            "content": self._content,
            "filename": self._rubric.file,
            "sha256": self._sha256,
            "source": self._sha256,
            "problem": None,
            "submitted_at": AT + timedelta(minutes=self._number % 4000),
            "received_at": AT,
            "run_id": run,
        }

    def execution(self, run: int) -> dict[str, Any]:
        record = self._model.record
        return {
            "id": self._number,
            "assignment": self._rubric.assignment,
            "content": self._content,
            "suite": record.key.suite,
            "data": record.key.data,
            "environment": record.key.environment,
            "seed": record.key.seed,
            "public_only": record.public_only,
            "filename": record.filename,
            "tier": record.tier.value,
            "layers": list(record.layers),
            "versions": dict(record.versions),
            "duration_s": record.duration_s,
            "decided": True,
            "run_id": run,
            "at": AT,
        }

    def observations(self) -> Iterator[dict[str, Any]]:
        for group, body in self._seen.items():
            yield {
                "execution_id": self._number,
                "group": group,
                "sha256": sha256(body),
                "body": body,
            }

    def judgement(self) -> dict[str, Any]:
        record = self._model.record
        return {
            "id": self._number,
            "execution_id": self._number,
            "suite": record.key.suite,
            "groups": dict(self._model.groups),
            "outcomes": {
                kind: [[f.check, f.task, f.outcome.value] for f in findings]
                for kind, findings in (
                    ("findings", record.findings),
                    ("style", record.style),
                )
            },
            "decided": True,
            "note": record.note,
            "sha256": sha256(self._found),
            "body": self._found,
            "at": AT,
        }

    def score(self, rubric: int) -> dict[str, Any]:
        score = self._model.record.score
        name = self._rubric.assignment
        return score_row(name, self._content, self._number, score, rubric, None)
