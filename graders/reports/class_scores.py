"""A class as a table: on the terminal, and as `scores.csv`."""

import csv
import io
from collections.abc import Sequence

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from graders.records import Outcome, Record, Score
from graders.reports.terminal import STYLES
from graders.reports.wording import common_problem, points, visible

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def class_table(records: Sequence[Record], undecided: Sequence[str]) -> Group:
    """One row per student, one column per task, and below it what needs words.

    Args:
        records: of everybody who was graded.
        undecided: who could not be graded through the grader's own fault.
    """
    items = _item_ids(records)
    table = Table(box=box.SIMPLE, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("student", no_wrap=True, max_width=24)
    table.add_column("score", justify="right")
    for item in items:
        table.add_column(item, justify="right", no_wrap=True)
    notes = []
    for record in records:
        table.add_row(*_row(record, items))
        if problem := common_problem(record):
            notes.append(f"{record.student}: {problem.what.splitlines()[0]}")
    for student in undecided:
        table.add_row(Text(visible(student)), "?")
        notes.append(f"{student}: not graded, through no fault of theirs; run it again")
    if any(record.score.advice for record in records):
        num_advised = sum(
            _num_of_style(record.score) not in ("", "0") for record in records
        )
        notes.append(
            f"Style: advice for {num_advised} of {len(records)}, without points."
        )
    return Group(table, *(Text(visible(note)) for note in notes))


def _row(record: Record, items: Sequence[str]) -> list[Text]:
    by_id = {item.id: item for item in record.score.counted}
    cells = [
        Text(visible(record.student)),
        Text(points(record.score.points), style="bold"),
    ]
    for item in items:
        score = by_id[item]
        cells.append(Text(points(score.points), style=STYLES[score.outcome]))
    return cells


def render_csv(records: Sequence[Record], undecided: Sequence[str] = ()) -> str:
    """`scores.csv`: a header, then a row per student.

    Who could not be graded has a row without points. A cell that a spreadsheet would
    take for a formula gets a quote before it. Style that gives no points is a number
    of findings.
    """
    items = _item_ids(records)
    advised = ["style_findings"] if records and records[0].score.advice else []
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    header = ["student", "score", "max_score", *items, *advised, "outcome", "note"]
    writer.writerow(header)
    for record in records:
        by_id = {item.id: item for item in record.score.counted}
        problem = common_problem(record)
        outcome = "broken" if record.score.broken else "graded"
        writer.writerow(
            [
                _cell(record.student),
                points(record.score.points),
                points(record.score.max_points),
                *(points(by_id[item].points) for item in items),
                *(_num_of_style(record.score) for _ in advised),
                outcome,
                _cell(problem.what.splitlines()[0] if problem else ""),
            ]
        )
    for student in undecided:
        blanks = [""] * (len(items) + len(advised) + 2)
        note = "not graded, through no fault of theirs; run it again"
        writer.writerow([_cell(student), *blanks, "broken", note])
    return buffer.getvalue()


def _num_of_style(score: Score) -> str:
    """How many findings of style there are; empty if it was not judged."""
    found = score.style.findings if score.style else ()
    outcomes = {finding.outcome for finding in found}
    if not outcomes or outcomes & {Outcome.BLOCKED, Outcome.BROKEN}:
        return ""
    return str(sum(finding.outcome is Outcome.FAILED for finding in found))


def _item_ids(records: Sequence[Record]) -> list[str]:
    return [item.id for item in records[0].score.counted] if records else []


def _cell(text: str) -> str:
    """Text that no spreadsheet runs.

    >>> _cell("=1+1")
    "'=1+1"
    """
    shown = visible(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
