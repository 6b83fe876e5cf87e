"""Tables about a class: when each student handed in, and who is in which group."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from graders.errors import UsageError

_Row = tuple[int, Mapping[str, str]]


def read_times(path: Path, zone: ZoneInfo) -> dict[str, datetime]:
    """`student,submitted_at` → when each handed in.

    A time is written as `2026-10-09 23:59`, by the clocks of a zone, or with an offset
    of its own, `2026-10-09T21:59:00+00:00`.

    Args:
        path: a CSV file with a header.
        zone: of the times that name no offset.

    Raises:
        UsageError: if the file or a row of it cannot be read.
    """
    times = {}
    for line, row in _rows(path, ("student", "submitted_at")):
        try:
            moment = datetime.fromisoformat(row["submitted_at"].strip())
        except ValueError as error:
            raise UsageError(
                f"{row['submitted_at']!r} is no date and time",
                f"{path}:{line}",
                "Write it as 2026-10-09 23:59, or with an offset.",
            ) from error
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        times[row["student"].strip()] = zoned
    return times


def read_groups(path: Path, largest: int) -> dict[str, list[str]]:
    """`group,student` → the members of each group.

    Args:
        path: a CSV file with a header.
        largest: how many a group may have.

    Raises:
        UsageError: if the file cannot be read, a group is too large, or a student is
            in two.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    seen: dict[str, str] = {}
    for line, row in _rows(path, ("group", "student")):
        group, student = row["group"].strip(), row["student"].strip()
        if seen.setdefault(student, group) != group:
            raise UsageError(
                f"{student!r} is in two groups, {seen[student]!r} and {group!r}",
                f"{path}:{line}",
                "Leave one of the two rows out.",
            )
        if student not in groups[group]:
            groups[group].append(student)
        if len(groups[group]) > largest:
            raise UsageError(
                f"group {group!r} has more than {largest} members",
                f"{path}:{line}",
                "Correct the table, or `groups` in the rubric's policy.",
            )
    return dict(groups)


def _rows(path: Path, columns: tuple[str, str]) -> Iterator[_Row]:
    """Line and row of each, with all columns filled."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"the table cannot be read: {error}", str(path), "Check the path."
        ) from error
    reader = csv.DictReader(text.splitlines())
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    if missing:
        raise UsageError(
            f"the table has no column {missing[0]!r}",
            f"{path}:1",
            f"Its first line must be: {','.join(columns)}",
        )
    for row in reader:
        if not all((row[name] or "").strip() for name in columns):
            raise UsageError(
                f"this row lacks a {' or a '.join(columns)}",
                f"{path}:{reader.line_num}",
                "Fill it in, or delete the row.",
            )
        yield reader.line_num, row
