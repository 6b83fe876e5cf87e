"""The same exercise graded by this project and by three other systems, side by side.

    make bench

Every system grades the same file with the same assertions (`exercise/` and
`peers/assertions.py`), one process per core, each in a class of which no two files are
equal. What is timed is what an instructor waits for: all programs from start to end.

- Each system grades a few submissions first; its memory is measured meanwhile, and the
  files it needs are in the system's cache when the timing begins.
- Then they take turns (A B C D A B C D ...); the median counts. Every submission must
  have got full marks each time.
- The other systems run with the threads they start by default, and with `--one-thread`
  also with one thread each; the faster of the two counts. Which it is, the first round
  tells; the slower takes no part in the others.
- A start-up that submissions share is part of the time. This project, which has the
  longest one, grades eight times as many as the others at a go, nbgrader twice as many;
  the others start anew for each submission and take as long for each in any class.
"""

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import readme, results
from benchmarks.exercise.loading import write_class
from benchmarks.measuring import PeakMemory, Usage, adopt_orphans, timed
from benchmarks.peers import environment
from benchmarks.peers.nbgrader_autograde import NbgraderAutograde
from benchmarks.peers.otter_run import OtterRun
from benchmarks.peers.system import AS_IT_IS, ONE_THREAD, Environment, System
from benchmarks.peers.unittest_harness import UnittestHarness
from benchmarks.this_project import ThisProject

CORES = len(os.sched_getaffinity(0))
TARGETS = {OtterRun: 7.0, NbgraderAutograde: 4.0, UnittestHarness: 3.0}
SYSTEMS: dict[str, type[System]] = {
    "ours": ThisProject,
    "otter": OtterRun,
    "nbgrader": NbgraderAutograde,
    "unittest": UnittestHarness,
}


@dataclass(kw_only=True)
class Contender:
    """A system with one setting of threads, and what was measured of it."""

    system: System
    threads: str
    environment: Environment
    usages: list[Usage] = field(default_factory=list)
    warm_s: list[float] = field(default_factory=list)
    peak_mib: float = 0.0

    def grade(self, processes: int) -> None:
        """Times one run over the class, and checks the scores."""
        system = self.system
        system.clear(processes)
        usage = timed(lambda: system.grade(processes, self.environment))
        check_scores(system)
        self.usages.append(usage)
        if isinstance(system, ThisProject):
            self.warm_s.append(system.warm_s())

    def row(self) -> results.Row:
        """Medians, per submission."""
        num = len(self.system.students)
        row: results.Row = {
            "system": self.system.name,
            "threads": self.threads,
            "students": num,
            "wall_s": statistics.median(usage.wall_s for usage in self.usages) / num,
            "cpu_s": statistics.median(usage.cpu_s for usage in self.usages) / num,
            "all_wall_s": [usage.wall_s / num for usage in self.usages],
            "peak_mib": self.peak_mib,
        }
        if self.warm_s:
            row["warm_wall_s"] = statistics.median(self.warm_s)
        return row


def main() -> int:
    options = read_options()
    adopt_orphans()
    environment.build()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        contenders = list(make_contenders(options, Path(folder)))
        for contender in contenders:
            print(f"{contender.system.name}: memory ...", flush=True)
            measure_memory(contender, options.processes, Path(folder))
        taking_part = contenders
        for turn in range(options.rounds):
            for contender in taking_part:
                name = f"{contender.system.name}, {contender.threads}"
                print(f"round {turn + 1}: {name} ...", flush=True)
                contender.grade(options.processes)
            taking_part = faster_settings(taking_part)
    rows = compared([contender.row() for contender in contenders])
    data = results.update(
        "comparison",
        {
            "command": " ".join(["python -m benchmarks.compare", *sys.argv[1:]]),
            "processes": options.processes,
            "rounds": options.rounds,
            "versions": environment.versions(),
            "rows": rows,
        },
    )
    readme.show(data)
    if options.readme:
        readme.rewrite(data)
    return int(options.check and any(row.get("met") is False for row in rows))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument(
        "--students", type=int, default=8, help="in a class without a shared start-up"
    )
    parser.add_argument("--processes", type=int, default=CORES, help="of each system")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one-thread", action="store_true", help="the others, too")
    parser.add_argument("--systems", default=",".join(SYSTEMS))
    parser.add_argument("--readme", action="store_true", help="rewrite its table")
    parser.add_argument("--check", action="store_true", help="fail on a missed target")
    options = parser.parse_args()
    unknown = set(options.systems.split(",")) - set(SYSTEMS)
    if unknown:
        parser.error(f"no such system: {', '.join(sorted(unknown))}")
    return options


def make_contenders(options: argparse.Namespace, folder: Path) -> Iterator[Contender]:
    for key in options.systems.split(","):
        kind = SYSTEMS[key]
        num = options.students * kind.class_factor
        system = make_system(kind, folder / key, num, options.processes)
        if kind is ThisProject:
            yield Contender(system=system, threads="one", environment=AS_IT_IS)
            continue
        yield Contender(system=system, threads="default", environment=AS_IT_IS)
        if options.one_thread:
            yield Contender(system=system, threads="one", environment=ONE_THREAD)


def make_system(
    kind: type[System], folder: Path, num_students: int, processes: int
) -> System:
    work = folder / "work"
    work.mkdir(parents=True)
    system = kind(write_class(folder / "class", num_students), work)
    system.prepare(processes)
    return system


def measure_memory(contender: Contender, processes: int, folder: Path) -> None:
    """Grades a few submissions, without timing them.

    Samples can miss a short peak, so the short gradings get more of them.
    """
    part = folder / f"memory-{contender.system.name}-{contender.threads}"
    kind = type(contender.system)
    num = processes * (8 if kind is ThisProject else 3)
    system = make_system(kind, part, num, processes)
    with PeakMemory() as memory:
        system.grade(processes, contender.environment)
    check_scores(system)
    contender.peak_mib = memory.mib


def check_scores(system: System) -> None:
    """A system that has not given full marks to everybody has measured nothing."""
    scores = system.scores()
    wrong = [name for name in system.students if scores.get(name) != 1.0]
    if wrong:
        raise RuntimeError(f"{system.name}: no full marks for {', '.join(wrong)}")


def faster_settings(contenders: list[Contender]) -> list[Contender]:
    """One per system: the one that took less time so far."""
    fastest: dict[str, Contender] = {}
    for contender in contenders:
        known = fastest.setdefault(contender.system.name, contender)
        if contender.usages[0].wall_s < known.usages[0].wall_s:
            fastest[contender.system.name] = contender
    return list(fastest.values())


def compared(rows: list[results.Row]) -> list[results.Row]:
    """The faster setting of each system, with its ratio to this project."""
    fastest: dict[str, results.Row] = {}
    for row in rows:
        known = fastest.get(row["system"])
        if known is None or row["wall_s"] < known["wall_s"]:
            fastest[row["system"]] = row
    ours = fastest.get(ThisProject.name)
    targets = {kind.name: target for kind, target in TARGETS.items()}
    for row in rows:
        row["counts"] = fastest[row["system"]] is row
        target = targets.get(row["system"])
        if ours is not None and target is not None:
            row["ratio"] = row["wall_s"] / ours["wall_s"]
            row["cpu_ratio"] = row["cpu_s"] / ours["cpu_s"]
            if row["counts"]:
                row["target"] = target
                row["met"] = row["ratio"] >= target
    return rows


if __name__ == "__main__":
    sys.exit(main())
