"""Due date and time of submission → days late, and the part of the points that is kept.

A day late lasts until the clocks of the policy's zone show the due time again, and 24
hours at least: nobody loses an hour because clocks were changed. The minutes of grace
are added to the end of each day, so nobody pays a day for a minute. What is told of
lateness is counted from the due date.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from graders.records import Lateness
from graders.rubric.policy import Late, Policy, moment
from graders.rubric.rounding import exact

_DAY = timedelta(days=1)


def lateness(
    policy: Policy | None,
    submitted: datetime | None,
    *,
    extension: datetime | None = None,
    bank_left: int | None = None,
) -> Lateness:
    """How late a submission is. One whose time is not known is never late.

    Args:
        policy: of the rubric.
        submitted: when, with its time zone.
        extension: a due date of this student, with its time zone. An earlier one than
            the policy's does nothing.
        bank_left: days of the student's bank that no other assignment takes; None if
            none of them does.

    Raises:
        ValueError: if a time has no time zone.
    """
    if policy is None or (due := policy.due_at) is None or submitted is None:
        return Lateness()
    submitted = in_utc(submitted)
    due = max(due, in_utc(extension)) if extension else due
    days = _days_late(policy, due, submitted)
    if bank_left is None and policy.bank is not None:
        bank_left = policy.bank.days
    from_bank = _from_bank(policy, days, bank_left or 0)
    closed = _is_closed(policy, days)
    return Lateness(
        late_by=max(submitted - due, timedelta(0)),
        days=days,
        from_bank=from_bank,
        factor=0.0 if closed else _kept(policy.late, days - from_bank),
        closed=closed,
        known=True,
    )


def in_utc(when: datetime) -> datetime:
    """The same moment in UTC.

    Two times of one zone are compared, and counted with, by what its clocks show, so
    not rightly when they are changed.

    Raises:
        ValueError: if it has no time zone.
    """
    if when.tzinfo is None:
        raise ValueError(f"a time needs its time zone; received {when.isoformat()}")
    return when.astimezone(UTC)


def spend_bank(rows: Sequence[tuple[Policy | None, Lateness]]) -> tuple[int, ...]:
    """How many days of one student's bank each assignment takes.

    What is due first takes first, as much as helps it. Each bank says how many days
    there are, less those taken before.

    Args:
        rows: policy and lateness of each assignment, in the order of their due dates.

    Returns:
        For each row, days that `mark` can be given as `bank_left`.

    >>> policy = Policy.model_validate({
    ...     "due": "2026-10-09 23:59", "timezone": "Europe/Berlin",
    ...     "late": {"per_day": 0.1}, "bank": {"days": 3, "per_assignment": 2},
    ... })
    >>> spend_bank([(policy, Lateness(days=days)) for days in (5, 0, 2, 1)])
    (2, 0, 1, 0)
    """
    taken: list[int] = []
    for policy, late in rows:
        left = policy.bank.days - sum(taken) if policy and policy.bank else 0
        taken.append(_from_bank(policy, late.days, left) if policy else 0)
    return tuple(taken)


def _days_late(policy: Policy, due: datetime, submitted: datetime) -> int:
    """Begun days: the smallest number after which the submission was there."""
    in_time = submitted - timedelta(minutes=policy.grace_minutes)
    if in_time <= due:
        return 0
    zone = policy.zone
    clock = due.astimezone(zone).replace(tzinfo=None)
    # Two days less than by a stopwatch: no change of clocks is as large.
    days = max(0, (in_time - due).days - 2)
    while in_time > max(due + days * _DAY, moment(clock + days * _DAY, zone)):
        days += 1
    return days


def _from_bank(policy: Policy, days: int, left: int) -> int:
    """Days that a bank pays: none where they would change nothing."""
    if policy.bank is None or policy.late is None or _is_closed(policy, days):
        return 0
    taken = max(0, min(days, policy.bank.per_assignment, left))
    helps = _kept(policy.late, days - taken) > _kept(policy.late, days)
    return taken if helps else 0


def _is_closed(policy: Policy, days: int) -> bool:
    last = policy.late.closes_after_days if policy.late else None
    return last is not None and days > last


def _kept(late: Late | None, days: int) -> float:
    """Part of the points that is kept after some days that cost."""
    if late is None:
        return 1.0
    return float(1 - min(exact(late.at_most), exact(late.per_day) * days))
