"""What Moodle does with a grading worksheet and a zip of feedback, by its own rules.

Written from the behaviour of its importers, and from nothing of ours: it knows only
headings in the teacher's language, cuts the word for a participant off by its length,
reads numbers by its own decimal sign, and skips what it will not change.
"""

import csv
import io
import zipfile
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Language:
    """Moodle's own words."""

    identifier: str = "Identifier"
    grade: str = "Grade"
    modified: str = "Last modified (grade)"
    comments: str = "Feedback comments"
    participant: str = "Participant "
    decimal_sign: str = "."


ENGLISH = Language()
GERMAN = Language(
    "ID",
    "Bewertung",
    "Zuletzt geändert (Bewertung)",
    "Feedback als Kommentar",
    "Teilnehmer/in",
    ",",
)
FRENCH = Language(
    "Identifiant",
    "Note",
    "Dernière modification (note)",
    "Feedback par commentaires",
    "Participant",
    ",",
)
SPANISH = Language(
    "Identificador",
    "Calificación",
    "Última modificación (calificación)",
    "Comentarios de retroalimentación",
    "Participante ",
    ",",
)


class InvalidGradeImport(Exception):
    """The whole file is turned down."""


@dataclass
class Assign:
    """What Moodle knows before: participants, their grades and feedback."""

    participants: set[int]
    maximum: float
    grades: dict[int, float] = field(default_factory=dict)
    feedback: dict[int, str] = field(default_factory=dict)
    locked: frozenset[int] = frozenset()
    changed_since: frozenset[int] = frozenset()


@dataclass
class Imported:
    """What Moodle did."""

    grades: dict[int, float] = field(default_factory=dict)
    feedback: dict[int, str] = field(default_factory=dict)
    skipped: dict[int, str] = field(default_factory=dict)


def import_grades(assign, content, language=ENGLISH):
    """Reads a worksheet as the importer would."""
    text = content.decode("utf-8").removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    header, found = rows[0], Imported()
    try:
        at = [
            header.index(heading)
            for heading in (language.identifier, language.grade, language.modified)
        ]
    except ValueError as error:
        raise InvalidGradeImport(header) from error
    comments = header.index(language.comments) if language.comments in header else None
    for row in rows[1:]:
        raw = row[at[0]][len(language.participant) :]
        user = int(raw) if raw.strip().isdigit() else None
        if user not in assign.participants:
            continue
        why = _skip(assign, user, _unformatted(row[at[1]], language))
        if why:
            found.skipped[user] = why
        else:
            found.grades[user] = _unformatted(row[at[1]], language)
        new = "" if comments is None else row[comments]
        is_stale = comments is None or user in assign.changed_since
        if not is_stale and new != assign.feedback.get(user, ""):
            found.feedback[user] = new
    return found


def _skip(assign, user, grade):
    if grade is None or grade < 0:
        return "no value"
    if assign.grades.get(user) == grade:
        return "not modified"
    if user in assign.changed_since:
        return "changed meanwhile"
    if user in assign.locked:
        return "locked"
    return "out of range" if grade > assign.maximum else ""


def _unformatted(text, language):
    plain = text.replace(" ", "").replace(language.decimal_sign, ".")
    return float(plain) if plain else None


def import_feedback(participants, content):
    """Files by participant, as the importer of feedback would read a zip."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.rsplit("/", 1)[-1].startswith((".", "~")):
                continue
            parts = name.split("/")
            while parts:
                info = parts.pop(0).split("_", 4)
                if len(info) < 4 or not info[1].isdigit():
                    continue
                if int(info[1]) not in participants:
                    continue
                if (info[2], info[3]) != ("assignsubmission", "file"):
                    continue
                rest = "/".join([*([info[4]] if len(info) > 4 else [""]), *parts])
                found[int(info[1]), rest.lstrip("/")] = archive.read(name)
                break
    return found
