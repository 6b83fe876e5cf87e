"""What the columns of Moodle's grading worksheet are called, and how else to see them.

Moodle writes headings and words in the language of whoever downloads, and reads only
its own. So the headings are never changed here, only recognised.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graders.errors import UsageError
from graders.exports.lms_table import LmsTable, find_heading, number
from graders.reports.wording import visible

ROLES = (
    *("identifier", "grade", "maximum", "changeable", "modified", "comments"),
    *("name", "id_number", "email"),
)
_NEEDED = ("identifier", "grade", "modified")
# English, German, French, Spanish, Italian, Portuguese, Dutch, as Moodle has them.
_KNOWN: Mapping[str, Sequence[str]] = {
    "identifier": (
        *("Identifier", "ID", "Identifiant", "Identificador", "Identificativo"),
        "Identificatie",
    ),
    "grade": (
        *("Grade", "Bewertung", "Note", "Calificación", "Valutazione", "Nota"),
        *("Cijfer", "Beoordeling"),
    ),
    "maximum": (
        *("Maximum grade", "Bestwertung", "Note maximale", "Calificación máxima"),
        *("Valutazione massima", "Nota máxima", "Maximumcijfer"),
    ),
    "changeable": (
        *("Grade can be changed", "Bewertung kann geändert werden"),
        *("La note peut être modifiée", "La calificación puede ser cambiada"),
    ),
    "modified": (
        *("Last modified (grade)", "Zuletzt geändert (Bewertung)"),
        *("Dernière modification (note)", "Última modificación (calificación)"),
        *("Ultima modifica (valutazione)", "Última modificação (nota)"),
        "Laatst gewijzigd (beoordeling)",
    ),
    "comments": (
        *("Feedback comments", "Feedback als Kommentar", "Feedback par commentaires"),
        "Comentarios de retroalimentación",
    ),
    "name": (
        *("Full name", "Vollständiger Name", "Nom complet", "Nombre completo"),
        *("Nome completo", "Volledige naam"),
    ),
    "id_number": ("ID number", "ID-Nummer", "Numéro d'identification", "Número de ID"),
    "email": (
        *("Email address", "E-Mail-Adresse", "Adresse de courriel"),
        *("Dirección de correo", "Indirizzo email", "Endereço de email", "E-mailadres"),
    ),
}
_LIKE = {
    "modified": r"\((grade|bewertung|note|calificación|valutazione|nota|cijfer)\)$",
    "email": r"e-?mail|courriel|correo",
}
_SCALE = ("scale", "skala", "barème", "escala", "scala", "schaal")
_PARTICIPANT = re.compile(r"(?P<word>\D+?)\s*(?P<id>\d+)")
_NO = {
    *("no", "nein", "non", "não", "nee", "nej", "nei", "nie", "ne", "ei"),
    *("нет", "ні", "いいえ", "否"),
}


@dataclass(frozen=True, slots=True)
class Headings:
    """Columns of a worksheet by what they hold; what is not there has none."""

    by_role: Mapping[str, int]

    def of(self, role: str) -> int | None:
        """The column, if there is one."""
        return self.by_role.get(role)


def read_headings(given: Sequence[str]) -> dict[str, str]:
    """`ROLE=TEXT` from the command line.

    Raises:
        UsageError: if a role is not known.
    """
    found = {}
    for text in given:
        role, sign, heading = text.partition("=")
        if not sign or role not in ROLES:
            raise UsageError(
                f"{visible(text)!r} names no column of a worksheet",
                "--heading",
                f"Write ROLE=TEXT, with one of: {', '.join(ROLES)}.",
            )
        found[role] = heading.strip()
    return found


def find_columns(table: LmsTable, given: Mapping[str, str]) -> Headings:
    """What each column holds: as told, by its heading, or by what is in it.

    Raises:
        UsageError: if it is no worksheet, or a column cannot be told.
    """
    found = {}
    for role in ROLES:
        names = [given[role]] if role in given else _KNOWN[role]
        like = "" if role in given else _LIKE.get(role, "")
        column = find_heading(table, names, like=like)
        if column is None and role in given:
            raise _no_such_heading(table, role, given[role])
        if column is not None:
            found[role] = column
    # In a language that is not known, the teacher's file is trusted to have them all.
    needed = _NEEDED if "grade" in found else ("identifier", "grade")
    _by_content(table, found)
    missing = [role for role in needed if role not in found]
    if missing:
        raise UsageError(
            f"the worksheet's column for {missing[0]!r} cannot be told",
            f"{table.path}:1",
            f"Name it, --heading {missing[0]}=TEXT: {_shown(table)}.",
        )
    if "maximum" not in found and _has_scale(table):
        raise UsageError(
            "this assignment is graded by a scale, not by points",
            f"{table.path}:1",
            "In Moodle, set Grade to the type Point. Then download the worksheet anew.",
        )
    return Headings(found)


def participant(identifier: str) -> str:
    """The number in `Participant 123`, in whatever language.

    >>> participant("Teilnehmer/in1234"), participant("Participant 7"), participant("x")
    ('1234', '7', '')
    """
    parts = _PARTICIPANT.fullmatch(identifier)
    return parts["id"] if parts else ""


def says_no(text: str) -> bool:
    """Whether a cell says that a grade cannot be changed."""
    return text.casefold() in _NO


def _by_content(table: LmsTable, found: dict[str, int]) -> None:
    """What a language that is not known leaves: who it is, the maximum, the grade."""
    columns = range(len(table.header))
    if "identifier" not in found and table.rows:
        first = (i for i in columns if all(map(participant, table.column_cells(i))))
        if (column := next(first, None)) is not None:
            found["identifier"] = column
    if "email" not in found:
        emails = (i for i in columns if _has_emails(table.column_cells(i)))
        if (column := next(emails, None)) is not None:
            found["email"] = column
    if "grade" in found or "maximum" in found:
        return
    numbers = (i for i in columns if i and _is_maximum(table.column_cells(i)))
    if (column := next(numbers, None)) is not None:
        found["maximum"], found["grade"] = column, column - 1
    # The name is what follows the number, unless names are hidden.
    beside = found.get("identifier", -1) + 1
    if "name" not in found and beside not in found.values():
        found["name"] = beside


def _has_emails(cells: Sequence[str]) -> bool:
    return bool(cells) and all("@" in text for text in cells)


def _is_maximum(cells: Sequence[str]) -> bool:
    """One positive number, the same in every row."""
    value = number(cells[0]) if cells else None
    return len(cells) > 1 and len(set(cells)) == 1 and bool(value and value > 0)


def _has_scale(table: LmsTable) -> bool:
    return any(name.casefold() in _SCALE for name in table.header)


def _no_such_heading(table: LmsTable, role: str, text: str) -> UsageError:
    return UsageError(
        f"the worksheet has no column {visible(text)!r} for {role!r}",
        f"{table.path}:1",
        f"Its columns: {_shown(table)}.",
    )


def _shown(table: LmsTable) -> str:
    return ", ".join(repr(visible(name)) for name in table.header)
