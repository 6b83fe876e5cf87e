"""What Blackboard does with an uploaded gradebook, by its documented rules.

Rows match on the username alone; a column matches by the number behind `|`, and a
heading without one creates a new column.
"""

import csv
import io
import re
from dataclasses import dataclass, field

_PEOPLE = {"Last Name", "First Name", "Username", "Student ID", "Availability"}


@dataclass
class Uploaded:
    """What Blackboard did."""

    grades: dict[tuple[str, str], str] = field(default_factory=dict)
    new_columns: list[str] = field(default_factory=list)
    unknown_users: list[str] = field(default_factory=list)


def upload(usernames, columns, content):
    """Reads a file as Blackboard would.

    Args:
        usernames: of the course.
        columns: their numbers.
        content: of the file: UTF-8 with commas, or UTF-16 with tabs.
    """
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = content.decode("utf-16" if wide else "utf-8-sig")
    rows = list(
        csv.reader(io.StringIO(text, newline=""), delimiter="\t" if wide else ",")
    )
    header, found = rows[0], Uploaded()
    user_at = header.index("Username")
    for index, heading in enumerate(header):
        if heading in _PEOPLE:
            continue
        number = re.search(r"\|(\d+)$", heading)
        if not number or number[1] not in columns:
            found.new_columns.append(heading)
            continue
        for row in rows[1:]:
            if row[user_at] not in usernames:
                found.unknown_users.append(row[user_at])
            elif row[index]:
                found.grades[row[user_at], number[1]] = row[index]
    return found
