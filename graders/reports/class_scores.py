"""A class as a table: on the terminal, and as `scores.csv`."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from graders.records import Mark, MarkedItem
from graders.reports.class_row import ClassRow
from graders.reports.class_table import class_table
from graders.reports.mark_wording import lost_by_lateness
from graders.reports.wording import points, visible

__all__ = ["ClassRow", "Columns", "class_table", "csv_lines", "render_csv"]

# Also within a cell: some programs part a line at a semicolon or a tab instead. Some
# take a sign of full width for the plain one.
_SIGNS = r"=+\-@\uff1d\uff0b\uff0d\uff20"
_FORMULA = re.compile(rf"(^|[;\t\n])([\s\"']{{0,100}})(?=[{_SIGNS}])|^(?=\t)")


def render_csv(rows: Iterable[ClassRow], item_ids: Sequence[str] = ()) -> Iterator[str]:
    """`scores.csv`, a row of the file at a time: a header, then one per student.

    Who has no mark has no points either, which is not zero. Nor has an item as long as
    it waits for a person. A cell that a spreadsheet would take for a formula gets a
    quote before it. A column that ends in `_bonus` is in the score and not in
    `max_score`.

    Args:
        rows: gone through twice, so not an iterator.
        item_ids: columns of the items, in order. Those of items that are not among
            them follow.

    Raises:
        TypeError: if `rows` can be gone through only once.
    """
    if iter(rows) is rows:
        raise TypeError(
            "rows are gone through twice; received an iterator. Make a list of it."
        )
    return csv_lines(rows, Columns.of(rows, item_ids))


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which columns there are.

    Args:
        items: of items, in order.
        has_groups: whether some students work in groups.
        has_advice: whether style is advice.
    """

    items: tuple[str, ...]
    has_groups: bool
    has_advice: bool

    @classmethod
    def of(cls, rows: Iterable[ClassRow], item_ids: Iterable[str] = ()) -> Self:
        """Those that some rows need, and those of some items first."""
        names = dict.fromkeys(item_ids)
        has_groups = has_advice = False
        for row in rows:
            names.update(dict.fromkeys(map(_name, row.items)))
            has_groups = has_groups or row.group != ""
            has_advice = has_advice or row.advised
        return cls(items=tuple(names), has_groups=has_groups, has_advice=has_advice)

    def header(self) -> list[str]:
        """The first row of the file."""
        return [
            "student",
            *["group"] * self.has_groups,
            *("score", "max_score", "raw_score", "late_days", "late_penalty"),
            *self.items,
            *["style_findings"] * self.has_advice,
            *("outcome", "flagged", "note"),
        ]

    def cells(self, row: ClassRow) -> list[str]:
        """A student's row of the file."""
        mark, by_name = row.mark, {_name(item): item for item in row.items}
        sums = _sums(mark) if mark else [""] * 5
        return [
            cell(row.student),
            *[cell(row.group)] * self.has_groups,
            *sums,
            *(_points_of(by_name.get(name)) for name in self.items),
            *[_num_of_style(row)] * self.has_advice,
            row.outcome,
            "yes" if mark and mark.flagged else "",
            cell(row.note or row.undecided),
        ]


class _Echo:
    """A file that gives back what is written, so that no row is kept."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[ClassRow], columns: Columns) -> Iterator[str]:
    """The same in columns that are known, so that rows are gone through once."""
    writer = csv.writer(_Echo(), lineterminator="\n")
    yield writer.writerow(columns.header())
    for row in rows:
        yield writer.writerow(columns.cells(row))


def _sums(mark: Mark) -> list[str]:
    late = mark.lateness
    return [
        points(mark.points),
        points(mark.max_points),
        points(mark.raw),
        str(late.days) if late.known else "",
        points(lost_by_lateness(mark)),
    ]


def _name(item: MarkedItem) -> str:
    return f"{item.id}_bonus" if item.bonus else item.id


def _points_of(item: MarkedItem | None) -> str:
    return "" if item is None or item.waiting else points(item.points)


def _num_of_style(row: ClassRow) -> str:
    return "" if row.style_faults is None else str(row.style_faults)


def cell(text: str) -> str:
    """Text that no spreadsheet runs.

    >>> cell("=1+1"), cell("a-b"), cell("a;=1+1")
    ("'=1+1", 'a-b', "a;'=1+1")
    """
    return _FORMULA.sub(r"\1'\2", visible(text))
