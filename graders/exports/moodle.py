"""Moodle: the teacher's own grading worksheet, with grades filled in.

Moodle reads its own headings only, skips rows whose grade changed there meanwhile, and
takes no grade above the maximum. So a worksheet is filled in place, never invented.
"""

import html
from collections.abc import Mapping

from graders.exports.changes import Export, Why
from graders.exports.class_to_export import ClassToExport
from graders.exports.filling import Cell, LeftBecause, fill, other_maximum
from graders.exports.lms_table import LmsTable, number, typed, write_rows
from graders.exports.matching import Matching, PlatformRow, match
from graders.exports.worksheet_headings import (
    Headings,
    find_columns,
    participant,
    says_no,
)
from graders.records import Mark
from graders.reports.mark_wording import days_late, kept
from graders.reports.wording import points

SYSTEM = "moodle"


def export_moodle(
    the_class: ClassToExport,
    table: LmsTable,
    headings: Mapping[str, str],
    *,
    with_comments: bool = False,
) -> Export:
    """The worksheet to upload to Moodle, and what it would change.

    Args:
        the_class: marks.
        table: the worksheet that Moodle gave.
        headings: what columns are called, where that cannot be told.
        with_comments: whether an empty cell of feedback gets a sentence about the mark.

    Raises:
        UsageError: if the table is no worksheet.
    """
    columns = find_columns(table, headings)
    matching = match_worksheet(the_class, table, columns)
    grade = columns.by_role["grade"]
    filled = fill(the_class, table, matching, grade, _left_because(table, columns))
    cells = {(row, grade): text for row, text in filled.grades.items()}
    comments = columns.of("comments")
    if with_comments and comments is not None:
        for row, one in filled.marked.items():
            # What a teacher wrote there stays.
            if not table.cell_of(row, comments):
                cells[row, comments] = comment(one.mark)
    return Export(
        content=_content(table, columns, cells),
        column=table.header[grade],
        changes=filled.changes,
        left=filled.left,
        unmatched=matching.unmatched,
        held_back=the_class.held_back,
        notes=(
            *other_maximum("Moodle", _maximum(table, columns), the_class.max_points),
            *_notes(columns, with_comments=with_comments),
        ),
    )


def match_worksheet(
    the_class: ClassToExport, table: LmsTable, columns: Headings
) -> Matching:
    """Whose row is whose."""
    rows = []
    for row, line in enumerate(table.lines):
        identifier = table.cell_of(row, columns.of("identifier"))
        keys = {
            "participant": participant(identifier),
            "id_number": table.cell_of(row, columns.of("id_number")),
            "email": table.cell_of(row, columns.of("email")),
            "name": table.cell_of(row, columns.of("name")),
        }
        rows.append(PlatformRow(number=row, line=line, keys=keys))
    return match(SYSTEM, the_class, rows)


def comment(mark: Mark) -> str:
    """A sentence about a mark, as HTML, which is what Moodle takes it for."""
    text = f"{points(mark.points)} of {points(mark.max_points)} points."
    if mark.lateness.days:
        late = mark.lateness
        text += f" {days_late(late)}: {kept(late)} of the points are kept."
    return f"<p>{html.escape(text)}</p>"


def _content(
    table: LmsTable, columns: Headings, cells: Mapping[tuple[int, int], str]
) -> bytes:
    """With commas and in UTF-8, as Moodle reads it unless told otherwise."""
    # Whatever differs in these, Moodle would take for a change, or not recognise.
    exact = {columns.of(role) for role in ("identifier", "grade", "modified")}
    exact |= {columns.of("maximum"), columns.of("comments")}
    rows = [
        [
            cells.get((row, i), text if i in exact else typed(text))
            for i, text in enumerate(own)
        ]
        for row, own in enumerate(table.rows)
    ]
    return write_rows([table.header, *rows], line_end=table.line_end)


def _left_because(table: LmsTable, columns: Headings) -> LeftBecause:
    def reason(cell: Cell) -> tuple[Why, str] | None:
        row = cell.row.number
        if says_no(table.cell_of(row, columns.of("changeable"))):
            return Why.LOCKED, "the worksheet says that its grade cannot be changed"
        most = number(table.cell_of(row, columns.of("maximum")))
        if most is not None and cell.one.points > most:
            return Why.OUT_OF_RANGE, (
                f"{cell.after} is above the maximum of {points(most)}, and Moodle would"
                " skip it: raise the maximum there, and download the worksheet anew"
            )
        return None

    return reason


def _maximum(table: LmsTable, columns: Headings) -> float | None:
    column = columns.of("maximum")
    found = [] if column is None else list(map(number, table.column_cells(column)))
    return next((value for value in found if value is not None), None)


def _notes(columns: Headings, *, with_comments: bool) -> list[str]:
    notes = []
    if columns.of("changeable") is None:
        notes.append(
            "Which grades can be changed is not known; Moodle skips those that cannot."
            " --heading changeable=TEXT names the column."
        )
    if with_comments and columns.of("comments") is None:
        notes.append(
            "The worksheet has no column for feedback comments, so none are written."
        )
    return notes
