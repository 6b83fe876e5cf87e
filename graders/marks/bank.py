"""How many days of the bank of late days each student has left for an assignment."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import groupby

import sqlalchemy as sa

from graders.ledger import attempts, extended, graded_assignments
from graders.marks.distinct_attempts import distinct_attempts
from graders.marks.standing_rubric import read_standing_rubric
from graders.records import Lateness
from graders.rubric import Policy, Rubric, lateness, spend_bank

_Row = tuple[Policy, Lateness]


def bank_left(
    connection: sa.Connection, assignment: str, rubric: Rubric
) -> Callable[[str], int | None]:
    """Tells what a student's other assignments leave of the bank; None: all of it.

    What is due first takes first. An assignment's days are those of the last attempt,
    so that they do not depend on its points.
    """
    if rubric.policy is None or rubric.policy.bank is None:
        return lambda student: None
    earlier = _earlier_policies(connection, assignment, rubric.policy)
    taken: dict[str, list[_Row]] = defaultdict(list)
    for name, policy in earlier:
        due_dates = extended(connection, name)
        for student, submitted in _last_times(connection, name).items():
            late = lateness(policy, submitted, extension=due_dates.get(student))
            taken[student].append((policy, late))
    days = rubric.policy.bank.days
    left = {student: days - sum(spend_bank(rows)) for student, rows in taken.items()}
    return lambda student: max(0, left.get(student, days))


def _earlier_policies(
    connection: sa.Connection, assignment: str, policy: Policy
) -> list[tuple[str, Policy]]:
    """Assignments with a bank that are due before this one, in that order."""
    found = []
    for name in graded_assignments(connection):
        known = read_standing_rubric(connection, name)
        other = known[1].policy if known and name != assignment else None
        if other is not None and other.bank is not None:
            assert other.due_at is not None
            found.append((other.due_at, name, other))
    assert policy.due_at is not None
    here = (policy.due_at, assignment)
    return [(name, other) for due, name, other in sorted(found) if (due, name) < here]


def _last_times(connection: sa.Connection, assignment: str) -> Mapping[str, datetime]:
    by_student = groupby(attempts(connection, assignment), lambda row: row.student)
    last = {student: distinct_attempts(rows)[-1] for student, rows in by_student}
    return {
        student: attempt.submitted_at
        for student, attempt in last.items()
        if attempt.submitted_at is not None
    }
