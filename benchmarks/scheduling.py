"""What the scheduler and the coordinator cost, and what a second worker brings.

    python -m benchmarks.scheduling --no-ops 10000
    python -m benchmarks.scheduling --real 60
    python -m benchmarks.scheduling --real 60 --core-each

Without work: files that cannot be run, so that all of a grading is done but student
code. Real ones: right solutions and catalogued mistakes of assignment 1, by one worker
and then by two, each started and warm before the clock starts. With `--core-each` a
worker has one core to itself, as on a shared cluster; without it, one worker's gradings
use a part of the second core too, where one process begins before another has ended.
The coordinator's own cost is the processor time of its process, all threads, from the
first to the last job.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.classes import Cluster, class_without_work, cluster_of, mixed_class
from graders.assignments import find_assignment
from graders.batch import grade_class
from graders.batch.cluster import grading_cluster
from graders.intake import find_submissions
from graders.ledger import Ledger
from graders.loading import Assignment, load_assignment
from graders.records import Tier

NAME = "assignment1"


@dataclass(frozen=True)
class Timed:
    """One batch."""

    graded: int
    wall_s: float
    own_cpu_s: float


def measure(
    folder: Path, ledger_file: Path, assignment: Assignment, cluster: Cluster
) -> Timed:
    """Grades a class on a cluster, into a new ledger."""
    submissions = list(find_submissions(folder, assignment.rubric.file))
    place = grading_cluster(cluster.address, assignment)

    def lanes_are_there() -> bool:
        return place.num_lanes() == len(cluster.nannies)

    _until(lanes_are_there)
    with place, Ledger(f"sqlite:///{ledger_file}", "bench") as ledger:
        started, before = time.monotonic(), _own_cpu_s()
        outcome = grade_class(
            submissions, assignment, ledger, lambda: place, tier=Tier.B
        )
        assert not outcome.reasons, outcome.reasons
        return Timed(
            outcome.num_graded, time.monotonic() - started, _own_cpu_s() - before
        )


def _until(ready: Callable[[], bool]) -> None:
    while not ready():
        time.sleep(0.1)


def _own_cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def without_work(root: Path, assignment: Assignment, students: int) -> None:
    """So many gradings of nothing, through a real scheduler and two real workers."""
    class_without_work(root / "nothing", assignment, students)
    with cluster_of(root, 2) as cluster:
        timed = measure(root / "nothing", root / "nothing.sqlite3", assignment, cluster)
    _tell(f"{students:,} without work, 2 workers", timed)


def real(root: Path, assignment: Assignment, students: int, *, core_each: bool) -> None:
    """Real gradings, by one worker and by two."""
    mixed_class(root / "real", assignment, students)
    mixed_class(root / "warm", assignment, 4)
    timed = []
    for workers in (1, 2):
        place = root / f"cluster{workers}"
        place.mkdir()
        with cluster_of(place, workers, core_each=core_each) as cluster:
            measure(root / "warm", place / "warm.sqlite3", assignment, cluster)
            one = measure(root / "real", place / "real.sqlite3", assignment, cluster)
        _tell(f"{students} real, {workers} worker{'s' * (workers > 1)}", one)
        timed.append(one)
    print(f"2 workers are {timed[0].wall_s / timed[1].wall_s:.2f} times as fast as 1")


def _tell(what: str, timed: Timed) -> None:
    own_ms = 1000 * timed.own_cpu_s / timed.graded
    print(
        f"{what}: {timed.wall_s:.1f} s, {timed.wall_s / timed.graded:.3f} s each;"
        f" coordinator's own {own_ms:.1f} ms each",
        flush=True,
    )


def main() -> None:
    """Runs what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-ops", type=int, default=0)
    parser.add_argument("--real", type=int, default=0)
    parser.add_argument("--core-each", action="store_true")
    options = parser.parse_args()
    assignment = load_assignment(find_assignment(NAME))
    with tempfile.TemporaryDirectory() as folder:
        if options.no_ops:
            without_work(Path(folder), assignment, options.no_ops)
        if options.real:
            real(Path(folder), assignment, options.real, core_each=options.core_each)


if __name__ == "__main__":
    main()
