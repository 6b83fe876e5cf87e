"""A grading as one JSON document: the contract that other programs read."""

import json
from dataclasses import asdict
from typing import Any

from graders.records import Adjustment, Finding, Lateness, Mark, Record
from graders.reports.shown import Shown, ShownItem, shown
from graders.reports.wording import shown_what, visible


def render_json(
    record: Record,
    mark: Mark | None = None,
    *,
    hidden_shown: bool = True,
    hidden_until: str = "",
) -> str:
    """One JSON object, with a newline at the end; the arguments of `as_document`."""
    document = as_document(
        record, mark, hidden_shown=hidden_shown, hidden_until=hidden_until
    )
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_document(
    record: Record,
    mark: Mark | None = None,
    *,
    hidden_shown: bool = True,
    hidden_until: str = "",
) -> dict[str, Any]:
    """The document as plain values.

    Args:
        record: the grading.
        mark: what it counts; None if nothing but its checks does.
        hidden_shown: whether the student may see what hidden checks found. If not,
            whatever tells of it is null.
        hidden_until: when they may, as a sentence ends; empty if never.
    """
    seen = shown(record, mark, hidden_shown=hidden_shown)
    advice = () if seen.advice is None else (seen.advice,)
    return {
        "assignment": record.assignment,
        "student": visible(record.student),
        "score": seen.points,
        "max_score": seen.max_points,
        "public_only": record.public_only,
        "kept_back": seen.kept_back,
        "kept_back_until": hidden_until if seen.kept_back and hidden_until else None,
        "mark": _mark(seen),
        "items": [_item(item) for item in (*seen.items, *advice)],
        "key": asdict(record.key),
        "versions": dict(record.versions),
        "duration_s": seen.duration_s,
    }


def _mark(seen: Shown) -> dict[str, Any] | None:
    if seen.lateness is None:
        return None
    return {
        "raw_score": seen.raw,
        "lateness": _lateness(seen.lateness),
        "whole": _adjustment(seen.whole),
    }


def _lateness(late: Lateness) -> dict[str, Any]:
    return {
        "known": late.known,
        "late_by_s": late.late_by.total_seconds(),
        "days": late.days,
        "from_bank": late.from_bank,
        "factor": late.factor,
        "closed": late.closed,
    }


def _adjustment(adjustment: Adjustment | None) -> dict[str, Any] | None:
    if adjustment is None:
        return None
    return {
        "points": adjustment.points,
        "reason": visible(adjustment.reason),
        "who": visible(adjustment.who),
        "at": adjustment.at.isoformat(),
    }


def _item(item: ShownItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": item.title,
        "points": item.points,
        "max_points": item.max_points,
        "automatic": item.automatic,
        "bonus": item.bonus,
        "manual": item.manual,
        "waiting": item.waiting,
        "kept_back": item.kept_back,
        "outcome": item.outcome.value if item.outcome else None,
        "adjustment": _adjustment(item.adjustment),
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
