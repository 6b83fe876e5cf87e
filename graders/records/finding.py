"""What one check found."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """The four outcomes of a check. Never a boolean."""

    PASSED = "passed"
    FAILED = "failed"
    BLOCKED = "blocked"
    """Nothing to judge: an earlier check that this one depends on did not pass."""
    BROKEN = "broken"
    """Our fault: costs no points, and a person must look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One judgement, in words a student can act on.

    `detail` may quote inputs and answers: reports show it for public checks only.

    >>> Finding(outcome=Outcome.PASSED).outcome.value
    'passed'
    """

    outcome: Outcome
    check: str = ""
    task: str = ""
    title: str = ""
    hidden: bool = False
    what: str = ""
    where: str = ""
    fix: str = ""
    detail: str = ""
    misconception: str | None = None
    printed: str = ""
    """What the submission printed meanwhile; kept for public checks only."""
    measured: tuple[tuple[str, float], ...] = ()
    """Name of a gate and a value, for each time that something was measured."""
