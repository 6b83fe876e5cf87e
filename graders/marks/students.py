"""Who is known of an assignment: by what was handed in, and by groups."""

import sqlalchemy as sa

from graders.errors import UsageError
from graders.ledger import grouped
from graders.ledger.tables import submissions
from graders.marks.graded_assignment import nearest


def known_students(connection: sa.Connection, assignment: str) -> list[str]:
    """Names of students and of groups, each once."""
    names = sa.select(submissions.c.student).distinct()
    handed_in = connection.scalars(names.where(submissions.c.assignment == assignment))
    groups = grouped(connection, assignment)
    members = [name for own in groups.values() for name in own]
    return sorted({*handed_in, *groups, *members})


def require_student(
    connection: sa.Connection,
    assignment: str,
    student: str,
    *,
    fix: str = "`grade scores` lists everybody.",
) -> None:
    """Refuses a name that nobody has.

    Args:
        connection: of the ledger.
        assignment: its name.
        student: name of a student or a group.
        fix: what to do, where no other name is like it.

    Raises:
        UsageError: with the nearest name.
    """
    known = known_students(connection, assignment)
    if student not in known:
        raise UsageError(
            f"nobody called {student!r} has handed in {assignment}",
            "the ledger",
            " ".join(filter(None, (nearest(student, known), fix))),
        )
