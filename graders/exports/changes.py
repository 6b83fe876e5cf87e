"""What an export would change on a platform, and what it leaves as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from graders.exports.class_to_export import HeldBack
from graders.exports.matching import Unmatched


class Why(StrEnum):
    """Why a row of the platform's table is left as it is."""

    UNCHANGED = "unchanged"
    EXCUSED = "excused"
    LOCKED = "locked"
    OUT_OF_RANGE = "out of range"
    UNSAFE = "unsafe"
    NO_REPORT = "no report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One grade that the file would change.

    Args:
        student: name in the ledger.
        row: how the platform's table has them.
        before: the grade in the table; empty if there is none.
        after: the grade in the file.
        why: how the row was found.
    """

    student: str
    row: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A mark that has a row, and is not written to it.

    Args:
        student: name in the ledger.
        row: how the platform's table has them.
        why: one of a few reasons.
        told: the reason in words, with a remedy where there is one.
    """

    student: str
    row: str
    why: Why
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A file to be written, and everything that a person should know before.

    Args:
        content: of the file.
        files: by name, where it is several.
        column: that the grades are written to, as the platform names it.
        num_written: students in it, where there is no table to compare with.
        changes: one for each grade that differs from the platform's.
        left: marks that have a row and are not written.
        unmatched: marks that have no row, or more than one.
        held_back: students whose mark is not to leave the house yet.
        notes: sentences about the whole.
    """

    content: bytes = b""
    files: Mapping[str, bytes] = field(default_factory=dict)
    column: str = ""
    num_written: int = 0
    changes: tuple[Change, ...] = ()
    left: tuple[Left, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    notes: tuple[str, ...] = ()

    def num_left(self, why: Why) -> int:
        """How many rows are left for one reason."""
        return sum(one.why is why for one in self.left)
