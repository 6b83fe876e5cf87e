"""Grades a class while things are killed, and shows that nothing is lost or done twice.

    python -m benchmarks.killed_batches --students 500 --postgres --cluster 2
    python -m benchmarks.killed_batches --students 120 --kills 20 --postgres

The class is made of the right solutions and the catalogued mistakes of assignment 1,
each student with a comment of their own, so that no two files are equal. One of each is
graded first, undisturbed: that is what all others must get.

Without `--kills` the plan is the promise: one `kill -9` of the coordinator, two of
workers, and one restart of PostgreSQL. With it, so many kills at random.
"""

import argparse
import os
import random
import signal
import subprocess
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from benchmarks.classes import BIN, Cluster, cluster_of, mixed_class
from graders.assignments import find_assignment
from graders.ledger import Ledger
from graders.ledger.tables import executions
from graders.loading import Assignment, load_assignment
from graders.marks import read_marks
from graders.sandbox.watchdog import descendants
from tests.stand_ins.postgres import Postgres, running_postgres

NAME = "assignment1"
POLL_S = 0.2
KILL = signal.SIGKILL
PROMISED = ((0.15, "worker"), (0.35, "coordinator"), (0.6, "database"), (0.8, "worker"))


@dataclass
class Stage:
    """What runs, and where.

    Args:
        assignment: that is graded.
        folder: of this measurement.
        url: of the ledger.
        postgres: the server, if there is one.
        cluster: where gradings run; None for this process.
    """

    assignment: Assignment
    folder: Path
    url: str
    postgres: Postgres | None = None
    cluster: Cluster | None = None
    batch: subprocess.Popen[bytes] | None = None
    did: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """Of the assignment's folder."""
        return self.assignment.listing.name

    def num_recorded(self) -> int:
        """Gradings in the ledger; the last count while the database is away."""
        query = sa.select(sa.func.count()).select_from(executions)
        with Ledger(self.url, "watcher") as ledger:
            return int(ledger.read(lambda connection: connection.scalar(query)) or 0)


def expected_points(stage: Stage, handed: dict[str, str]) -> dict[str, float]:
    """Points of each solution, graded without any disturbance."""
    chosen = {solution: student for student, solution in reversed(handed.items())}
    only = [word for student in chosen.values() for word in ("--only", student)]
    url = f"sqlite:///{stage.folder}/undisturbed.sqlite3"
    command = [*_batch_command(stage, "undisturbed"), *only]
    subprocess.run(
        command,
        env={**os.environ, "GRADES_DB": url},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with Ledger(url, "watcher") as ledger, ledger.reading() as connection:
        marks = read_marks(connection, stage.name, stage.assignment.rubric)
        points = {one.student: one.mark.points for one in marks if one.mark}
    return {solution: points[student] for solution, student in chosen.items()}


def grade_disturbed(stage: Stage, students: int, plan: list[tuple[float, str]]) -> None:
    """Runs the batch, and again after each end, until all of it is done."""
    plan = list(plan)
    while stage.num_recorded() < students:
        scheduler = ["--scheduler", stage.cluster.address] if stage.cluster else []
        stage.batch = subprocess.Popen(
            [*_batch_command(stage, "disturbed"), *scheduler],
            env={**os.environ, "GRADES_DB": stage.url},
            stdout=subprocess.DEVNULL,
        )
        while stage.batch.poll() is None:
            time.sleep(POLL_S)
            if plan and stage.num_recorded() >= plan[0][0] * students:
                what = plan[0][1]
                if _disturb(stage, what):
                    plan.pop(0)
                    stage.did[what] += 1
                    print(f"  {stage.num_recorded():4} recorded: {what}", flush=True)
        stage.did["runs"] += 1
    if plan:
        raise SystemExit(f"the class was done before all was disturbed: {plan}")


def _disturb(stage: Stage, what: str) -> bool:
    """Kills one thing; False if there is none of it at this moment."""
    assert stage.batch is not None
    if what == "database":
        assert stage.postgres is not None
        stage.postgres.restart()
        return True
    if what == "coordinator":
        os.kill(stage.batch.pid, KILL)
        stage.batch.wait()
        return True
    if stage.cluster is not None:
        below = [p for nanny in stage.cluster.nannies for p in _dask_workers(nanny)]
    else:
        below = [p for p in descendants(stage.batch.pid) if _is_worker(p)]
    if not below:
        return False
    try:
        os.kill(random.choice(below), KILL)
    except ProcessLookupError:
        return False
    return True


def _dask_workers(nanny: int) -> list[int]:
    """The process that a nanny looks after: below it, and no student's code in it."""
    return [pid for pid in descendants(nanny) if b"spawn_main" in _command(pid)]


def _is_worker(pid: int) -> bool:
    return b"start.py" in _command(pid)


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def check(stage: Stage, handed: dict[str, str], expected: dict[str, float]) -> None:
    """All right, none lost, none twice; or an end with what is wrong."""
    query = sa.select(executions.c.content, sa.func.count()).group_by(
        executions.c.content
    )
    with Ledger(stage.url, "watcher") as ledger, ledger.reading() as connection:
        times = Counter(dict(map(tuple, connection.execute(query))).values())
        marks = read_marks(connection, stage.name, stage.assignment.rubric)
    wrong = [
        (one.student, one.mark and one.mark.points, expected[handed[one.student]])
        for one in marks
        if one.mark is None or one.mark.points != expected[handed[one.student]]
    ]
    lost = handed.keys() - {one.student for one in marks if one.mark}
    print(
        f"  {len(marks)} marks: {len(wrong)} wrong, {len(lost)} lost;"
        f" executions per submission: {dict(times)}; {dict(stage.did)}"
    )
    if wrong or lost or set(times) != {1}:
        raise SystemExit(f"wrong: {wrong[:5]}; lost: {sorted(lost)[:5]}")
    verify = subprocess.run(
        [BIN / "grade", "verify-ledger"],
        check=False,
        env={**os.environ, "GRADES_DB": stage.url},
    )
    if verify.returncode:
        raise SystemExit("the ledger has faults")


def _batch_command(stage: Stage, out: str) -> list[str]:
    return [
        str(BIN / "grade"),
        "batch",
        NAME,
        str(stage.folder / "class"),
        "--out",
        str(stage.folder / out),
    ]


def main() -> None:
    """Runs one measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=500)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--cluster", type=int, default=0, metavar="WORKERS")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    random.seed(options.seed)
    plan = [part for part in PROMISED if options.postgres or part[1] != "database"]
    if options.kills:
        kinds = ["coordinator", "worker", *["database"] * options.postgres]
        plan = sorted(
            (random.uniform(0.02, 0.95), random.choice(kinds))
            for _ in range(options.kills)
        )
    assignment = load_assignment(find_assignment(NAME))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        postgres = stack.enter_context(running_postgres()) if options.postgres else None
        url = f"sqlite:///{folder}/ledger.sqlite3"
        if postgres is not None:
            url = postgres.url(postgres.make_database())
        stage = Stage(assignment, folder, url, postgres)
        handed = mixed_class(folder / "class", assignment, options.students)
        expected = expected_points(stage, handed)
        if options.cluster:
            stage.cluster = stack.enter_context(cluster_of(folder, options.cluster))
        started = time.monotonic()
        grade_disturbed(stage, options.students, plan)
        print(f"  {options.students} graded in {time.monotonic() - started:.0f} s")
        check(stage, handed, expected)


if __name__ == "__main__":
    main()
