"""Wall time of `grade ASSIGNMENT` on each reference, cold, and that all runs agree.

    python -m benchmarks.cold_gradings --runs 20

Every run is a process of its own, with another PYTHONHASHSEED. Then the same solution
is graded with one lane and with two in this process. Prints a table for
`docs/times.md`.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graders.assignments import list_assignments
from graders.loading import Assignment, load_assignment
from graders.pipeline import grade, open_sandbox
from graders.validation.solutions import right_solutions

GRADE = Path(sys.executable).with_name("grade")
# Seconds that were promised.
PROMISED = {1: 8, 2: 25, 3: 25, 4: 35}


@dataclass(frozen=True)
class Measured:
    """Seconds of each run, and how many different results there were."""

    name: str
    seconds: tuple[float, ...]
    results: int


def measure(assignment: Assignment, tasks: Sequence[str], runs: int) -> Measured:
    """Cold runs of the console script on the reference."""
    name = assignment.listing.names[0]
    reference = assignment.suite.folder / "reference.py"
    seconds, documents = [], set()
    for run in range(runs):
        started = time.perf_counter()
        options = [part for task in tasks for part in ("--task", task)]
        done = subprocess.run(
            [str(GRADE), name, str(reference), "--json", *options],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": str(run)},
        )
        seconds.append(time.perf_counter() - started)
        documents.add(_without_time(json.loads(done.stdout)))
    return Measured(name, tuple(seconds), len(documents))


def lanes_agree(assignment: Assignment) -> bool:
    """Whether one lane and two find the same in the reference."""
    submission = right_solutions(assignment)[0].submission(assignment.rubric.file)
    with open_sandbox(assignment) as sandbox:
        one, two = (
            grade(submission, assignment, sandbox, lanes=lanes) for lanes in (1, 2)
        )
    return one.findings == two.findings and one.score == two.score


def _without_time(document: dict[str, Any]) -> str:
    return json.dumps({**document, "duration_s": None}, sort_keys=True)


def main() -> None:
    """Prints a Markdown table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    print("| assignment | median s | slowest s | promised | distinct results | lanes |")
    print("|---|---:|---:|---:|---:|---|")
    for number, listing in enumerate(list_assignments(), start=1):
        assignment = load_assignment(listing)
        found = measure(assignment, (), runs)
        agree = "agree" if lanes_agree(assignment) else "DIFFER"
        print(
            f"| {found.name} | {statistics.median(found.seconds):.1f} |"
            f" {max(found.seconds):.1f} | {PROMISED.get(number, '')} |"
            f" {found.results} of {runs} runs | {agree} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
