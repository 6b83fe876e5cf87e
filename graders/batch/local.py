"""Gradings on this machine: threads that share one sandbox."""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Self

from graders.batch.jobs import run_in
from graders.loading import Assignment
from graders.pipeline import open_sandbox
from graders.sandbox import NO_WALLS, Walls


class LocalWorkplace:
    """So many submissions at a time; a context manager.

    The workers of all of them come from one template, so that TensorFlow is imported
    and held in memory once.

    Args:
        assignment: what judges.
        workers: how many submissions are graded at a time.
        walls: what stands around each of them; none is for code of one's own.
    """

    def __init__(
        self, assignment: Assignment, *, workers: int, walls: Walls = NO_WALLS
    ) -> None:
        self._assignment, self._workers = assignment, workers
        self._sandbox = open_sandbox(assignment, walls=walls, slots=workers)
        assignment.suite.prepare(assignment.suite.groups)
        self._executor = ThreadPoolExecutor(max_workers=workers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def num_lanes(self) -> int:
        """As many as it was given."""
        return self._workers

    def submit(self, key: str, job: bytes, *, priority: int = 0) -> Future[bytes]:
        """Grades as soon as a thread is free; whoever asks sees to the order."""
        lanes = 1 if self._workers > 1 else 2
        return self._executor.submit(
            run_in, job, self._assignment, self._sandbox, lanes=lanes
        )

    def close(self) -> None:
        """Ends all workers at once; whoever waits for one stops waiting."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._sandbox.close()
