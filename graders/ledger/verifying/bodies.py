"""Faults of what is kept packed: texts, observations, findings."""

import gzip
import hashlib
import json
from collections.abc import Callable, Generator
from typing import Any

import sqlalchemy as sa

from graders.ledger.streaming import in_parts
from graders.ledger.tables import (
    judgements,
    observations,
    rubrics,
    sources,
    submissions,
)
from graders.ledger.verifying.database import where
from graders.ledger.verifying.fault import Fault
from graders.records import Finding
from graders.records.storing import unpack_findings, unpack_observations

_AT_A_TIME = 50
_CHANGED = "it is not what was recorded: its hash is another"


def rubric_texts(connection: sa.Connection) -> Generator[Fault, None, None]:
    """Rubrics that are others than they were."""
    query = sa.select(rubrics.c.id, rubrics.c.sha256, rubrics.c.body)
    for number, digest, text in in_parts(connection, query, _AT_A_TIME):
        if _sha256(text.encode()) != digest:
            yield Fault(_CHANGED, where("rubrics", number))
        elif _unpacked(json.loads, text) is None:
            yield Fault("it is no rubric", where("rubrics", number))


def submitted_texts(connection: sa.Connection) -> Generator[Fault, None, None]:
    """Texts of submissions that are others than they were."""
    query = sa.select(sources.c.sha256, sources.c.body)
    for digest, body in in_parts(connection, query, _AT_A_TIME):
        text = _unpacked(gzip.decompress, body)
        if text is None:
            yield Fault("it cannot be unpacked", where("sources", digest))
        elif _sha256(text) != digest:
            yield Fault(_CHANGED, where("sources", digest))


def problems(connection: sa.Connection) -> Generator[Fault, None, None]:
    """Reasons why a submission could not be run, that cannot be read."""
    query = sa.select(submissions.c.id, submissions.c.problem)
    told = query.where(submissions.c.problem.is_not(None))
    for number, body in in_parts(connection, told, _AT_A_TIME):
        if not _unpacked(unpack_findings, body):
            yield Fault("its problem cannot be unpacked", where("submissions", number))


def stored_observations(connection: sa.Connection) -> Generator[Fault, None, None]:
    """Observations that are others than they were."""
    query = sa.select(observations)
    for number, group, digest, body in in_parts(connection, query, _AT_A_TIME):
        place = where("observations", number, group)
        if _sha256(body) != digest:
            yield Fault(_CHANGED, place)
        elif _unpacked(unpack_observations, body) is None:
            yield Fault("it cannot be unpacked", place)


def stored_findings(connection: sa.Connection) -> Generator[Fault, None, None]:
    """Findings that are others than they were, or than their outcomes."""
    table = judgements.c
    query = sa.select(table.id, table.sha256, table.outcomes, table.body)
    for number, digest, outcomes, body in in_parts(connection, query, _AT_A_TIME):
        found = _unpacked(unpack_findings, body)
        if _sha256(body) != digest:
            yield Fault(_CHANGED, where("judgements", number))
        elif found is None:
            yield Fault("it cannot be unpacked", where("judgements", number))
        elif [*outcomes["findings"], *outcomes["style"]] != _outcomes(found):
            yield Fault(
                "its outcomes are not those of its findings",
                where("judgements", number),
            )


def _outcomes(found: tuple[Finding, ...]) -> list[list[str]]:
    return [[item.check, item.task, item.outcome.value] for item in found]


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _unpacked(unpack: Callable[[Any], Any], body: Any) -> Any:
    """What is in it; None if it is broken, in whatever way."""
    try:
        return unpack(body)
    except Exception:
        return None
