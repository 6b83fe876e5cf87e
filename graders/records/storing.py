"""A record as bytes, and back: what is kept of a grading.

Each value that came from a worker is packed by itself, so that the limits on what a
worker may send hold for one answer and never for the whole.
"""

import gzip
from dataclasses import asdict, fields
from typing import Any

from graders.records.finding import Finding, Outcome
from graders.records.observation import Answer, Ending, Observation, StudentError
from graders.records.record import Record, RecordKey
from graders.records.score import ItemScore, Score
from graders.records.tier import Tier
from graders.wire import decode, encode

SCHEMA = 3


def pack_record(record: Record) -> bytes:
    """The record, compressed; the same record always gives the same bytes."""
    body = {
        "schema": SCHEMA,
        "assignment": record.assignment,
        "student": record.student,
        "key": asdict(record.key),
        "public_only": record.public_only,
        "duration_s": record.duration_s,
        "tier": record.tier.value,
        "layers": list(record.layers),
        "findings": [_pack_finding(finding) for finding in record.findings],
        "style": [_pack_finding(finding) for finding in record.style],
        "items": [_pack_item(item) for item in record.score.items],
        "style_item": record.score.style and _pack_item(record.score.style),
        "observations": [_pack_observation(seen) for seen in record.observations],
    }
    return gzip.compress(encode(body), compresslevel=1, mtime=0)


def unpack_record(data: bytes) -> Record:
    """What `pack_record` packed.

    Raises:
        ValueError: if the bytes are no record, or one of another version.
    """
    try:
        body = decode(gzip.decompress(data))
        if body["schema"] != SCHEMA:
            raise ValueError(f"a record of version {body['schema']}")
        findings = tuple(_finding(decode(packed)) for packed in body["findings"])
        style = tuple(_finding(decode(packed)) for packed in body["style"])
        by_check = {finding.check: finding for finding in (*findings, *style)}
        return Record(
            assignment=body["assignment"],
            student=body["student"],
            key=RecordKey(**body["key"]),
            public_only=body["public_only"],
            observations=tuple(map(_observation, body["observations"])),
            findings=findings,
            score=Score(
                items=tuple(_item(i, by_check) for i in body["items"]),
                style=body["style_item"] and _item(body["style_item"], by_check),
            ),
            duration_s=body["duration_s"],
            tier=Tier(body["tier"]),
            layers=tuple(body["layers"]),
            style=style,
        )
    except Exception as error:
        raise ValueError(f"not a record: {error}") from error


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
        "checks": [finding.check for finding in item.findings],
    }


def _pack_finding(finding: Finding) -> bytes:
    return encode({**asdict(finding), "outcome": finding.outcome.value})


def _observation(packed: bytes) -> Observation:
    stored = decode(packed)
    answer = dict(stored["answer"])
    error = answer["error"]
    answer["ending"] = Ending(answer["ending"])
    answer["value"] = decode(answer["value"])
    answer["error"] = StudentError(**error) if error else None
    question = decode(stored["question"])
    return Observation(**{**stored, "question": question, "answer": Answer(**answer)})


def _finding(stored: dict[str, Any]) -> Finding:
    return Finding(**{**stored, "outcome": Outcome(stored["outcome"])})


def _item(stored: dict[str, Any], by_check: dict[str, Finding]) -> ItemScore:
    return ItemScore(
        id=stored["id"],
        title=stored["title"],
        points=stored["points"],
        max_points=stored["max_points"],
        outcome=Outcome(stored["outcome"]),
        findings=tuple(by_check[check] for check in stored["checks"]),
    )
