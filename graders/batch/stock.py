"""What of a class is graded already, and what is left to do."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from graders.ledger import Judged, Ledger, held_back, judged
from graders.records import RecordKey, Submission, Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be had of each submission.

    Args:
        assignment: its name.
        blank: the key, but for the submission.
        tier: weakest walls to be content with.
    """

    assignment: str
    blank: RecordKey
    tier: Tier

    def key(self, submission: Submission) -> RecordKey:
        """What its grading is recorded under."""
        return replace(self.blank, submission=submission.content)

    def is_met(self, row: Judged) -> bool:
        """Whether a judgement is of this key, decided, and of walls as strong."""
        key = replace(row.key, submission="")
        return key == self.blank and row.decided and row.tier >= self.tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """A class, by what each submission sees of a grading.

    Args:
        done: what is judged already, by content.
        to_run: the others: one submission of each content.
        held: contents that have ended two workers before, and why they are held back.
    """

    done: Mapping[str, Judged]
    to_run: Mapping[str, Submission]
    held: Mapping[str, str]


def take_stock(
    submissions: Sequence[Submission], wanted: Wanted, ledger: Ledger
) -> Stock:
    """Finds what there is to do.

    Args:
        submissions: of any number of students; equal ones are graded once.
        wanted: what is to be had of each.
        ledger: where results are.
    """
    by_content = {item.content: item for item in submissions}

    def read(connection: sa.Connection) -> Stock:
        done = judged_already(connection, by_content, wanted)
        held = held_back(connection, wanted.assignment)
        left = {c: item for c, item in by_content.items() if c not in done}
        return Stock(
            done=done,
            to_run={c: item for c, item in left.items() if c not in held},
            held={c: held[c] for c in left if c in held},
        )

    return ledger.read(read)


def judged_already(
    connection: sa.Connection, contents: Container[str], wanted: Wanted
) -> dict[str, Judged]:
    """The judgement of each submission that has one as it is wanted, by content."""
    return {
        row.key.submission: row
        for row in judged(connection, wanted.assignment, wanted.blank.suite)
        if row.key.submission in contents and wanted.is_met(row)
    }
