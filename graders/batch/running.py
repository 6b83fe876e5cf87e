"""Grades a class: in parallel, each result kept as it arrives."""

import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass

from loguru import logger

from graders.batch.results import ResultFolder
from graders.errors import GradersError
from graders.keys import record_key
from graders.loading import Assignment
from graders.pipeline import grade, open_sandbox
from graders.records import Record, Submission, Tier
from graders.sandbox import NO_WALLS, Walls

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOutcome:
    """What came of a class.

    Args:
        records: of everybody who was graded, by name.
        reused: how many of them were there from an earlier run.
        undecided: who could not be graded through our own fault.
    """

    records: tuple[Record, ...]
    reused: int
    undecided: tuple[str, ...]


def grade_class(
    submissions: Sequence[Submission],
    assignment: Assignment,
    results: ResultFolder,
    *,
    workers: int,
    walls: Walls = NO_WALLS,
    seed: int = 0,
    progress: Progress = lambda student: None,
) -> BatchOutcome:
    """Grades everybody who has no result for the same key yet.

    Ctrl-C keeps what is done: whatever was in flight is dropped, not judged.

    Args:
        submissions: one per student.
        assignment: what judges them.
        results: where results are kept.
        workers: how many submissions are graded at a time.
        walls: what stands around each of them; none is for code of one's own.
        seed: of all gradings.
        progress: told of each student who is done.
    """
    done = _stored(submissions, assignment, results, walls.tier, seed)
    for student in done:
        progress(student)
    reused = len(done)
    open_ones = [item for item in submissions if item.student not in done]
    undecided: list[str] = []
    # Closed at once, so that a result that cannot be written ends all workers.
    with closing(_graded(open_ones, assignment, workers, walls, seed)) as graded:
        for student, record in graded:
            if record is None:
                undecided.append(student)
            else:
                results.write(record)
                done[student] = record
                results.write_scores(_by_name(done), sorted(undecided))
            progress(student)
    results.write_scores(_by_name(done), sorted(undecided))
    return BatchOutcome(
        records=tuple(_by_name(done)), reused=reused, undecided=tuple(sorted(undecided))
    )


def _graded(
    submissions: Sequence[Submission],
    assignment: Assignment,
    workers: int,
    walls: Walls,
    seed: int,
) -> Generator[tuple[str, Record | None]]:
    """Each student with the record, as they are done; None if the grader failed."""
    stopping = threading.Event()
    lanes = 1 if workers > 1 else 2
    with open_sandbox(assignment, walls=walls, slots=workers) as sandbox:
        if submissions:
            assignment.suite.prepare(assignment.suite.groups)
        pool = ThreadPoolExecutor(max_workers=workers)

        def run(submission: Submission) -> Record | None:
            if stopping.is_set():
                return None
            return grade(submission, assignment, sandbox, seed=seed, lanes=lanes)

        futures = {pool.submit(run, item): item.student for item in submissions}
        try:
            for future in as_completed(futures):
                yield futures[future], _result(future, futures[future])
        finally:
            stopping.set()
            pool.shutdown(wait=False, cancel_futures=True)


def _stored(
    submissions: Sequence[Submission],
    assignment: Assignment,
    results: ResultFolder,
    tier: Tier,
    seed: int,
) -> dict[str, Record]:
    """Who has a result for the same key already, made behind walls as strong."""
    found = {}
    for submission in submissions:
        key = record_key(submission, assignment, seed)
        record = results.find(submission.student, key)
        if record is not None and record.tier >= tier:
            found[submission.student] = record
    return found


def _result(future: "Future[Record | None]", student: str) -> Record | None:
    """The record, or None if the grader itself failed: never the student's zero."""
    try:
        return future.result()
    except GradersError as error:
        logger.error("{} was not graded: {}", student, error)
    except Exception as error:
        logger.opt(exception=error).error("{} was not graded", student)
    return None


def _by_name(done: dict[str, Record]) -> list[Record]:
    return [done[student] for student in sorted(done)]
