"""One question to a worker and its answer."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Ending(StrEnum):
    """How the worker's attempt to answer ended."""

    RETURNED = "returned"
    RAISED = "raised"
    MISSING = "missing"
    """The submission defines nothing of that name."""
    TIMED_OUT = "timed_out"
    DIED = "died"
    """The process ended: `os._exit`, or a signal."""
    EXCEEDED = "exceeded"
    """The process was ended for going over a limit."""
    FLOODED = "flooded"
    """More output than the limit."""
    LOST = "lost"
    """The question names an object of a child that has ended since."""
    UNREADABLE = "unreadable"
    """The reply broke the wire protocol."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentError:
    """An exception of the submission, as text. Everything in it is hostile."""

    type: str
    message: str
    line: int | None = None
    function: str = ""
    source: str = ""
    errno: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one question came to. Written beside student code, so: data to judge.

    Args:
        ending: how it ended.
        value: the returned value; None unless `ending` is RETURNED.
        error: the exception; None unless `ending` is RAISED.
        note: how the process ended, for DIED; the limit, for EXCEEDED, and for an
            exception that a limit causes; what broke, for UNREADABLE.
        line: line of the submission at which a call was that was ended, if known.
        changed: names of the arguments that the call changed.
        printed: what was printed, cut to a few KiB.
        warnings: texts of the warnings that were raised meanwhile.
    """

    ending: Ending
    value: Any = None
    error: StudentError | None = None
    note: str = ""
    line: int | None = None
    changed: tuple[str, ...] = ()
    printed: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A question, its answer, and the check it served."""

    group: str
    room: str
    """`student` or `clean`: which worker was asked."""
    check: str
    question: dict[str, Any]
    answer: Answer
