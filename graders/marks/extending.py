"""Due dates of single students, by the clocks of the policy's time zone."""

import re
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from graders.errors import UsageError
from graders.ledger import Ledger, extend, extended, grouped
from graders.marks.students import require_student
from graders.rubric import Policy
from graders.rubric.policy import moment

_FORM = re.compile(r"20\d\d-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?")


def extend_due_date(
    ledger: Ledger,
    assignment: str,
    policy: Policy | None,
    student: str,
    until: str,
    *,
    reason: str,
    new: bool = False,
) -> tuple[datetime, Sequence[str]]:
    """Gives a student, or all members of a group, until a time.

    Args:
        ledger: where.
        assignment: its name.
        policy: of its rubric.
        student: name of a student or a group.
        until: date and time, as the clocks of the policy's zone show it.
        reason: why.
        new: whether the name may be one that nobody has handed in under yet.

    Returns:
        When that is, and who has until then.

    Raises:
        UsageError: if nothing is due, there is no such student, or that is no later
            time.
    """
    if policy is None or policy.due_at is None:
        raise UsageError(
            "nothing is due, so nothing can be extended",
            assignment,
            "Add `policy:` with `due:` to its rubric.",
        )
    end = moment(_clock(until), policy.zone)
    if end <= policy.due_at:
        due = policy.due_at.astimezone(policy.zone)
        raise UsageError(
            f"it is due later than that anyway: {due:%Y-%m-%d %H:%M}",
            "TIME",
            "Give a later time, or take an extension back with --withdraw.",
        )
    students = _students(ledger, assignment, student, new=new)
    for name in students:
        extend(ledger, assignment, name, end, reason)
    return end, students


def withdraw_extension(
    ledger: Ledger, assignment: str, student: str, *, reason: str
) -> Sequence[str]:
    """Takes an extension back; whose.

    Raises:
        UsageError: if there is none.
    """

    def read(connection: sa.Connection) -> list[str]:
        names = grouped(connection, assignment).get(student, [student])
        having = extended(connection, assignment)
        return [name for name in names if name in having]

    students = ledger.read(read)
    if not students:
        raise UsageError(
            f"{student} has no extension", assignment, "There is nothing to withdraw."
        )
    for name in students:
        extend(ledger, assignment, name, None, reason)
    return students


def _clock(text: str) -> datetime:
    try:
        if _FORM.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass  # There is no such day, or no such time.
    raise UsageError(
        f"{text!r} is no date and time",
        "TIME",
        'Write it as "2026-10-12 23:59", by the clocks of the rubric\'s time zone.',
    )


def _students(
    ledger: Ledger, assignment: str, student: str, *, new: bool
) -> Sequence[str]:
    def read(connection: sa.Connection) -> Sequence[str]:
        if not new:
            require_student(
                *(connection, assignment, student),
                fix="Give --new if the student has handed in nothing yet.",
            )
        return grouped(connection, assignment).get(student, [student])

    return ledger.read(read)
