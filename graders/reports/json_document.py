"""A record as one JSON document: the contract that other programs read."""

import json
from dataclasses import asdict
from typing import Any

from graders.records import Finding, ItemScore, Record
from graders.reports.wording import shown_what, visible


def render_json(record: Record) -> str:
    """One JSON object, with a newline at the end."""
    return json.dumps(as_document(record), ensure_ascii=False, indent=2) + "\n"


def as_document(record: Record) -> dict[str, Any]:
    """The document as plain values."""
    score = record.score
    style = () if score.style is None else (score.style,)
    return {
        "assignment": record.assignment,
        "student": visible(record.student),
        "score": score.points,
        "max_score": score.max_points,
        "public_only": record.public_only,
        "items": [_item(item) for item in (*score.items, *style)],
        "key": asdict(record.key),
        "duration_s": record.duration_s,
    }


def _item(item: ItemScore) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": item.title,
        "points": item.points,
        "max_points": item.max_points,
        "outcome": item.outcome.value,
        "findings": [_finding(finding) for finding in item.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "outcome": finding.outcome.value,
        "what": shown_what(finding),
        "where": visible(finding.where),
        "fix": visible(finding.fix),
        "misconception": finding.misconception,
    }
