"""Classes to grade, and a cluster on this machine to grade them on."""

import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from graders.loading import Assignment
from graders.validation.solutions import catalogue_mutants, right_solutions

BIN = Path(sys.executable).parent
_POLL_S = 0.2


def mixed_class(folder: Path, assignment: Assignment, students: int) -> dict[str, str]:
    """Right solutions and catalogued mistakes in turn, no two files equal.

    Returns:
        Which solution each student has handed in.
    """
    solutions = [*right_solutions(assignment), *catalogue_mutants(assignment)]
    handed = {}
    for number, solution in zip(
        range(students), itertools.cycle(solutions), strict=False
    ):
        student = f"student_{number:05}"
        text = f"{solution.source}\n# {student}\n"
        _hand_in(folder, student, assignment, text.encode())
        handed[student] = solution.name
    return handed


def class_without_work(folder: Path, assignment: Assignment, students: int) -> None:
    """Files that cannot be run, no two equal: all of a grading but student code."""
    for number in range(students):
        student = f"student_{number:05}"
        _hand_in(folder, student, assignment, b"%%PDF-1.4 %d" % number)


def _hand_in(folder: Path, student: str, assignment: Assignment, text: bytes) -> None:
    path = folder / student / assignment.rubric.file
    path.parent.mkdir(parents=True)
    path.write_bytes(text)


class Cluster:
    """A Dask scheduler, and workers of one thread, each with a nanny.

    Args:
        folder: for its files.
        core_each: whether each worker, with the gradings that it starts, has one core
            to itself, as the scheduler of a shared cluster gives it.
    """

    def __init__(self, folder: Path, *, core_each: bool = False) -> None:
        self._file, self._folder = folder / "scheduler.json", folder
        self._cores = sorted(os.sched_getaffinity(0)) if core_each else []
        self._stack = ExitStack()
        self.nannies: list[int] = []
        self._start("scheduler", "--port", "0")
        while not self._file.exists():
            time.sleep(_POLL_S)
        self.address = str(json.loads(self._file.read_text())["address"])

    def add_worker(self) -> None:
        """Starts one more; it comes when it is ready."""
        place = self._folder / f"worker{len(self.nannies)}"
        bound = self._cores[len(self.nannies) : len(self.nannies) + 1]
        process = self._start(
            *("worker", "--nthreads", "1", "--local-directory", str(place)),
            before=["taskset", "--cpu-list", str(bound[0])] if bound else [],
        )
        self.nannies.append(process)

    def close(self) -> None:
        """Ends all of it."""
        self._stack.close()

    def _start(self, kind: str, *arguments: str, before: Sequence[str] = ()) -> int:
        process = subprocess.Popen(
            [
                *(*before, str(BIN / "dask"), kind, "--no-dashboard"),
                *("--scheduler-file", str(self._file), *arguments),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._stack.callback(process.wait)
        self._stack.callback(process.terminate)
        return process.pid


@contextmanager
def cluster_of(
    folder: Path, workers: int, *, core_each: bool = False
) -> Iterator[Cluster]:
    """A cluster with so many workers."""
    cluster = Cluster(folder, core_each=core_each)
    try:
        for _ in range(workers):
            cluster.add_worker()
        yield cluster
    finally:
        cluster.close()
