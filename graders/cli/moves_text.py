"""Moves of marks as a table, as JSON and as CSV."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from graders.ledger import Proposal
from graders.marks import CheckMove, Differences, ItemMove, Move
from graders.records import Mark, MarkedItem
from graders.reports.class_scores import cell
from graders.reports.wording import OUTCOMES, points, visible


def moves_table(proposal: Proposal, found: Differences) -> Group:
    """What is proposed, and a row for each student whose mark moves."""
    title = Text(
        f"Proposal {proposal.id}, by {visible(proposal.who)} ({proposal.kind}):"
        f" {visible(proposal.reason)}"
    )
    return Group(title, _table(found)) if found.moves else Group(title)


def _table(found: Differences) -> Table:
    table = Table(box=box.SIMPLE, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("student", no_wrap=True, max_width=24)
    for column in ("now", "then", "moves", "before lateness"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("why", overflow="fold")
    for move in found.moves:
        table.add_row(
            Text(visible(move.student)),
            _mark(move.before),
            _mark(move.after),
            signed(move.by),
            signed(move.raw_by),
            Text("\n".join(why_lines(move))),
        )
    return table


def moves_json(name: str, proposal: Proposal | None, found: Differences) -> str:
    """One document."""
    return json.dumps(
        {
            "assignment": name,
            "proposal": proposal
            and {
                "number": proposal.id,
                "kind": proposal.kind,
                "who": proposal.who,
                "reason": proposal.reason,
                "at": proposal.at.isoformat(),
            },
            "moved": len(found.moves),
            "unmoved": found.num_unmoved,
            "mean_move": round(found.mean_move, 2),
            "max_move": found.max_move,
            "moves": [_move(move) for move in found.moves],
        },
        indent=2,
        ensure_ascii=False,
    )


def moves_csv(found: Differences) -> str:
    """A header, then a row for each student whose mark moves."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(
        [
            *("student", "before", "after", "move", "raw_before", "raw_after"),
            *("items", "keeps_manual_points", "why"),
        ]
    )
    for move in found.moves:
        writer.writerow(
            [
                cell(move.student),
                *(points(mark.points) if mark else "" for mark in _sides(move)),
                signed(move.by),
                *(points(mark.raw) if mark else "" for mark in _sides(move)),
                " ".join(item.id for item in move.items),
                " ".join(move.kept),
                cell("; ".join(why_lines(move))),
            ]
        )
    return buffer.getvalue()


def why_lines(move: Move) -> Iterator[str]:
    """Reasons, item by item, and then those that are of no item."""
    for item in move.items:
        yield f"{item.id}: {_item_points(item.before)} → {_item_points(item.after)}"
        for check in item.checks:
            yield f"  {_check_line(check)}"
        for why in item.why:
            yield f"  {visible(why)}"
        if item.kept:
            yield "  stays: a person gave these points over others by checks"
    yield from map(visible, move.why)


def signed(value: float) -> str:
    """Points with their sign.

    >>> signed(2.5), signed(-1), signed(0)
    ('+2.5', '-1', '0')
    """
    return f"+{points(value)}" if value > 0 else points(value)


def _sides(move: Move) -> tuple[Mark | None, Mark | None]:
    return move.before, move.after


def _mark(mark: Mark | None) -> str:
    return points(mark.points) if mark else "none"


def _item_points(item: MarkedItem | None) -> str:
    return f"{points(item.points)}/{points(item.max_points)}" if item else "none"


def _check_line(check: CheckMove) -> str:
    before = OUTCOMES[check.before] if check.before else "not there"
    after = OUTCOMES[check.after] if check.after else "not there"
    said = check.what_after or check.what_before
    told = f": {_first_line(said)}" if said else ""
    title = visible(check.title or check.check)
    return f"{title}: {before} → {after}{told}"


def _first_line(text: str) -> str:
    lines = visible(text).strip().splitlines()
    return lines[0] if lines else ""


def _move(move: Move) -> dict[str, Any]:
    before, after = _sides(move)
    return {
        "student": move.student,
        "before": before and before.points,
        "after": after and after.points,
        "move": move.by,
        "raw_before": before and before.raw,
        "raw_after": after and after.raw,
        "items": [_item(item) for item in move.items],
        "why": list(move.reasons),
    }


def _item(item: ItemMove) -> dict[str, Any]:
    return {
        "item": item.id,
        "title": item.title,
        "before": _item_side(item.before),
        "after": _item_side(item.after),
        "keeps_manual_points": item.kept,
        "checks": [
            {
                "check": check.check,
                "title": check.title,
                "before": check.before,
                "after": check.after,
                "what_before": check.what_before,
                "what_after": check.what_after,
            }
            for check in item.checks
        ],
        "why": list(item.why),
    }


def _item_side(item: MarkedItem | None) -> dict[str, Any] | None:
    if item is None:
        return None
    return {
        "points": item.points,
        "max_points": item.max_points,
        "automatic": item.automatic,
        "outcome": item.outcome,
    }
