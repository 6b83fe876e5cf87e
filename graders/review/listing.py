"""The queue as a table, and as JSON."""

import json
from typing import Any

from rich.table import Table
from rich.text import Text

from graders.reports.wording import points, visible
from graders.review.cases import Case
from graders.review.session import Review


def as_table(review: Review) -> Table:
    """What waits, in the order in which it is asked."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for title in ("item", "student", "points", "why", "draft"):
        table.add_column(title, justify="right" if title == "points" else "left")
    for case in review.cases:
        row = _row(review, case)
        # Text, so that nothing in a name is taken for markup.
        table.add_row(*(Text(visible(cell)) for cell in row))
    return table


def as_json(review: Review) -> str:
    """One document."""
    document = {
        "assignment": review.name,
        "reviewer": review.who,
        "waiting": [_plain(review, case) for case in review.cases],
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _row(review: Review, case: Case) -> tuple[str, ...]:
    draft = review.draft(case)
    noted = "" if draft is None else points(draft.points)
    if review.doubts(case):
        noted += f" ({'; '.join(review.doubts(case))})"
    why = str(case.why)
    if case.near is not None:
        why += f" ({points(case.near)})"
    now = "?" if case.why.name == "MANUAL" else points(case.points)
    return (
        case.item or "all",
        review.label(case),
        f"{now} / {points(case.max_points)}",
        why,
        noted,
    )


def _plain(review: Review, case: Case) -> dict[str, Any]:
    draft = review.draft(case)
    hidden = review.selection.anonymous
    return {
        "item": case.item or "all",
        "title": case.title,
        "student": review.label(case) if hidden else case.owner,
        "students": len(case.students) if hidden else list(case.students),
        "why": case.why.name.lower(),
        "boundary": case.near,
        "points": case.points,
        "max_points": case.max_points,
        "points_by_checks": case.automatic,
        "draft": draft.points if draft else None,
        "changed_since": review.doubts(case),
    }
