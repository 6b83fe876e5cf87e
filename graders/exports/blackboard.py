"""Blackboard Learn: a gradebook with one column, made of the one that it exported.

Blackboard finds students by their username, and a column by the number behind `|` in
its heading; without that it creates a new one.
"""

import re

from graders.errors import UsageError
from graders.exports.changes import Export, Why
from graders.exports.class_to_export import ClassToExport
from graders.exports.filling import Cell, fill, in_plain, other_maximum, titles_of
from graders.exports.lms_table import LmsTable, is_run, number, typed, write_rows
from graders.exports.matching import PlatformRow, match
from graders.reports.wording import visible

SYSTEM = "blackboard"
_COLUMN = re.compile(
    r"(?P<title>.*?)\s*(\[[^\[\]]*?(?P<most>\d+(?:[.,]\d+)?)[^\[\]]*\])?\s*"
    r"\|(?P<id>\d+)"
)
_CALCULATED = re.compile(r"\[[^\[\]]*\bup to\b", re.IGNORECASE)
_USERNAME = ("Username", "Benutzername", "Nombre de usuario", "Nom d'utilisateur")
_STUDENT_ID = ("Student ID", "Teilnehmer-ID", "ID de alumno", "ID étudiant")
_LAST = ("Last Name", "Nachname", "Apellidos", "Nom de famille")
_FIRST = ("First Name", "Vorname", "Nombre", "Prénom")


def export_blackboard(
    the_class: ClassToExport, table: LmsTable, column: str = ""
) -> Export:
    """The file to upload to Blackboard, and what it would change.

    Args:
        the_class: marks.
        table: the gradebook that Blackboard exported.
        column: heading, title or id of the assignment; else the one whose title is
            the assignment's.

    Raises:
        UsageError: if the table is no gradebook, or has no such column or several.
    """
    people = _people(table)
    index = _grade_column(table, column, the_class)
    matching = match(SYSTEM, the_class, _students(table, people))
    filled = fill(the_class, table, matching, index, _left_because)
    order = sorted(people.values())
    header = [*(table.header[i] for i in order), table.header[index]]
    rows = [
        [*(typed(table.cell_of(row, i)) for i in order), after]
        for row, after in sorted(filled.grades.items())
    ]
    return Export(
        content=write_rows(
            [header, *rows],
            delimiter=table.delimiter,
            encoding=table.encoding,
            line_end=table.line_end,
        ),
        column=table.header[index],
        changes=filled.changes,
        left=filled.left,
        unmatched=matching.unmatched,
        held_back=the_class.held_back,
        notes=other_maximum(
            "Blackboard", _maximum(table.header[index]), the_class.max_points
        ),
    )


def _left_because(cell: Cell) -> tuple[Why, str] | None:
    # Blackboard finds a student by this alone, so it cannot be quoted.
    if not is_run(cell.row.keys["username"]):
        return None
    return Why.UNSAFE, (
        f"a spreadsheet would run the username: enter {cell.after} by hand"
    )


def _people(table: LmsTable) -> dict[str, int]:
    """The columns that say who somebody is."""
    found = {}
    for key, names in (
        *(("last", _LAST), ("first", _FIRST)),
        *(("username", _USERNAME), ("sid", _STUDENT_ID)),
    ):
        folded = [name.casefold() for name in names]
        column = next(
            (i for i, text in enumerate(table.header) if text.casefold() in folded),
            None,
        )
        if column is not None:
            found[key] = column
    if "username" not in found:
        raise UsageError(
            "this is no gradebook of Blackboard: it has no column Username",
            f"{table.path}:1",
            "In Blackboard: Grade Center, Work Offline, Download. Give that file.",
        )
    return found


def _students(table: LmsTable, people: dict[str, int]) -> list[PlatformRow]:
    rows = []
    for row, line in enumerate(table.lines):
        cells = {key: table.cell_of(row, column) for key, column in people.items()}
        last, first = cells.get("last", ""), cells.get("first", "")
        keys = {
            "username": cells["username"],
            "sid": cells.get("sid", ""),
            "name": f"{last}, {first}" if last and first else last or first,
        }
        rows.append(PlatformRow(number=row, line=line, keys=keys))
    return rows


def _grade_column(table: LmsTable, wanted: str, the_class: ClassToExport) -> int:
    columns = [
        i
        for i, name in enumerate(table.header)
        if _COLUMN.fullmatch(name) and not _CALCULATED.search(name)
    ]
    names = [wanted] if wanted else titles_of(the_class)
    found = [i for i in columns if _is_called(table.header[i], names)]
    if len(found) == 1:
        return found[0]
    shown = ", ".join(repr(visible(table.header[i])) for i in found or columns)
    if found:
        what = f"{len(found)} columns of the gradebook could be meant"
    else:
        what = f"no column of the gradebook is called {names[0]!r}"
    raise UsageError(
        visible(what),
        f"{table.path}:1",
        f"Name one with --column, by its title or the number behind |:"
        f" {shown or 'none'}.",
    )


def _is_called(heading: str, names: list[str]) -> bool:
    parts = _COLUMN.fullmatch(heading)
    own = {in_plain(heading)}
    if parts:
        own |= {in_plain(parts["title"]), parts["id"] or ""}
    return any(in_plain(name) in own - {""} for name in names)


def _maximum(heading: str) -> float | None:
    parts = _COLUMN.fullmatch(heading)
    return number(parts["most"]) if parts and parts["most"] else None
