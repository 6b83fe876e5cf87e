"""A record as bytes, and back: what is kept of a grading.

Each value that came from a worker is packed by itself, so that the limits on what a
worker may send hold for one answer and never for the whole. The observations of each
group are a piece of their own, so that what needs none of them reads none.
"""

import gzip
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import lru_cache
from typing import Any

from graders.records.finding import Finding, Outcome
from graders.records.observation import Answer, Ending, Observation, StudentError
from graders.records.record import Record, RecordKey
from graders.records.score import ItemScore, Score
from graders.records.tier import Tier
from graders.wire import decode, decode_own, encode

SCHEMA = 4
_FINDING = tuple(field.name for field in fields(Finding))


@dataclass(frozen=True, slots=True)
class PackedRecord:
    """A record whose observations are still packed.

    Args:
        record: everything else.
        observations: bytes by the group of checks; `unpack_observations` reads them.
    """

    record: Record
    observations: Mapping[str, bytes]


def pack_record(record: Record) -> bytes:
    """The record as bytes; the same record always gives the same bytes."""
    head = {
        "assignment": record.assignment,
        "student": record.student,
        "filename": record.filename,
        "key": asdict(record.key),
        "public_only": record.public_only,
        "duration_s": record.duration_s,
        "tier": record.tier.value,
        "layers": list(record.layers),
        "versions": dict(record.versions),
        "items": [_pack_item(item) for item in record.score.items],
        "style_item": record.score.style and _pack_item(record.score.style),
    }
    body = {
        "schema": SCHEMA,
        "head": head,
        "findings": pack_findings(record.findings),
        "style": pack_findings(record.style),
        "observations": pack_observations(record.observations),
    }
    return encode(body)


def unpack_head(data: bytes) -> PackedRecord:
    """What `pack_record` packed, but for its observations.

    Raises:
        ValueError: if the bytes are no record, or one of another version.
    """
    try:
        body = decode(data)
        if body["schema"] != SCHEMA:
            raise ValueError(f"a record of version {body['schema']}")
        head = body["head"]
        findings = unpack_findings(body["findings"])
        style = unpack_findings(body["style"])
        by_check = {finding.check: finding for finding in (*findings, *style)}
        record = Record(
            assignment=head["assignment"],
            student=head["student"],
            filename=head["filename"],
            key=RecordKey(**head["key"]),
            public_only=head["public_only"],
            observations=(),
            findings=findings,
            score=Score(
                items=tuple(_item(i, by_check) for i in head["items"]),
                style=head["style_item"] and _item(head["style_item"], by_check),
            ),
            duration_s=head["duration_s"],
            tier=Tier(head["tier"]),
            layers=tuple(head["layers"]),
            style=style,
            versions=tuple(head["versions"].items()),
        )
        return PackedRecord(record, dict(body["observations"]))
    except Exception as error:
        raise ValueError(f"not a record: {error}") from error


def unpack_record(data: bytes) -> Record:
    """What `pack_record` packed.

    Raises:
        ValueError: if the bytes are no record, or one of another version.
    """
    packed = unpack_head(data)
    seen = [
        item
        for group in packed.observations.values()
        for item in unpack_observations(group)
    ]
    return replace(packed.record, observations=tuple(seen))


def pack_findings(findings: Iterable[Finding]) -> bytes:
    """Findings, compressed."""
    return _compress([_pack_finding(item) for item in findings])


def unpack_findings(data: bytes) -> tuple[Finding, ...]:
    """What `pack_findings` packed."""
    return tuple(_unpack_finding(row) for row in _rows(data))


def pack_observations(observations: Iterable[Observation]) -> dict[str, bytes]:
    """Observations in order, compressed, by the group of checks they served."""
    groups: dict[str, list[bytes]] = defaultdict(list)
    for seen in observations:
        groups[seen.group].append(_pack_observation(seen))
    return {group: _compress(rows) for group, rows in groups.items()}


def unpack_observations(data: bytes) -> list[Observation]:
    """What `pack_observations` packed of one group."""
    return [_observation(row) for row in _rows(data)]


@lru_cache(maxsize=4096)  # What has passed was found in the same words of everybody.
def _pack_finding(finding: Finding) -> bytes:
    parts = {name: getattr(finding, name) for name in _FINDING}
    return encode({**parts, "outcome": finding.outcome.value})


@lru_cache(maxsize=4096)
def _unpack_finding(data: bytes) -> Finding:
    stored = decode_own(data)
    return Finding(**{**stored, "outcome": Outcome(stored["outcome"])})


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer that is unpacked when it is asked for.

    Args:
        room: who was asked.
        question: the question, packed: what the answer is found by.
    """

    room: str
    question: bytes
    _answer: Mapping[str, Any]

    def asked(self) -> Any:
        """The question itself."""
        return decode_own(self.question)

    def unpack(self) -> Answer:
        """The answer itself."""
        return _answer(self._answer)


def stored_answers(data: bytes) -> list[StoredAnswer]:
    """The answers of one group that `pack_observations` packed, in order."""
    rows = map(decode_own, _rows(data))
    return [StoredAnswer(row["room"], row["question"], row["answer"]) for row in rows]


def _rows(data: bytes) -> list[bytes]:
    return decode_own(gzip.decompress(data))


def _compress(rows: list[bytes]) -> bytes:
    return gzip.compress(encode(rows), compresslevel=1, mtime=0)


def _pack_observation(seen: Observation) -> bytes:
    answer = {field.name: getattr(seen.answer, field.name) for field in fields(Answer)}
    answer["ending"] = seen.answer.ending.value
    answer["value"] = encode(seen.answer.value)
    answer["error"] = asdict(seen.answer.error) if seen.answer.error else None
    return encode(
        {
            "group": seen.group,
            "room": seen.room,
            "check": seen.check,
            "question": encode(seen.question),
            "answer": answer,
        }
    )


def _pack_item(item: ItemScore) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": item.title,
        "points": float(item.points),
        "max_points": float(item.max_points),
        "outcome": item.outcome.value,
        "bonus": item.bonus,
        "checks": [finding.check for finding in item.findings],
    }


def _observation(packed: bytes) -> Observation:
    stored = decode_own(packed)
    parts = {
        "question": decode_own(stored["question"]),
        "answer": _answer(stored["answer"]),
    }
    return Observation(**{**stored, **parts})


def _answer(stored: Mapping[str, Any]) -> Answer:
    error = stored["error"]
    parts = {
        "ending": Ending(stored["ending"]),
        "value": decode_own(stored["value"]),
        "error": StudentError(**error) if error else None,
    }
    return Answer(**{**stored, **parts})


def _item(stored: dict[str, Any], by_check: dict[str, Finding]) -> ItemScore:
    return ItemScore(
        id=stored["id"],
        title=stored["title"],
        points=stored["points"],
        max_points=stored["max_points"],
        outcome=Outcome(stored["outcome"]),
        bonus=stored["bonus"],
        findings=tuple(by_check[check] for check in stored["checks"]),
    )
