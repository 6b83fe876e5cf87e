"""What a job costs beside the student code's own compute.

    python -m benchmarks.overhead_per_job

- Overhead: grading a class of the exercise, and one of assignment 2, per core, against
  one warm process per core that has imported Keras and makes the very same calls, the
  student's and the clean room's. Both programs run once the workers (or the process)
  are up, in turn.
- An empty job: start a child behind its walls, load three lines, call a function, end
  the child. Once per tier that this machine offers; the difference to "none" is what
  the walls cost.
- Memory of a worker: how much the PSS of all workers grows with each further submission
  that is graded at a time (a student's worker and a clean room).
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks import readme, results
from benchmarks.exercise.loading import STUDENT_FILE, load_exercise, write_class
from benchmarks.measuring import adopt_orphans, descendants_pss_mib
from benchmarks.peers.system import AS_IT_IS, ONE_THREAD
from benchmarks.recorded_calls import record_calls
from benchmarks.this_project import ThisProject
from benchmarks.workers import offered_tiers
from graders.assignments import find_assignment
from graders.intake import read_submission
from graders.loading import Assignment, load_assignment
from graders.pipeline import grade, open_sandbox
from graders.records import Ending, Finding
from graders.sandbox import Limits, Room, Sandbox

CORES = len(os.sched_getaffinity(0))
MAX_OVERHEAD_PERCENT = 15.0
MAX_EMPTY_JOB_MS = 60.0
MAX_WORKER_MB = 250.0
MB_PER_MIB = 1.048576
WARM_UPS = 3
HOLD_S = 120.0
EMPTY = "def answer():\n    value = 42\n    return value\n"
CALL = {"ask": "call", "function": "answer", "args": [], "kwargs": {}, "given": {}}
_BARE_ENVIRONMENT = {
    **ONE_THREAD,
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_DETERMINISTIC_OPS": "1",
    "CUDA_VISIBLE_DEVICES": "-1",
}


def main() -> int:
    options = read_options()
    adopt_orphans()
    packages = load_exercise().rubric.packages
    rows: list[results.Row] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        print("overhead ...", flush=True)
        rows += exercise_overhead(Path(folder, "exercise"), options)
        print("overhead of assignment 2 ...", flush=True)
        rows += assignment_overhead(Path(folder, "assignment"), options)
        print("empty jobs ...", flush=True)
        rows += empty_job_rows(packages, options.jobs)
        print("memory ...", flush=True)
        rows += memory_rows(options.workers)
    command = " ".join(["python -m benchmarks.overhead_per_job", *sys.argv[1:]])
    data = results.update("per_job", {"command": command, "rows": rows})
    readme.show({"per_job": data["per_job"]})
    if options.readme:
        readme.rewrite(data)
    return int(options.check and any(row.get("met") is False for row in rows))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--students", type=int, default=16, help="in a class")
    parser.add_argument(
        "--assignment-students", type=int, default=6, help="in a class of assignment 2"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=50, help="empty ones, per tier")
    parser.add_argument("--workers", type=int, default=CORES + 1, help="for memory")
    parser.add_argument("--readme", action="store_true", help="rewrite its table")
    parser.add_argument("--check", action="store_true", help="fail on a missed target")
    return parser.parse_args()


def exercise_overhead(folder: Path, options: argparse.Namespace) -> list[results.Row]:
    assignment, what = load_exercise(), "the exercise"
    system = ThisProject(*class_of(folder, STUDENT_FILE, options.students))
    return overhead_rows(what, assignment, STUDENT_FILE, system, options.rounds)


def assignment_overhead(folder: Path, options: argparse.Namespace) -> list[results.Row]:
    assignment, what = load_assignment(find_assignment("assignment2")), "assignment 2"
    file = assignment.suite.folder / "reference.py"
    system = ThisProject(
        *class_of(folder, file, options.assignment_students), "assignment2"
    )
    return overhead_rows(what, assignment, file, system, options.rounds)


def overhead_rows(
    what: str, assignment: Assignment, file: Path, system: ThisProject, rounds: int
) -> list[results.Row]:
    """Seconds of one core per submission: bare, and graded."""
    bare = record_calls(assignment, file, system.work)
    num_students = len(system.students)
    bare_s: list[float] = []
    graded_s: list[float] = []
    for _ in range(rounds):
        bare_s.append(time_bare([*bare, "all"], num_students // CORES))
        system.clear(CORES)
        system.grade(CORES, AS_IT_IS)
        graded_s.append(system.warm_s() * CORES)
    percent = [100 * (a / b - 1) for a, b in zip(graded_s, bare_s, strict=True)]
    return [
        row(f"Bare calls of {what}, one core", statistics.median(bare_s), "s"),
        row("The same, graded, one core", statistics.median(graded_s), "s"),
        row("Overhead", statistics.median(percent), "%", MAX_OVERHEAD_PERCENT),
    ]


def time_bare(command: list[str], times: int) -> float:
    """Mean seconds of a repetition, with such a process on every core.

    The first in each process is left out: it is the one that warms it.
    """
    processes = [
        subprocess.Popen(
            [*command, str(times + 1)],
            env={**os.environ, **_BARE_ENVIRONMENT},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(CORES)
    ]
    written = [process.communicate()[0] for process in processes]
    if any(process.returncode for process in processes):
        raise RuntimeError("the bare calls ended with an error")
    return statistics.mean(
        seconds for text in written for seconds in json.loads(text)[1:]
    )


def empty_job_rows(packages: tuple[str, ...], num_jobs: int) -> list[results.Row]:
    rows = []
    median_ms: dict[str, float] = {}
    for tier, walls in offered_tiers().items():
        with Sandbox(packages, walls=walls) as sandbox:
            seconds = [time_empty_job(sandbox) for _ in range(WARM_UPS + num_jobs)]
        median_ms[tier] = 1000 * statistics.median(seconds[WARM_UPS:])
        what = f"Empty job, walls {tier}"
        rows.append(row(what, median_ms[tier], "ms", MAX_EMPTY_JOB_MS))
    for tier in median_ms:
        if tier != "none" and "none" in median_ms:
            cost = median_ms[tier] - median_ms["none"]
            rows.append(row(f"Of which for the walls {tier}", cost, "ms"))
    return rows


def time_empty_job(sandbox: Sandbox) -> float:
    """Start, wall, load, one call, end."""
    start = time.perf_counter()
    room = Room(sandbox, Limits(), filename="cnn.py", source=EMPTY, seed=0)
    answer = room.ask({**CALL, "seed": 0}, 10.0)
    room.close()
    if answer.ending is not Ending.RETURNED or answer.value != 42:
        raise RuntimeError(f"the empty job ended with {answer}")
    return time.perf_counter() - start


def memory_rows(most: int) -> list[results.Row]:
    mb = [held_memory_mb(workers) for workers in range(1, most + 1)]
    rows = [row("Memory of the workers with one submission (PSS)", mb[0], "MB")]
    if most > 1:
        added = (mb[-1] - mb[0]) / (most - 1)
        what = "Added by each further submission at a time"
        rows.append(row(what, added, "MB", MAX_WORKER_MB))
    return rows


def held_memory_mb(workers: int) -> float:
    """PSS of all workers while so many gradings stop before their last assertion.

    By then each has trained in its student's worker and predicted in its clean room.
    """
    assignment = load_exercise()
    last = assignment.suite.groups["hidden_model"][-1].id
    everybody = threading.Barrier(workers + 1, timeout=HOLD_S)
    submission = read_submission(STUDENT_FILE, "memory")
    walls = next(iter(offered_tiers().values()))

    def hold(finding: Finding) -> None:
        if finding.check == last:
            everybody.wait()
            everybody.wait()

    with (
        open_sandbox(assignment, walls=walls, slots=workers) as sandbox,
        ThreadPoolExecutor(workers) as pool,
    ):
        gradings = [
            pool.submit(grade, submission, assignment, sandbox, lanes=1, progress=hold)
            for _ in range(workers)
        ]
        everybody.wait()
        held_mb = descendants_pss_mib() * MB_PER_MIB
        everybody.wait()
        for grading in gradings:
            grading.result()
    return held_mb


def class_of(folder: Path, file: Path, num_students: int) -> tuple[Path, Path]:
    """A class that has handed in a file, and a folder to work in."""
    work = folder / "work"
    work.mkdir(parents=True)
    return write_class(folder / "class", num_students, file), work


def row(what: str, value: float, unit: str, limit: float | None = None) -> results.Row:
    made: results.Row = {"what": what, "value": value, "unit": unit}
    if limit is not None:
        made |= {"limit": limit, "met": value <= limit}
    return made


if __name__ == "__main__":
    sys.exit(main())
