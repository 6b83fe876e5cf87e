"""The audit trail: who did what, when and why, as the tables tell it."""

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from typing import Any

import sqlalchemy as sa

from graders.ledger.audit_queries import QUERIES, About
from graders.ledger.streaming import in_parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that was done.

    Args:
        at: when, in UTC.
        who: did it.
        kind: `run`, `submission`, `score`, `proposal`, `decision`, `adjustment`,
            `extension`, `membership`, `publication` or `quarantine`.
        assignment: its name.
        what: in words; parts of it come from files and persons.
        reason: that was given; empty where none is asked for.
    """

    at: datetime
    who: str
    kind: str
    assignment: str
    what: str
    reason: str = ""


def audit_trail(
    connection: sa.Connection,
    assignment: str | None = None,
    student: str | None = None,
) -> Iterator[Event]:
    """All that was done, newest last.

    Args:
        connection: of the ledger.
        assignment: its name; None for all.
        student: whose mark it is that somebody asks about: what touches it, and each
            score of theirs; None for everything but scores.
    """
    about = About(assignment, student)
    with ExitStack() as stack:
        parts = [
            stack.enter_context(closing(_told(connection, kind, about)))
            for kind in QUERIES
        ]
        yield from merge(*parts, key=lambda event: event.at)


def _told(
    connection: sa.Connection, kind: str, about: About
) -> Generator[Event, None, None]:
    query, words = QUERIES[kind](about), _WORDS[kind]
    if query is None:
        return
    for row in in_parts(connection, query):
        yield Event(
            at=row.at,
            who=row.who,
            kind=kind,
            assignment=row.assignment,
            what=words(row),
            reason=getattr(row, "reason", ""),
        )


def _submission_words(row: Any) -> str:
    handed_in = (
        "" if row.submitted_at is None else f", handed in {_time(row.submitted_at)}"
    )
    return (
        f"attempt {row.attempt} of {row.student} was received by run {row.run}:"
        f" {row.filename}{handed_in}; its content is {row.content}"
    )


def _score_words(row: Any) -> str:
    by = (
        ""
        if row.proposal_id is None
        else f", if proposal {row.proposal_id} is accepted"
    )
    undecided = "" if row.decided else "; something is undecided"
    return (
        f"the submission {row.content} has {row.points:g} of {row.max_points:g} points"
        f" by version {row.version} of the rubric{by}{undecided}"
    )


def _adjustment_words(row: Any) -> str:
    what = row.item or "the whole mark"
    if row.points is None:
        return f"{what} of {row.student}: what a person gave is taken back"
    over = "" if row.over_points is None else f" in place of {row.over_points:g}"
    return f"{what} of {row.student}: {row.points:g} points{over}"


def _extension_words(row: Any) -> str:
    if row.until is None:
        return f"{row.student} has no due date of their own any more"
    return f"{row.student} may hand in until {_time(row.until)}"


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


_WORDS: dict[str, Callable[[Any], str]] = {
    "run": lambda row: f"run {row.id} ({row.kind}) began on {row.host}",
    "submission": _submission_words,
    "score": _score_words,
    "proposal": lambda row: (
        f"proposal {row.id} ({row.kind}) was made: {row.scores} scores by version"
        f" {row.version} of the rubric"
    ),
    "decision": lambda row: (
        f"proposal {row.proposal_id} was"
        f" {'accepted' if row.accepted else 'turned down'}"
    ),
    "adjustment": _adjustment_words,
    "extension": _extension_words,
    "membership": lambda row: (
        f"{row.student} is {'now' if row.member else 'no longer'} in the group"
        f" {row.group}"
    ),
    "publication": lambda row: "marks were published",
    "quarantine": lambda row: (
        f"the submission {row.content}"
        f" {'is not run any more' if row.held else 'may be run again'}"
    ),
}
