"""Which marks leave the house: those that nothing waits for, unless asked."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from graders.errors import UsageError
from graders.ledger import identities_of, open_drafts, open_proposal
from graders.ledger.identities import KnownAs
from graders.ledger.opening import Ledger
from graders.ledger.tables import drafts
from graders.marks import (
    GradedAssignment,
    StudentMark,
    proposed_moves,
    read_marks,
    require_student,
)
from graders.records import Mark
from graders.reports.wording import points

Identities = Mapping[str, Mapping[str, KnownAs]]
_NOT_GRADED = "not graded yet: run `grade batch` again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A student whose mark leaves the house.

    Args:
        student: name in the ledger.
        mark: what counts.
        own: everything else that is known of it.
    """

    student: str
    mark: Mark
    own: StudentMark

    @property
    def points(self) -> float:
        """The final ones."""
        return self.mark.points


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """A student whose mark stays here.

    Args:
        student: name in the ledger.
        why: in words.
    """

    student: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassToExport:
    """What an exporter is given.

    Args:
        graded: the assignment, and its rubric.
        marked: whose marks leave the house, in the order of names.
        held_back: whose marks do not.
        identities: what each platform calls each student.
    """

    graded: GradedAssignment
    marked: tuple[Marked, ...]
    held_back: tuple[HeldBack, ...]
    identities: Identities

    @property
    def max_points(self) -> float:
        """That could be had, without a bonus."""
        return self.graded.rubric.points


def class_to_export(
    ledger: Ledger,
    connection: sa.Connection,
    graded: GradedAssignment,
    *,
    only: Collection[str] = (),
    include_waiting: bool = False,
) -> ClassToExport:
    """The marks as they stand, apart from those that somebody has yet to look at.

    A mark stays here while a person has points to give, a check was broken, or a
    proposal or a reviewer's draft that would move it is open.

    Args:
        ledger: where the marks are.
        connection: of it.
        graded: the assignment.
        only: names of students; empty for all.
        include_waiting: whether all that have any mark leave the house.

    Raises:
        UsageError: if one of `only` is not known.
    """
    for name in only:
        require_student(connection, graded.name, name)
    reasons = _reasons(ledger, connection, graded)
    marked, held_back = [], []
    for own in read_marks(connection, graded.name, graded.rubric):
        if only and own.student not in only and own.group not in only:
            continue
        why = "" if include_waiting else _why(own.mark, reasons.get(own.student, ""))
        if own.mark is None or why:
            held_back.append(HeldBack(student=own.student, why=why or _NOT_GRADED))
        else:
            marked.append(Marked(student=own.student, mark=own.mark, own=own))
    return ClassToExport(
        graded=graded,
        marked=tuple(marked),
        held_back=tuple(held_back),
        identities=identities_of(connection, graded.name),
    )


def require_some(the_class: ClassToExport) -> None:
    """Refuses to write a file that would say nothing.

    Raises:
        UsageError: if no mark leaves the house; the reasons are counted.
    """
    if the_class.marked:
        return
    short = the_class.graded.rubric.names[0]
    raise UsageError(
        f"no mark can be exported; {len(the_class.held_back)} are held back",
        the_class.graded.name,
        f"`grade scores {short}` says what they wait for; --include-waiting exports"
        " those that have points so far.",
    )


def _why(mark: Mark | None, undecided: str) -> str:
    if mark is None:
        return _NOT_GRADED
    if mark.broken:
        return "undecided: a check of the grader's own was broken"
    if mark.waiting:
        return f"waits for a person: {', '.join(mark.waiting)}"
    return undecided


def _reasons(
    ledger: Ledger, connection: sa.Connection, graded: GradedAssignment
) -> dict[str, str]:
    """Of whom something is proposed, or noted by a reviewer, that is not confirmed."""
    short = graded.rubric.names[0]
    found = {
        student: f"a reviewer's draft of {item} is not confirmed"
        for student, item in _drafted(connection, graded.name)
    }
    proposal = open_proposal(ledger, graded.name)
    if proposal is not None:
        for move in proposed_moves(connection, graded, proposal).moves:
            after = "" if move.after is None else f" to {points(move.after.points)}"
            found[move.student] = (
                f"a proposal would move it{after}: `grade confirm {short}` decides"
            )
    return found


def _drafted(connection: sa.Connection, assignment: str) -> Iterator[tuple[str, str]]:
    query = sa.select(drafts.c.who).where(drafts.c.assignment == assignment).distinct()
    reviewers: Iterable[str] = connection.scalars(query).all()
    for who in reviewers:
        yield from open_drafts(connection, assignment, who)
