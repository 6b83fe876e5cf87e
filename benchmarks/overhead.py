"""What grading costs over the student code's own compute, on this machine.

    python -m benchmarks.overhead

Times `grade assignment2 REFERENCE` against a bare script that imports Keras and
makes the same calls with the same arguments, in turn (A B A B ...), each as a fresh
process, and prints the medians and the ratio. A third script makes the calls of the
student's functions alone, without what the clean room was asked.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.recorded_calls import record_calls
from graders.assignments import find_assignment
from graders.loading import load_assignment

RUNS = int(os.environ.get("RUNS", "5"))


def main() -> None:
    """Records the calls once, then times the three programs in turn."""
    assignment = load_assignment(find_assignment("assignment2"))
    reference = assignment.suite.folder / "reference.py"
    with tempfile.TemporaryDirectory() as folder:
        bare = record_calls(assignment, reference, Path(folder))
        programs = {
            "grade assignment2": [
                str(Path(sys.executable).with_name("grade")),
                "assignment2",
                str(reference),
            ],
            "bare script, same calls": [*bare, "all"],
            "bare script, student's functions only": [*bare, "student"],
        }
        seconds: dict[str, list[float]] = {name: [] for name in programs}
        for _ in range(RUNS):
            for name, command in programs.items():
                seconds[name].append(_time(command))
    _print(seconds)


def _time(command: list[str]) -> float:
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - start


def _print(seconds: dict[str, list[float]]) -> None:
    graded = seconds["grade assignment2"]
    table = Table(title=f"Wall seconds, {RUNS} runs each, on {os.cpu_count()} cores")
    for column in ("program", "min", "median", "max", "grade / this"):
        table.add_column(column, justify="left" if column == "program" else "right")
    for name, values in seconds.items():
        ratios = [a / b for a, b in zip(graded, values, strict=True)]
        table.add_row(
            name,
            f"{min(values):.2f}",
            f"{statistics.median(values):.2f}",
            f"{max(values):.2f}",
            f"{statistics.median(ratios):.2f}",
        )
    Console().print(table)


if __name__ == "__main__":
    main()
