"""What Canvas does with a gradebook, by the rules of its importer.

Written from the importer's behaviour, and from nothing of ours: the header it insists
on, which separator it takes, numbers with commas, how it finds assignments and
students, what it creates, and what it takes for a change.
"""

import csv
import io
import re
from dataclasses import dataclass, field

_RESERVED = {
    *("Student", "LastName", "FirstName", "ID", "SIS User ID", "SIS Login ID"),
    *("Section", "Integration ID", "Root Account"),
}
_TOTALS = re.compile(
    "Current Score|Current Points|Current Grade|Final Score|Final Points|Final Grade"
    "|Override Score|Override Grade|Override Status"
)
_NUMBER = re.compile(r"-?[0-9.,]+%?")


class InvalidHeaderRow(Exception):
    """The whole file is turned down."""


@dataclass
class User:
    id: int
    name: str
    sis_id: str = ""
    login: str = ""


@dataclass
class Course:
    """What Canvas knows before: people, assignments, scores."""

    users: list[User]
    titles: dict[int, str]
    possible: dict[int, float]
    scores: dict[tuple[int, int], str] = field(default_factory=dict)
    custom_columns: tuple[str, ...] = ()
    has_first_last_names: bool = True


@dataclass
class Upload:
    """What Canvas would ask the teacher to confirm."""

    changes: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    new_assignments: list[str] = field(default_factory=list)
    new_students: list[str] = field(default_factory=list)
    new_possible: dict[int, str] = field(default_factory=dict)


def upload(course: Course, content: bytes) -> Upload:
    """Reads a file as the importer would."""
    text = content.decode("utf-8")
    separator = ";" if _is_semicolon(text) else ","
    rows = [
        [_converted(cell) for cell in row]
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        if row and not re.fullmatch(r"[;, ]+", separator.join(row))
    ]
    header, found = rows[0], Upload()
    columns = _assignments(course, header, found)
    read_only: set[int] = set()
    for row in rows[1:]:
        if "Points Possible" in row[0]:
            for index, assignment in columns.items():
                cell = row[index]
                if re.search(r"read\s+only", cell):
                    read_only.add(index)
                elif cell and float(cell) != course.possible.get(assignment):
                    found.new_possible[assignment] = cell
        elif all(re.fullmatch(r"(?i)\s*(Muted|Manual Posting.*)?\s*", c) for c in row):
            continue
        else:
            _student_row(course, header, row, columns, found)
    assert not read_only
    return found


def _assignments(course, header, found):
    """Columns of assignments, after those that say who somebody is."""
    if not (len(header) > 3 and "Student" in header[0] and "ID" in header[1]) and not (
        len(header) > 4 and "LastName" in header[0] and "FirstName" in header[1]
    ):
        raise InvalidHeaderRow(header)
    count = _student_columns(course, header)
    custom = [c for c in header if c in course.custom_columns and c not in _RESERVED]
    columns = {}
    for heading in header[count + len(custom) :]:
        if _TOTALS.search(heading):
            continue
        parts = re.fullmatch(r"(.*)\s\((\d+)\)", heading)
        known = int(parts[2]) if parts and int(parts[2]) in course.titles else None
        if known is None:
            same = [i for i, title in course.titles.items() if title == heading]
            known = same[0] if same else None
        if known is None:
            found.new_assignments.append(heading)
        else:
            columns[header.index(heading)] = known
    return columns


def _student_columns(course, header):
    """How many columns say who somebody is."""
    parted = header[:2] == ["LastName", "FirstName"]
    if parted and not course.has_first_last_names:
        raise InvalidHeaderRow(header)
    first = count = 4 if parted else 3
    if re.search(r"SIS\s+Login\s+ID", header[first - 1]):
        count += 1
    elif re.search(r"SIS\s+User\s+ID", header[first - 1]) and re.search(
        r"SIS\s+Login\s+ID", header[first]
    ):
        extra = 1 if "Integration ID" in header[first + 1] else 0
        count += 2 + extra
        if re.search(r"Root\s+Account", header[first + 1 + extra]):
            count += 1
    if "Section" not in header[count - 1]:
        raise InvalidHeaderRow(header)
    return count


def _student_row(course, header, row, columns, found):
    user = _find_user(course, header, row)
    if user is None:
        found.new_students.append(row[0])
        return
    for index, assignment in columns.items():
        new = row[index].strip()
        old = course.scores.get((user.id, assignment), "")
        if not _same(old, new):
            found.changes[user.id, assignment] = (old, new)


def _find_user(course, header, row):
    parted = header[0] == "LastName"
    raw = row[2 if parted else 1]
    number = int(re.match(r"\d*", raw)[0] or 0)
    for user in course.users:
        if number == user.id:
            return user
    for heading, attribute in (("SIS User ID", "sis_id"), ("SIS Login ID", "login")):
        if heading in header and row[header.index(heading)]:
            for user in course.users:
                if getattr(user, attribute) == row[header.index(heading)]:
                    return user
    name = f"{row[1]} {row[0]}".strip() if parted else row[0]
    return next((user for user in course.users if user.name == name), None)


def _same(old, new):
    if old == new or (old in ("", "-") and new in ("", "-")):
        return True
    if not old or not new or "EX" in (old.upper(), new.upper()):
        return False
    return round(float(old), 2) == round(float(new), 2)


def _converted(cell):
    if not _NUMBER.fullmatch(cell):
        return cell
    *whole, last = re.split("[,.]", cell)
    return f"{''.join(whole)}.{last}" if whole else last


def _is_semicolon(text):
    """By its first three lines: the separator that parts all of them alike."""
    counts = {}
    for separator in ";,":
        counts[separator] = 0
        try:
            sizes = {
                len(next(csv.reader([line], delimiter=separator, strict=True), []))
                for line in text.split("\n")[:3]
            }
        except csv.Error:  # a cell that goes over lines
            continue
        counts[separator] = sizes.pop() if len(sizes) == 1 else 0
    return counts[";"] > counts[","]
