"""How long a class waits for new marks: rescored, replayed, listed.

    python -m benchmarks.regrade
    python -m benchmarks.regrade --only replay

Each ledger is made for it, in SQLite, with rows as gradings leave them; each part runs
in a process of its own.

- Rescore: a check of a rubric of 10 items and 60 checks is worth more. Diff: who moves
  by that. Confirm: it counts.
- Replay: one check of one group of assignment 1 was corrected, and recorded answers of
  real gradings are judged again, in a process per core: of the reference solution,
  other right ones, wrong ones and the stub, each many times under another name.
- List: the marks of all as CSV, and what they come to.

CPU seconds are those of all processes; memory is the most that one of them held.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.regrade_ledgers import Model, fill, made_up, ten_by_six
from graders.assignments import find_assignment
from graders.authoring.composing import compose
from graders.intake import read_submission
from graders.keys import group_keys
from graders.ledger import Ledger, decide
from graders.loading import Assignment, load_assignment
from graders.marks import find_graded, proposed_moves
from graders.pipeline import grade, open_sandbox
from graders.regrade import replay_class, rescore

CORES = len(os.sched_getaffinity(0))
MANY, VERY_MANY = 10_000, 100_000
MAX_S = {"rescore": 10.0, "replay": 60.0, "list": 10.0}
MAX_LIST_MB = 300.0
CORRECTED = "hidden_text"
PARTS = ("rescore", "replay", "list")
_MB_PER_KIB = 1024 / 1e6


def main() -> int:
    options = read_options()
    if options.inside:
        PART[options.inside](options.ledger, options.records)
        return 0
    table = Table(
        "part", "records", "took (s)", "at most (s)", "CPU (s)", "memory (MB)"
    )
    ok = True
    with tempfile.TemporaryDirectory() as folder:
        for part in [options.only] if options.only else PARTS:
            for line in measure(part, Path(folder), options.records):
                name, records, seconds, cpu, memory = line.split("\t")
                limit = MAX_S.get(name)
                table.add_row(name, records, seconds, f"{limit or ''}", cpu, memory)
                ok &= limit is None or float(seconds) <= limit
                ok &= name != "list" or float(memory) <= MAX_LIST_MB
    Console().print(table)
    print("All within their limits." if ok else "Something took too much.")
    return 0 if ok else 1


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--records", type=int, default=0, help="instead of the usual")
    parser.add_argument("--inside", choices=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--ledger", help=argparse.SUPPRESS)
    return parser.parse_args()


def measure(part: str, folder: Path, records: int) -> list[str]:
    """Makes a ledger, and has a fresh process do the part with it."""
    path = folder / f"{part}.sqlite3"
    url = f"sqlite:///{path}"
    count = records or (VERY_MANY if part == "list" else MANY)
    print(f"{part}: making a ledger of {count:,} records ...", file=sys.stderr)
    make_ledger(part, url, count, folder)
    command = [sys.executable, "-m", "benchmarks.regrade", "--inside", part]
    done = subprocess.run(
        [*command, "--ledger", url, "--records", str(count)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    for leftover in folder.glob(f"{path.name}*"):
        leftover.unlink()
    return done.stdout.splitlines()


def make_ledger(part: str, url: str, count: int, folder: Path) -> None:
    with Ledger(url, "benchmark") as ledger:
        if part == "replay":
            assignment = load_assignment(find_assignment("assignment1"))
            fill(ledger, assignment.rubric, real_gradings(assignment, folder), count)
        else:
            fill(ledger, ten_by_six(), made_up(ten_by_six()), count)


def real_gradings(assignment: Assignment, folder: Path) -> list[Model]:
    """Of some solutions, as if one group had been judged by a check that was wrong."""
    suite, listing = assignment.suite.folder, assignment.listing
    right = (suite / "reference.py").read_text("utf-8")
    wheats = sorted((suite / "wheats").glob("*.py"))[:3]
    mutants = sorted((suite / "mutants").glob("*.py"))[:4]
    texts = [
        right,
        *(path.read_text("utf-8") for path in wheats),
        *(compose(right, path.read_text("utf-8")) for path in mutants),
        (listing.folder / listing.file).read_text("utf-8"),
    ]
    groups = {**group_keys(assignment), CORRECTED: "before"}
    models = []
    with open_sandbox(assignment, slots=2) as sandbox:
        for text in texts:
            path = folder / listing.file
            path.write_text(text, "utf-8")
            record = grade(read_submission(path, "student_a"), assignment, sandbox)
            record = replace(record, key=replace(record.key, suite="before"))
            models.append(Model(record=record, groups=groups))
    return models


def run_rescore(url: str, count: int) -> None:
    with Ledger(url, "benchmark") as ledger:
        with timed("rescore", count):
            found = rescore(ledger, ten_by_six(2, 3), reason="it is worth more")
        assert found.num_scores == count
        assert found.proposal is not None
        with timed("diff", count), ledger.reading() as connection:
            graded = find_graded(connection, "a9")
            moves = proposed_moves(connection, graded, found.proposal)
        assert 0.7 < len(moves.moves) / count < 0.9, len(moves.moves)
        with timed("confirm", count):
            decide(ledger, found.proposal, accepted=True, reason="")


def run_replay(url: str, count: int) -> None:
    with Ledger(url, "benchmark") as ledger, timed("replay", count) as others:
        assignment = load_assignment(find_assignment("assignment1"))
        found = replay_class(
            ledger,
            assignment,
            reason="a check was wrong",
            workers=CORES,
            progress=lambda done, total: others.extend(
                peak_mb(child.pid) for child in active_children() if child.pid
            ),
        )
        assert (found.num_judged, found.num_changed, found.to_run) == (count, 0, {})


def run_list(url: str, count: int) -> None:
    from graders.cli.scores_text import ClassScores

    with (
        Ledger(url, "benchmark") as ledger,
        timed("list", count),
        Path(os.devnull).open("w") as out,
        ledger.reading() as connection,
    ):
        scores = ClassScores(connection, find_graded(connection, "a9"))
        for line in scores.csv_lines():
            out.write(line)
        assert scores.summary().num_students == count


PART: dict[str, Callable[[str, int], None]] = {
    "rescore": run_rescore,
    "replay": run_replay,
    "list": run_list,
}


@contextmanager
def timed(name: str, count: int) -> Iterator[list[float]]:
    """Prints what it took; memory of other processes is added to the list."""
    others: list[float] = []
    start, cpu = time.perf_counter(), cpu_s()
    yield others
    took, used = time.perf_counter() - start, cpu_s() - cpu
    memory = max([*others, peak_mb(os.getpid())])
    fields = (name, f"{count:,}", f"{took:.1f}", f"{used:.1f}", f"{memory:.0f}")
    print("\t".join(fields), flush=True)


def cpu_s() -> float:
    """Of this process, and of others that it has waited for."""
    times = os.times()
    return sum(times[:4])


def peak_mb(pid: int) -> float:
    """The most memory that a process has held.

    Not from `getrusage`: that counts what a process held that it was started by.
    """
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    line = next(row for row in status.splitlines() if row.startswith("VmHWM:"))
    return float(line.split()[1]) * _MB_PER_KIB


if __name__ == "__main__":
    sys.exit(main())
