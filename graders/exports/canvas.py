"""Canvas: a gradebook with one column, made of the gradebook that Canvas exported.

Canvas would create what it does not know, takes a blank for a change, and sets the
possible points of an assignment to what the file says. So the file has the columns
that say who somebody is, one assignment, its possible points as they were, and the
rows of those whose grade changes.
"""

import re
from collections.abc import Sequence

from graders.errors import UsageError
from graders.exports.changes import Export, Why
from graders.exports.class_to_export import ClassToExport
from graders.exports.filling import Cell, fill, in_plain, other_maximum, titles_of
from graders.exports.lms_table import LmsTable, is_run, number, typed, write_rows
from graders.exports.matching import PlatformRow, match
from graders.reports.wording import visible

SYSTEM = "canvas"
_POINTS_POSSIBLE = "Points Possible"
_READ_ONLY = re.compile(r"read\s+only", re.IGNORECASE)
_POSTING = re.compile(r"\s*(Muted|Manual Posting.*)?\s*", re.IGNORECASE)
_TITLE_AND_ID = re.compile(r"(?P<title>.*)\s\((?P<id>\d+)\)")
_TOTALS = re.compile(
    r"(Current|Final|Override) (Score|Points|Grade|Status)", re.IGNORECASE
)
_EXCUSED, _NOT_ASSIGNED = "EX", "N/A"


def export_canvas(
    the_class: ClassToExport, table: LmsTable, column: str = ""
) -> Export:
    """The file to import into Canvas, and what it would change.

    Args:
        the_class: marks.
        table: the gradebook that Canvas exported.
        column: heading, title or id of the assignment; else the one whose title is
            the assignment's.

    Raises:
        UsageError: if the table is no gradebook, or has no such column or several.
    """
    last = _section(table)
    index = _assignment_column(table, last, column, the_class)
    possible = _possible(table, index)
    rows = _students(table)
    matching = match(SYSTEM, the_class, rows)
    filled = fill(the_class, table, matching, index, _left_because, decimal_comma=False)
    return Export(
        content=_content(table, last, index, possible, filled.grades),
        column=table.header[index],
        changes=filled.changes,
        left=filled.left,
        unmatched=matching.unmatched,
        held_back=the_class.held_back,
        notes=other_maximum("Canvas", number(possible), the_class.max_points),
    )


def _content(
    table: LmsTable, last: int, index: int, possible: str, grades: dict[int, str]
) -> bytes:
    """With commas: Canvas looks for semicolons in three lines, and cells have more.

    And with no byte order mark: behind one it does not see the heading LastName.
    """
    header = [*table.header[: last + 1], table.header[index]]
    names = ["    " + _POINTS_POSSIBLE, *[""] * last, possible]
    rows = [
        [*(typed(table.cell_of(row, i)) for i in range(last + 1)), after]
        for row, after in sorted(grades.items())
    ]
    return write_rows([header, names, *rows], line_end=table.line_end)


def _left_because(cell: Cell) -> tuple[Why, str] | None:
    keys = cell.row.keys
    if cell.before.upper() == _EXCUSED:
        return Why.EXCUSED, "excused in Canvas; lift that there to give a grade"
    if cell.before.upper() == _NOT_ASSIGNED:
        return Why.LOCKED, "not assigned to this student in Canvas"
    if keys["user_id"] and not keys["user_id"].isdecimal():
        # Canvas reads the digits that it begins with, and they are somebody else's.
        return Why.UNSAFE, (
            f"the table says {visible(keys['user_id'])} for the ID, as a spreadsheet"
            " writes a large one: export the gradebook anew, and give it unopened"
        )
    if not keys["user_id"] and any(map(is_run, keys.values())):
        return Why.UNSAFE, (
            "the row has no ID, and a name that a spreadsheet would run: enter"
            f" {cell.after} by hand"
        )
    return None


def _section(table: LmsTable) -> int:
    """The last column that says who somebody is."""
    header = table.header
    whole = bool(header) and "Student" in header[0] and "ID" in header[1]
    parted = len(header) > 2 and header[:2] == ("LastName", "FirstName")
    if (not whole and not (parted and "ID" in header[2])) or "Section" not in header:
        raise UsageError(
            "this is no gradebook of Canvas: it begins with Student and ID, and has a"
            " column Section",
            f"{table.path}:1",
            "In Canvas: Grades, Export, Export Entire Gradebook. Give that file.",
        )
    return header.index("Section")


def _assignment_column(
    table: LmsTable, last: int, wanted: str, the_class: ClassToExport
) -> int:
    possible = {index: _possible(table, index) for index in range(len(table.header))}
    columns = [
        index
        for index, name in enumerate(table.header)
        if index > last
        and _TITLE_AND_ID.fullmatch(name)
        and not _TOTALS.match(name)
        and not _READ_ONLY.search(possible[index])
    ]
    names = [wanted] if wanted else titles_of(the_class)
    found = [i for i in columns if _is_called(table.header[i], names)]
    if len(found) == 1:
        return found[0]
    shown = ", ".join(repr(visible(table.header[i])) for i in found or columns)
    if not found:
        raise UsageError(
            f"the gradebook has no column {visible(wanted)!r} that can be written"
            if wanted
            else f"no column of the gradebook is called {names[0]!r}",
            f"{table.path}:1",
            f"Name one with --column, by its title or its id: {shown or 'none'}.",
        )
    raise UsageError(
        f"{len(found)} columns of the gradebook could be meant",
        f"{table.path}:1",
        f"Name one by its id, --column ID: {shown}.",
    )


def _is_called(heading: str, names: Sequence[str]) -> bool:
    """By the whole heading, by its title, or by its id."""
    parts = _TITLE_AND_ID.fullmatch(heading)
    own = {in_plain(heading)}
    if parts:
        own |= {in_plain(parts["title"]), parts["id"]}
    return any(in_plain(name) in own - {""} for name in names)


def _points_row(table: LmsTable) -> int | None:
    return next(
        (row for row in range(len(table.rows)) if _is_points_row(table, row)), None
    )


def _is_points_row(table: LmsTable, row: int) -> bool:
    return _POINTS_POSSIBLE in table.rows[row][0]


def _possible(table: LmsTable, index: int) -> str:
    row = _points_row(table)
    return "" if row is None else table.cell_of(row, index)


def _students(table: LmsTable) -> list[PlatformRow]:
    parted = table.header[0] == "LastName"
    columns = {
        "user_id": 2 if parted else 1,
        "sis_id": _index(table, "SIS User ID"),
        "login": _index(table, "SIS Login ID"),
    }
    found = []
    for row in range(len(table.rows)):
        if _is_points_row(table, row) or all(map(_POSTING.fullmatch, table.rows[row])):
            continue
        keys = {key: table.cell_of(row, column) for key, column in columns.items()}
        name = table.cell_of(row, 0)
        if parted:
            name = f"{name}, {table.cell_of(row, 1)}"
        keys["name"] = name
        found.append(PlatformRow(number=row, line=table.lines[row], keys=keys))
    return found


def _index(table: LmsTable, heading: str) -> int | None:
    return table.header.index(heading) if heading in table.header else None
