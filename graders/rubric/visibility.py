"""When a student may see what hidden checks found, and what is told until then."""

from datetime import datetime, timedelta

from graders.rubric.late_days import in_utc
from graders.rubric.policy import HiddenItems, Policy

_UNTIL = {
    HiddenItems.NEVER: "",
    HiddenItems.AFTER_DUE: "after the due date",
    HiddenItems.AFTER_PUBLISHING: "after publishing",
}


def shows_hidden(
    policy: Policy | None,
    now: datetime,
    published: datetime | None,
    due: datetime | None,
) -> bool:
    """Whether a student may see what hidden checks found.

    Args:
        policy: of the rubric; one that says nothing of it shows everything.
        now: with its time zone.
        published: when marks were published; None if they were not.
        due: a due date of this student, with its time zone. An earlier one than the
            policy's does nothing.

    Raises:
        ValueError: if a time that counts has no time zone.
    """
    match policy and policy.hidden_items:
        case HiddenItems.NEVER:
            return False
        case HiddenItems.AFTER_DUE:
            assert policy is not None
            return in_utc(now) > _last_moment(policy, due)
        case HiddenItems.AFTER_PUBLISHING:
            return published is not None and in_utc(published) <= in_utc(now)
    return True


def hidden_until(policy: Policy | None) -> str:
    """When it is shown, as a sentence ends; empty if never, or if it is at once."""
    when = policy.hidden_items if policy else None
    return _UNTIL[when] if when else ""


def _last_moment(policy: Policy, due: datetime | None) -> datetime:
    """The last at which this student is in time; minutes of grace are."""
    last = policy.due_at
    assert last is not None  # after_due needs a due date
    last = max(last, in_utc(due)) if due else last
    return last + timedelta(minutes=policy.grace_minutes)
