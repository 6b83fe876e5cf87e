"""A class graded on this machine, and workplaces that do as they are told."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from graders.batch import BatchOutcome, grade_class
from graders.batch.local import LocalWorkplace
from graders.ledger import Ledger
from graders.loading import Assignment
from graders.marks import read_marks
from graders.records import Submission
from graders.sandbox import NO_WALLS, Walls


def grade_here(
    submissions: Sequence[Submission],
    assignment: Assignment,
    ledger: Ledger,
    *,
    walls: Walls = NO_WALLS,
    workers: int = 2,
    **options: Any,
) -> BatchOutcome:
    """Grades with real workers on this machine."""
    return grade_class(
        submissions,
        assignment,
        ledger,
        lambda: LocalWorkplace(assignment, workers=workers, walls=walls),
        **{"tier": walls.tier, **options},
    )


def points_in(ledger: Ledger, assignment: Assignment) -> dict[str, float | None]:
    """Final points of each student; None for who has no mark."""
    with ledger.reading() as connection:
        marks = read_marks(connection, assignment.listing.name, assignment.rubric)
        return {one.student: one.mark and one.mark.points for one in marks}


@dataclass
class ScriptedWorkplace:
    """Answers each job as a function says; what it raises, the future ends with.

    Args:
        answer: told the key and the job.
        lanes: at once.
    """

    answer: Callable[[str, bytes], bytes]
    lanes: int = 2
    given: list[tuple[str, int]] = field(default_factory=list)
    """Key and priority of each job, in the order in which they came."""

    def num_lanes(self) -> int:
        return self.lanes

    def submit(self, key: str, job: bytes, *, priority: int = 0) -> "Future[bytes]":
        self.given.append((key, priority))
        future: Future[bytes] = Future()
        try:
            future.set_result(self.answer(key, job))
        except Exception as error:
            future.set_exception(error)
        return future

    def close(self) -> None:
        pass

    @contextmanager
    def opened(self) -> "Iterator[ScriptedWorkplace]":
        """As `grade_class` opens a workplace."""
        yield self
