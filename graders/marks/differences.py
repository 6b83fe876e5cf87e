"""Marks as they stand against marks as they would be: who moves, by how much, why."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from graders.ledger import Proposal, findings_of, rubric_of
from graders.marks.class_marks import ClassMarks, StudentMark
from graders.marks.graded_assignment import GradedAssignment
from graders.marks.moves import ItemMove, Move, move_of, moves_at_all
from graders.records import Finding
from graders.rubric import Rubric

Words = Callable[[int], Sequence[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What a proposal would change.

    Args:
        moves: one for each student whose mark moves, in the order of names.
        num_students: all of them.
    """

    moves: tuple[Move, ...]
    num_students: int

    @property
    def num_unmoved(self) -> int:
        """Students whose mark stays as it is."""
        return self.num_students - len(self.moves)

    @property
    def mean_move(self) -> float:
        """Of those that move, by how many points of the mark, up or down."""
        sizes = [abs(move.by) for move in self.moves]
        return sum(sizes) / len(sizes) if sizes else 0.0

    @property
    def max_move(self) -> float:
        """The largest one."""
        return max((abs(move.by) for move in self.moves), default=0.0)


def moves(
    before: Iterable[StudentMark],
    after: Iterable[StudentMark],
    words: Words = lambda judgement: (),
) -> list[Move]:
    """Each student whose mark moves.

    Args:
        before: marks of a class.
        after: of the same students, in the same order.
        words: all that a judgement found, by its number; asked for where something
            was judged anew, to tell which findings have changed.
    """
    return [
        move_of(one, other, words)
        for one, other in _pairs(before, after)
        if moves_at_all(one, other)
    ]


def proposed_moves(
    connection: sa.Connection, graded: GradedAssignment, proposal: Proposal
) -> Differences:
    """What would change if a proposal were accepted now."""
    num_students = 0

    def counted() -> Iterator[StudentMark]:
        nonlocal num_students
        for one in ClassMarks(connection, graded.name, graded.rubric):
            num_students += 1
            yield one

    found = moves(
        counted(),
        _proposed(connection, graded, proposal),
        lambda judgement: findings_of(connection, judgement),
    )
    return Differences(moves=tuple(found), num_students=num_students)


def moves_any(
    connection: sa.Connection, graded: GradedAssignment, proposal: Proposal
) -> bool:
    """Whether a single mark would change if a proposal were accepted now."""
    now = ClassMarks(connection, graded.name, graded.rubric)
    then = _proposed(connection, graded, proposal)
    return any(moves_at_all(one, other) for one, other in _pairs(now, then))


def _proposed(
    connection: sa.Connection, graded: GradedAssignment, proposal: Proposal
) -> ClassMarks:
    text = rubric_of(connection, proposal.rubric).text
    rubric = Rubric.model_validate_json(text)
    return ClassMarks(connection, graded.name, rubric, proposal=proposal.id)


def _pairs(
    before: Iterable[StudentMark], after: Iterable[StudentMark]
) -> Iterator[tuple[StudentMark, StudentMark]]:
    for one, other in zip(before, after, strict=True):
        if one.student != other.student:
            raise ValueError(f"{one.student!r} is compared with {other.student!r}")
        yield one, other


__all__ = [
    "Differences",
    "ItemMove",
    "Move",
    "moves",
    "moves_any",
    "proposed_moves",
]
