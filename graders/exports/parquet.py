"""Parquet, for whoever analyses a class: one row per student and item."""

import io
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from graders import __version__
from graders.exports.changes import Export
from graders.exports.class_to_export import ClassToExport, Marked
from graders.records import MarkedItem
from graders.reports.wording import visible

SCHEMA = pa.schema(
    [
        ("assignment", pa.string()),
        ("student", pa.string()),
        ("group", pa.string()),
        ("attempt", pa.int32()),
        ("num_attempts", pa.int32()),
        ("submission", pa.string()),
        ("submitted_at", pa.timestamp("us", tz="UTC")),
        ("score", pa.float64()),
        ("raw_score", pa.float64()),
        ("max_score", pa.float64()),
        ("late_days", pa.int32()),
        ("late_kept", pa.float64()),
        ("item", pa.string()),
        ("title", pa.string()),
        ("points", pa.float64()),
        ("max_points", pa.float64()),
        ("automatic", pa.float64()),
        ("outcome", pa.string()),
        ("bonus", pa.bool_()),
        ("manual", pa.bool_()),
        ("adjusted", pa.bool_()),
        ("flagged", pa.bool_()),
        ("waiting", pa.bool_()),
    ]
)


def export_parquet(the_class: ClassToExport) -> Export:
    """The file. What is not known is null: no submission time is not late by 0 days."""
    rows = [row for one in the_class.marked for row in _rows(one, the_class)]
    facts = {
        "assignment": the_class.graded.name,
        "rubric_version": str(the_class.graded.row.version),
        "survival_school": __version__,
    }
    table = pa.Table.from_pylist(rows, schema=SCHEMA.with_metadata(facts))
    stream = io.BytesIO()
    pq.write_table(table, stream)
    return Export(
        content=stream.getvalue(),
        num_written=len(the_class.marked),
        held_back=the_class.held_back,
    )


def _rows(one: Marked, the_class: ClassToExport) -> Iterator[dict[str, Any]]:
    mark, attempt = one.mark, one.own.attempt
    known = mark.lateness.known
    of_student = {
        "assignment": the_class.graded.name,
        "student": visible(one.student),
        "group": visible(one.own.group) or None,
        "attempt": attempt.number,
        "num_attempts": one.own.num_attempts,
        "submission": attempt.content,
        "submitted_at": attempt.submitted_at,
        "score": mark.points,
        "raw_score": mark.raw,
        "max_score": mark.max_points,
        "late_days": mark.lateness.days if known else None,
        "late_kept": mark.lateness.factor if known else None,
    }
    for item in mark.items:
        yield {**of_student, **_item(item)}


def _item(item: MarkedItem) -> dict[str, Any]:
    return {
        "item": item.id,
        "title": visible(item.title),
        "points": None if item.waiting else item.points,
        "max_points": item.max_points,
        "automatic": item.automatic,
        "outcome": item.outcome.value if item.outcome else None,
        "bonus": item.bonus,
        "manual": item.manual,
        "adjusted": item.adjustment is not None,
        "flagged": item.flagged,
        "waiting": item.waiting,
    }
