"""A class as a table: on the terminal, and as `scores.csv`."""

import csv
import io
from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from graders.records import Record
from graders.reports.terminal import STYLES
from graders.reports.wording import common_problem, points, visible

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def class_table(records: Sequence[Record], undecided: Sequence[str]) -> Table:
    """One row per student, one column per task; `undecided` could not be graded."""
    items = _item_ids(records)
    table = Table(title=f"{len(records)} submissions")
    table.add_column("student")
    table.add_column("score", justify="right")
    for item in items:
        table.add_column(item.removeprefix("A"), justify="right")
    table.add_column("what happened")
    for record in records:
        by_id = {item.id: item for item in record.score.items}
        problem = common_problem(record)
        table.add_row(
            Text(visible(record.student)),
            Text(points(record.score.points), style="bold"),
            *(
                Text(points(by_id[item].points), style=STYLES[by_id[item].outcome])
                for item in items
            ),
            Text(visible(problem.what.splitlines()[0]) if problem else ""),
        )
    for student in undecided:
        blanks = ["" for _ in items]
        table.add_row(Text(visible(student)), "?", *blanks, "not graded: run it again")
    return table


def render_csv(records: Sequence[Record]) -> str:
    """`scores.csv`: a header, then a row per student.

    A cell that a spreadsheet would take for a formula gets a quote before it.
    """
    items = _item_ids(records)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["student", "score", "max_score", *items, "outcome", "note"])
    for record in records:
        by_id = {item.id: item for item in record.score.items}
        problem = common_problem(record)
        outcome = "broken" if record.score.broken else "graded"
        writer.writerow(
            [
                _cell(record.student),
                points(record.score.points),
                points(record.score.max_points),
                *(points(by_id[item].points) for item in items),
                outcome,
                _cell(problem.what.splitlines()[0] if problem else ""),
            ]
        )
    return buffer.getvalue()


def _item_ids(records: Sequence[Record]) -> list[str]:
    return [item.id for item in records[0].score.items] if records else []


def _cell(text: str) -> str:
    """Text that no spreadsheet runs.

    >>> _cell("=1+1")
    "'=1+1"
    """
    shown = visible(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
