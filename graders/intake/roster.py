"""A table of the class from any platform → who is who."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from graders.errors import UsageError
from graders.intake.ledger_names import ledger_name
from graders.intake.moments import moment_of
from graders.intake.python_file import read_regular_file

_MOST_BYTES = 16 * 1024**2
_FIELDS = ("name", "email", "sid", "login", "user_id", "sis_id")
_HEADINGS = {
    "student": {"student"},
    "name": {"name", "full name", "student name"},
    "last": {"last name", "lastname", "last_name", "surname", "family name"},
    "first": {"first name", "firstname", "first_name", "given name"},
    "email": {"email", "email address", "e-mail", "e-mail address", "mail"},
    "sid": {"sid", "student id", "id number", "student number", "matriculation number"},
    "login": {"login", "sis login id", "username", "user name", "netid", "github"}
    | {"github_username", "login id"},
    "user_id": {"user_id", "user id", "canvas id"},
    "sis_id": {"sis_id", "sis user id"},
    "participant": {"participant", "identifier"},
    "group": {"group", "group name", "gruppe", "groupe", "grupo"},
    "submitted_at": {"submitted_at", "submission time"}
    | {"last modified (submission)"},
}
_PARTICIPANT = re.compile(r"^[^\d@]+(?P<number>\d+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One person of the roster.

    Args:
        student: the name in the ledger.
        line: of the file.
        fields: `name`, `email`, `sid`, `login`, `user_id`, `sis_id`, those it has.
        participant: Moodle's number of them, for one assignment.
        group: that they are in.
        submitted_at: when they handed in, if the table says so.
    """

    student: str
    line: int
    fields: Mapping[str, str]
    participant: str = ""
    group: str = ""
    submitted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Everybody of a class.

    Args:
        path: where it was read.
        rows: one per person.
        notes: what could not be read.
    """

    path: str
    rows: Sequence[Row]
    notes: Sequence[str] = ()

    def has(self, field: str) -> bool:
        """Whether anybody has such a field."""
        if field == "participant":
            return any(row.participant for row in self.rows)
        return any(row.fields.get(field) for row in self.rows)


def read_roster(path: Path, zone: ZoneInfo) -> Roster:
    """The gradebook or worksheet of a platform, or a table `student,name,email,...`.

    Args:
        path: comma, semicolon or tab between cells; UTF-8 or UTF-16.
        zone: of the times that name no offset.

    Raises:
        UsageError: if it cannot be read, or names somebody twice.
    """
    cells = _cells(path)
    if not cells:
        raise UsageError("the table is empty", str(path), "Export it again.")
    columns = _columns([_heading(cell) for cell in cells[0][1]], cells)
    if not columns.keys() & {"student", "name", "last", "participant", *_FIELDS}:
        raise UsageError(
            "no column says who somebody is",
            f"{path}:1",
            "Give the platform's gradebook, or a table student,name,email,sid,login.",
        )
    people = []
    unread = 0
    for line, row in cells[1:]:
        told = {
            field: row[at].strip() for field, at in columns.items() if at < len(row)
        }
        if not _is_person(told):
            continue
        moment = moment_of(told.get("submitted_at", ""), zone)
        unread += bool(re.search(r"\d", told.get("submitted_at", ""))) and not moment
        people.append((line, told, moment))
    notes = (
        [f"{unread} times of submission cannot be read: give them with --times."]
        if unread
        else []
    )
    return Roster(path=str(path), rows=_rows(path, people), notes=notes)


def _rows(
    path: Path, people: Sequence[tuple[int, Mapping[str, str], datetime | None]]
) -> list[Row]:
    locals_ = Counter(
        told.get("email", "").partition("@")[0].casefold() for _, told, _ in people
    )
    rows: list[Row] = []
    seen: dict[str, int] = {}
    for line, told, moment in people:
        student = ledger_name(_key(told, locals_))
        ids = ("student", "participant", *_FIELDS[1:])
        has_id = any(told.get(field) for field in ids)
        before = seen.setdefault(student.casefold(), line)
        if before != line:
            if has_id:
                raise UsageError(
                    f"lines {before} and {line} both come to the name {student!r}",
                    f"{path}:{line}",
                    "Delete one of them, or add a column `student` with other names.",
                )
            student = f"{student}-{line}"  # Never graded: two of one name, no ids.
        fields = {field: told[field] for field in _FIELDS if told.get(field)}
        if name := _name(told):
            fields["name"] = name
        rows.append(
            Row(
                student=student,
                line=line,
                fields=fields,
                participant=_number(told),
                group=told.get("group", ""),
                submitted_at=moment,
            )
        )
    return rows


def _key(told: Mapping[str, str], same_local: Mapping[str, int]) -> str:
    """What stays the same from one export to the next."""
    email = told.get("email", "")
    local = email.partition("@")[0]
    short = local if same_local[local.casefold()] == 1 else email
    choices = (
        *(told.get("student"), told.get("login"), told.get("sid")),
        *(told.get("sis_id"), short, told.get("user_id"), _name(told)),
    )
    blind = f"participant-{_number(told)}" if _number(told) else ""
    return next(filter(None, (*choices, blind)), "")


def _number(told: Mapping[str, str]) -> str:
    """`730007` of Moodle's `Participant 730007`, in any language."""
    identifier = told.get("participant", "")
    match = _PARTICIPANT.match(identifier)
    return match["number"] if match else identifier


def _name(told: Mapping[str, str]) -> str:
    whole = told.get("name", "")
    return whole or f"{told.get('first', '')} {told.get('last', '')}".strip()


def _is_person(told: Mapping[str, str]) -> bool:
    """Not Canvas' rows of points and postings, nor its test student."""
    name = told.get("name", "")
    if name.casefold() in ("points possible", "student, test"):
        return False
    known = ("student", "name", "last", "first", "participant", *_FIELDS)
    return any(told.get(field) for field in known)


def _columns(
    headings: Sequence[str], cells: Sequence[tuple[int, Sequence[str]]]
) -> dict[str, int]:
    """Which column holds what."""
    found: dict[str, int] = {}
    for field, known in _HEADINGS.items():
        places = [at for at, heading in enumerate(headings) if heading in known]
        if places:
            found[field] = places[0]
    if "id" in headings and {"section", "sections"} & set(headings):  # Canvas
        found["user_id"] = headings.index("id")
        if "student" in found:
            found["name"] = found.pop("student")
    if "identifier" in headings and "github_username" in headings:  # Classroom
        found["student"] = found.pop("participant")
    first = [row[0].strip() for _, row in cells[1:] if row]
    unknown = not found.keys() - {"email", "group", "submitted_at"}
    if unknown and first and all(map(_PARTICIPANT.match, first)):
        found |= _moodle_in_another_language(cells)
    return found


def _moodle_in_another_language(
    cells: Sequence[tuple[int, Sequence[str]]],
) -> dict[str, int]:
    """Headings are translated, places are not: number, name, then the address."""
    found = {"participant": 0, "name": 1}
    rows = [row for _, row in cells[1:]]
    for at in range(2, max(map(len, rows))):
        column = [row[at] for row in rows if at < len(row) and row[at]]
        if column and all("@" in cell for cell in column):
            between = {"sid": 2} if at == 3 else {}
            return {**found, **between, "email": at}
    return found


def _heading(cell: str) -> str:
    return " ".join(cell.split()).casefold()


def _cells(path: Path) -> list[tuple[int, list[str]]]:
    text = _text(path)
    first = text.lstrip("\r\n").split("\n", 1)[0]
    mark = max(
        ",;\t", key=lambda one: len(next(csv.reader([first], delimiter=one), []))
    )
    try:
        return list(_numbered(csv.reader(io.StringIO(text), delimiter=mark)))
    except csv.Error as error:
        raise UsageError(
            f"the table cannot be read: {error}", str(path), "Export it again."
        ) from error


def _numbered(reader: "Iterator[list[str]]") -> Iterator[tuple[int, list[str]]]:
    for row in reader:
        if any(cell.strip() for cell in row):
            yield reader.line_num, row  # type: ignore[attr-defined]


def _text(path: Path) -> str:
    try:
        data = read_regular_file(path, _MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise OSError(f"it is larger than {_MOST_BYTES // 1024**2} MiB")
        wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        return data.decode("utf-16" if wide else "utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            "the table cannot be read, or is neither UTF-8 nor UTF-16 text",
            str(path),
            "Check the path, or save the table as CSV in UTF-8.",
        ) from error
