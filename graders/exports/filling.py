"""One column of a platform's table is filled, for the rows of those who have a mark."""

from collections.abc import Callable
from dataclasses import dataclass

from graders.exports.changes import Change, Left, Why
from graders.exports.class_to_export import ClassToExport, Marked
from graders.exports.lms_table import (
    LmsTable,
    grade_text,
    same_grade,
    uses_decimal_comma,
)
from graders.exports.matching import Matching, PlatformRow
from graders.reports.wording import points, visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The cell that a mark would go to.

    Args:
        one: the student.
        row: theirs.
        before: what is in it.
        after: what would be.
    """

    one: Marked
    row: PlatformRow
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """Grades by the number of their row, what changes, and what is left."""

    grades: dict[int, str]
    marked: dict[int, Marked]
    changes: tuple[Change, ...]
    left: tuple[Left, ...]


LeftBecause = Callable[[Cell], tuple[Why, str] | None]


def fill(
    the_class: ClassToExport,
    table: LmsTable,
    matching: Matching,
    column: int,
    left_because: LeftBecause,
    *,
    decimal_comma: bool | None = None,
) -> Filled:
    """Puts each mark into its row, unless it is there already or must not be.

    Args:
        the_class: marks.
        table: of the platform.
        matching: whose row is whose.
        column: of the grades.
        left_because: why a cell must not be written; None if it may be.
        decimal_comma: whether numbers have one; None: as those in the table.
    """
    comma = _has_commas(table, column) if decimal_comma is None else decimal_comma
    grades, marked, changes, left = {}, {}, [], []
    for one in the_class.marked:
        row = matching.rows.get(one.student)
        if row is None:
            continue
        before = table.cell_of(row.number, column)
        after = grade_text(one.points, decimal_comma=comma)
        cell = Cell(one=one, row=row, before=before, after=after)
        if reason := left_because(cell) or _unchanged(cell):
            why, told = reason
            left.append(Left(student=one.student, row=row.shown, why=why, told=told))
            continue
        grades[row.number], marked[row.number] = after, one
        changes.append(
            Change(
                student=one.student,
                row=row.shown,
                before=before,
                after=after,
                why=matching.found_by[one.student],
            )
        )
    return Filled(
        grades=grades, marked=marked, changes=tuple(changes), left=tuple(left)
    )


def in_plain(heading: str) -> str:
    """A heading as people compare it: `Assignment 2` and `assignment2` are the same.

    >>> in_plain("Assignment 2")
    'assignment2'
    """
    return "".join(letter for letter in heading.casefold() if letter.isalnum())


def titles_of(the_class: ClassToExport) -> list[str]:
    """What its column may be called; not by a number, which would be a column's id."""
    rubric = the_class.graded.rubric
    names = (the_class.graded.name, *rubric.names)
    return [rubric.title, *(name for name in names if not name.isdecimal())]


def other_maximum(platform: str, theirs: float | None, ours: float) -> tuple[str, ...]:
    """A note, where a platform has another maximum than the rubric."""
    if theirs is None or theirs == ours:
        return ()
    return (
        f"{platform} has {points(theirs)} points for this, the rubric {points(ours)}."
        " Points are written as they are.",
    )


def _unchanged(cell: Cell) -> tuple[Why, str] | None:
    if not same_grade(cell.before, cell.after):
        return None
    return Why.UNCHANGED, f"has {visible(cell.before)} already"


def _has_commas(table: LmsTable, column: int) -> bool:
    """By the column itself and the one beside it, which may have the maximum."""
    near = [*table.column_cells(column), *table.column_cells(column + 1)]
    return uses_decimal_comma(near)
