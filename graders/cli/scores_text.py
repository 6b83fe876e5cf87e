"""The marks of a class as they stand: as a table, as JSON and as CSV."""

import json
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

import sqlalchemy as sa
from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from graders.batch.class_rows import class_row
from graders.marks import (
    ClassMarks,
    ClassSummary,
    GradedAssignment,
    StudentMark,
    Tally,
)
from graders.records import STYLE, Mark, MarkedItem
from graders.reports.class_row import ClassRow
from graders.reports.class_scores import Columns, csv_lines
from graders.reports.class_table import class_table
from graders.reports.wording import points, visible

_MOST_ROWS = 500


class ClassScores:
    """Marks that are read once, one after the other, and counted meanwhile.

    Args:
        connection: of the ledger.
        graded: the assignment.
        student: whose marks alone are wanted; None for all.
    """

    def __init__(
        self,
        connection: sa.Connection,
        graded: GradedAssignment,
        student: str | None = None,
    ) -> None:
        self._graded, self._tally = graded, Tally()
        self._marks = ClassMarks(
            connection, graded.name, graded.rubric, student=student
        )

    def summary(self) -> ClassSummary:
        """What all come to, once they were told."""
        return self._tally.summary()

    def csv_lines(self) -> Iterator[str]:
        """A row of the file at a time, as in `scores.csv`."""
        return csv_lines(self._rows(), self._columns())

    def json_lines(self) -> Iterator[str]:
        """One document, a student at a time."""
        yield f'{{"assignment": {json.dumps(self._graded.name)},\n'
        yield f'"rubric_version": {self._graded.row.version},\n"students": ['
        before = "\n"
        for one in self._tally.of(self._marks):
            yield before + json.dumps(_student(one), ensure_ascii=False)
            before = ",\n"
        yield f'\n],\n"summary": {json.dumps(_summary(self.summary()))}}}\n'

    def table(self) -> Group:
        """Rows and what they come to; of a large class, those who need somebody."""
        rows = self._rows()
        first = list(islice(rows, _MOST_ROWS + 1))
        if len(first) <= _MOST_ROWS:
            listed = class_table(first)
        else:
            listed = class_table(chain(first, rows), most_rows=_MOST_ROWS)
        return Group(listed, summary_text(self.summary()))

    def _rows(self) -> Iterator[ClassRow]:
        return map(class_row, self._tally.of(self._marks))

    def _columns(self) -> Columns:
        rubric = self._graded.rubric
        names = [_column(task.id, task.bonus) for task in rubric.tasks]
        if rubric.style and rubric.style.points:
            names.append(STYLE)
        names += [item.id for item in rubric.manual]
        has_advice = False
        for item_id, _, most, _, bonus, _ in self._marks.items:
            if item_id == STYLE and not most:
                has_advice = True
            else:
                names.append(_column(item_id, bonus))
        return Columns(
            items=tuple(dict.fromkeys(names)),
            has_groups=self._marks.has_groups,
            has_advice=has_advice,
        )


def summary_text(found: ClassSummary) -> Group:
    """The sums below the table."""
    lines = [Text(_counts(found))]
    if found.marks:
        lowest, lower, median, upper, highest = map(points, found.marks.quartiles)
        lines.append(
            Text(
                f"Points:   mean {points(found.marks.mean)}, median {median}, half of"
                f" them from {lower} to {upper}, all from {lowest} to {highest}, of"
                f" {points(found.max_points)}"
            )
        )
    return Group(*lines, _items_table(found))


def _counts(found: ClassSummary) -> str:
    counts = {
        "not graded": found.num_students - found.num_marked,
        "late": found.num_late,
        "waiting for a person": found.num_waiting,
        "undecided": found.num_undecided,
        "flagged": found.num_flagged,
    }
    told = "".join(f", {count} {what}" for what, count in counts.items() if count)
    return f"Students: {found.num_students}{told}"


def _items_table(found: ClassSummary) -> Table:
    table = Table(box=box.SIMPLE, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("item")
    for column in ("points", "mean", "full marks"):
        table.add_column(column, justify="right")
    table.add_column("title", overflow="fold")
    for item in found.items:
        table.add_row(
            Text(visible(item.id)),
            points(item.max_points),
            points(item.mean),
            f"{100 * item.full:.0f} %",
            Text(visible(item.title)),
        )
    return table


def _column(item_id: str, bonus: bool) -> str:
    return f"{item_id}_bonus" if bonus else item_id


def _student(one: StudentMark) -> dict[str, Any]:
    mark = one.mark
    return {
        "student": one.student,
        "group": one.group,
        "attempt": one.attempt.number,
        "num_attempts": one.num_attempts,
        "note": one.standing.note if one.standing else "",
        "mark": mark and mark_facts(mark),
    }


def mark_facts(mark: Mark) -> dict[str, Any]:
    """A mark as plain values."""
    late = mark.lateness
    return {
        "points": mark.points,
        "max_points": mark.max_points,
        "raw": mark.raw,
        "lateness": {
            "known": late.known,
            "late_by_s": late.late_by.total_seconds(),
            "days": late.days,
            "from_bank": late.from_bank,
            "kept": late.factor,
            "closed": late.closed,
        },
        "whole": mark.whole and mark.whole.points,
        "flagged": mark.flagged,
        "waiting": list(mark.waiting),
        "undecided": mark.broken,
        "items": [_item(item) for item in mark.items],
    }


def _item(item: MarkedItem) -> dict[str, Any]:
    return {
        "item": item.id,
        "points": item.points,
        "max_points": item.max_points,
        "automatic": item.automatic,
        "outcome": item.outcome,
        "bonus": item.bonus,
        "manual": item.manual,
        "adjusted": item.adjustment is not None,
        "flagged": item.flagged,
        "waiting": item.waiting,
    }


def _summary(found: ClassSummary) -> dict[str, Any]:
    lowest, lower, median, upper, highest = (
        found.marks.quartiles if found.marks else (None,) * 5
    )
    return {
        "students": found.num_students,
        "marked": found.num_marked,
        "mean": found.marks and found.marks.mean,
        "median": median,
        "lower_quartile": lower,
        "upper_quartile": upper,
        "lowest": lowest,
        "highest": highest,
        "max_points": found.max_points,
        "late": found.num_late,
        "waiting": found.num_waiting,
        "undecided": found.num_undecided,
        "flagged": found.num_flagged,
        "items": [
            {
                "item": item.id,
                "title": item.title,
                "max_points": item.max_points,
                "count": item.count,
                "mean": item.mean,
                "full_marks": item.full,
            }
            for item in found.items
        ],
    }
