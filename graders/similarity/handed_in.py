"""What a class handed in, from the ledger; that of an earlier year beside it."""

import gzip
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import sqlalchemy as sa

from graders.errors import UsageError
from graders.ledger import Ledger, findings_of, grouped, standing
from graders.ledger.tables import sources, submissions
from graders.records import STYLE, Outcome
from graders.similarity.trained import trained_networks


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One submission to be compared.

    Args:
        student: or the group that handed it in.
        number: of the attempt.
        content: hash of what a grading sees.
        sha256: hash of the bytes.
        source: its text; every line ends with a newline alone.
        year: what the ledger that it is from is called; empty for the class itself.
        persons: the student, the group and all its members: never compared with each
            other.
    """

    student: str
    number: int
    content: str
    sha256: str
    source: str
    year: str
    persons: frozenset[str]

    @property
    def owner(self) -> str:
        """One name for all that the same persons handed in."""
        return min(self.persons)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """A class.

    Args:
        works: what can be compared, in the order of names.
        num_unread: how many handed in nothing that could be: no text, or an empty one.
        results: what their gradings have that may be unusual, by the content: kind
            and text of wrong answers whose values are known, and of networks that were
            trained.
    """

    works: tuple[Work, ...]
    num_unread: int
    results: Mapping[str, frozenset[tuple[str, str]]]


def read_class(
    connection: sa.Connection,
    assignment: str,
    *,
    all_attempts: bool = False,
    year: str = "",
) -> HandedIn:
    """Everybody's latest attempt, or all attempts that differ.

    Args:
        connection: of the ledger.
        assignment: its name.
        all_attempts: whether earlier ones count, too.
        year: what the ledger is called, if it is not that of the class.
    """
    persons = _persons(grouped(connection, assignment))
    query = (
        sa.select(submissions, sources.c.body)
        .join(sources, sources.c.sha256 == submissions.c.source)
        .where(submissions.c.assignment == assignment)
        .order_by(submissions.c.student, submissions.c.attempt)
    )
    works, num_unread = [], 0
    for student, own in groupby(connection.execute(query), lambda row: row.student):
        rows = {row.content: row for row in own}
        kept = list(rows.values()) if all_attempts else list(rows.values())[-1:]
        for row in kept:
            source = _with_plain_ends(gzip.decompress(row.body).decode())
            if not source.strip():
                num_unread += 1
                continue
            works.append(
                Work(
                    student=student,
                    number=row.attempt,
                    content=row.content,
                    sha256=row.sha256,
                    source=source,
                    year=year,
                    persons=persons.get(student, frozenset()) | {student},
                )
            )
    known = {work.content for work in works}
    return HandedIn(
        works=tuple(works),
        num_unread=num_unread,
        results=_results(connection, assignment, known),
    )


@contextmanager
def earlier_ledger(name: str) -> Iterator[Ledger]:
    """The ledger of another year: a copy of an SQLite file, or a database by URL.

    A file is copied, since opening a ledger brings its tables to their newest form.

    Raises:
        UsageError: if there is no such file, or it is no database.
    """
    if "://" in name:
        with Ledger(name, "similar", create=False) as ledger:
            yield ledger
        return
    path = Path(name)
    if not path.is_file():
        raise UsageError(
            f"there is no ledger {name!r}", "--across", "Name the file of that year."
        )
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "ledger.sqlite3")
        address = f"{path.resolve().as_uri()}?mode=ro"
        try:
            with (
                closing(sqlite3.connect(address, uri=True)) as old,
                closing(sqlite3.connect(copy)) as new,
            ):
                old.backup(new)
        except sqlite3.Error as error:
            raise UsageError(
                f"{name!r} cannot be read: {error}",
                "--across",
                "Name the SQLite file of that year's grades.",
            ) from error
        with Ledger(f"sqlite:///{copy}", "similar", create=False) as ledger:
            yield ledger


def _with_plain_ends(source: str) -> str:
    """Lines end as Python's parser counts them, so that they can be shown by number."""
    return source.replace("\r\n", "\n").replace("\r", "\n")


def _persons(groups: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    """For each group and each member all that are in it, the group's name with them."""
    found: dict[str, frozenset[str]] = {}
    for group, members in groups.items():
        together = frozenset({group, *members})
        for name in together:
            found[name] = found.get(name, frozenset()) | together
    return found


def _results(
    connection: sa.Connection, assignment: str, known: set[str]
) -> dict[str, frozenset[tuple[str, str]]]:
    judged = {
        row.content: row.judgement
        for row in list(standing(connection, assignment))
        if row.content in known
    }
    networks = trained_networks(connection, assignment, judged)
    return {
        content: frozenset(_mistakes(connection, number)) | networks[content]
        for content, number in judged.items()
    }


def _mistakes(connection: sa.Connection, judgement: int) -> Iterator[tuple[str, str]]:
    """Only findings that tell values have a detail: an exception has none.

    Those of style have one, too, and are no wrong answers.
    """
    for one in findings_of(connection, judgement):
        if one.outcome is Outcome.FAILED and one.detail and one.task != STYLE:
            yield "mistake", f"{one.check} {one.what} {one.detail}"
