"""An assignment as the ledger knows it: its files may be gone."""

import difflib
from dataclasses import dataclass

import sqlalchemy as sa

from graders.errors import UsageError
from graders.ledger import KnownRubric, graded_assignments
from graders.marks.standing_rubric import read_standing_rubric
from graders.rubric import Rubric


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedAssignment:
    """What marks are made by now.

    Args:
        name: of the assignment.
        row: of the rubric.
        rubric: itself.
    """

    name: str
    row: KnownRubric
    rubric: Rubric


def find_graded(connection: sa.Connection, name: str) -> GradedAssignment:
    """The assignment of that name, by the rubric that stands.

    Args:
        connection: of the ledger.
        name: any that its rubric has.

    Raises:
        UsageError: if nothing of it was graded; the nearest name is suggested.
    """
    known: list[str] = []
    for graded in graded_assignments(connection):
        found = read_standing_rubric(connection, graded)
        if found is None:
            continue
        row, rubric = found
        names = (graded, *rubric.names)
        if name in names:
            return GradedAssignment(name=graded, row=row, rubric=rubric)
        known += names
    raise UsageError(
        f"nothing was graded of an assignment {name!r}",
        "the ledger",
        nearest(name, known) or f"Grade it first: `grade batch {name} FOLDER`.",
    )


def nearest(name: str, known: list[str]) -> str:
    """The way out for a name that there is not; empty if none is like it."""
    near = difflib.get_close_matches(name, known, n=1)
    return f"Did you mean {near[0]!r}?" if near else ""
