"""The marks of a class, as they stand or as a proposal would make them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from graders.ledger import Attempt, Standing, adjusted, attempts, extended, grouped
from graders.ledger import standing as standing_scores
from graders.marks.bank import bank_left
from graders.marks.distinct_attempts import distinct_attempts
from graders.records import Adjustment, Mark
from graders.rubric import Rubric, counting, mark

_Item = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentMark:
    """What one student has.

    Args:
        student: who.
        group: whose submission it is, where that is not the student's own.
        attempt: the one that counts.
        num_attempts: how many there are.
        standing: the score that it has; None as long as it is not graded.
        mark: None as long as it is not graded.
    """

    student: str
    group: str
    attempt: Attempt
    num_attempts: int
    standing: Standing | None
    mark: Mark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layers:
    """What persons decided, by student, and the rest of the bank."""

    adjusted: Mapping[str, Sequence[Adjustment]]
    extended: Mapping[str, datetime]
    bank_left: Callable[[str], int | None]


class ClassMarks:
    """Marks of all students of an assignment, made one at a time, in order of names.

    Args:
        connection: of the ledger.
        assignment: its name.
        rubric: that marks are made by.
        proposal: taken as if it had been accepted.
        student: of one student or group; None for all.
    """

    def __init__(
        self,
        connection: sa.Connection,
        assignment: str,
        rubric: Rubric,
        *,
        proposal: int | None = None,
        student: str | None = None,
    ) -> None:
        self._connection, self._assignment = connection, assignment
        self._rubric, self._student = rubric, student
        self._titles = {task.id: task.title for task in rubric.tasks}
        self._items: dict[_Item, _Item] = {}
        self._scores = {
            row.content: self._sharing(row)
            for row in standing_scores(connection, assignment, proposal=proposal)
        }
        self._groups = grouped(connection, assignment)
        self._layers = _Layers(
            adjusted=adjusted(connection, assignment),
            extended=extended(connection, assignment),
            bank_left=bank_left(connection, assignment, rubric),
        )

    @property
    def items(self) -> Iterable[Sequence[Any]]:
        """Each item that some score has, as `Standing.items` has it."""
        return self._items.values()

    @property
    def has_groups(self) -> bool:
        """Whether some students work in groups."""
        return bool(self._groups)

    def __iter__(self) -> Iterator[StudentMark]:
        if self._groups:  # Members stand where their own names do.
            return iter(sorted(self._all(), key=lambda one: one.student))
        return self._all()

    def _sharing(self, row: Standing) -> Standing:
        """The same, with equal items kept once: in a class they are few."""
        own = map(tuple, row.items)
        items = tuple(self._items.setdefault(item, item) for item in own)
        return replace(row, items=items)

    def _all(self) -> Iterator[StudentMark]:
        members = {name for names in self._groups.values() for name in names}
        rows = attempts(self._connection, self._assignment)
        for owner, handed_in in groupby(rows, key=lambda row: row.student):
            own = distinct_attempts(handed_in)
            names = self._groups.get(owner)
            if names is None and owner in members:
                continue  # What a member hands in alone does not count.
            for name in names or [owner]:
                if self._student in (None, name, owner):
                    yield self._of(name, owner if names else "", own)

    def _of(
        self, student: str, group: str, handed_in: Sequence[Attempt]
    ) -> StudentMark:
        marked = [
            (attempt, self._mark(student, attempt, self._scores[attempt.content]))
            for attempt in handed_in
            if attempt.content in self._scores
        ]
        if not marked or self._waits(handed_in[-1]):
            return StudentMark(
                student=student,
                group=group,
                attempt=handed_in[-1],
                num_attempts=len(handed_in),
                standing=None,
                mark=None,
            )
        index = counting(
            self._rubric.policy, [(one.submitted_at, own) for one, own in marked]
        )
        attempt, own = marked[index]
        return StudentMark(
            student=student,
            group=group,
            attempt=attempt,
            num_attempts=len(handed_in),
            standing=self._scores[attempt.content],
            mark=own,
        )

    def _waits(self, last: Attempt) -> bool:
        """Whether the last attempt, which may count, is not graded yet."""
        return last.content not in self._scores

    def _mark(self, student: str, attempt: Attempt, row: Standing) -> Mark:
        layers = self._layers
        return mark(
            self._rubric,
            row.score(self._titles),
            adjustments=layers.adjusted.get(student, ()),
            submitted=attempt.submitted_at,
            extension=layers.extended.get(student),
            bank_left=layers.bank_left(student),
        )


def read_marks(
    connection: sa.Connection,
    assignment: str,
    rubric: Rubric,
    *,
    proposal: int | None = None,
    student: str | None = None,
) -> list[StudentMark]:
    """All marks at once; the arguments are those of `ClassMarks`."""
    marks = ClassMarks(
        connection, assignment, rubric, proposal=proposal, student=student
    )
    return list(marks)
