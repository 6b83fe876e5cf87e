"""Grades a class of the benchmark's exercise, or of an assignment, with this project.

    python -m benchmarks.grade_class FOLDER RESULTS WORKERS [ASSIGNMENT]

The whole program is what `compare.py` times: Python's start, reading the files, the
choice of the walls (each is built and attacked), the start of the workers, grading,
and writing the results. It prints one JSON document: the scores, and when each student
was done, in seconds since the grading began.
"""

import json
import sys
import time
from pathlib import Path

from benchmarks.exercise.loading import load_exercise
from graders.assignments import find_assignment
from graders.batch import Progress, ResultFolder, grade_class
from graders.batch.local import LocalWorkplace
from graders.intake import find_submissions
from graders.ledger import Ledger
from graders.loading import Assignment, load_assignment
from graders.records import Tier
from graders.sandbox import choose_walls


def main(folder: str, results: str, workers: str, assignment_name: str = "") -> None:
    started = time.monotonic()
    done_s: list[float] = []
    assignment = _load(assignment_name)

    def told(progress: Progress) -> None:
        new = sum(progress.outcomes.values()) - len(done_s)
        done_s.extend([time.monotonic() - started] * new)

    def open_workplace() -> LocalWorkplace:
        walls = choose_walls(Tier.B)
        return LocalWorkplace(assignment, workers=int(workers), walls=walls)

    name = assignment.listing.name
    with Ledger(f"sqlite:///{results}/ledger.sqlite3", "bench") as ledger:
        submissions = list(find_submissions(Path(folder), assignment.listing.file))
        grade_class(submissions, assignment, ledger, open_workplace, progress=told)
        rows = ResultFolder(Path(results)).write(ledger, name, {})
    scores = {
        row.student: row.mark.points / assignment.rubric.points
        for row in rows
        if row.mark is not None
    }
    print(json.dumps({"scores": scores, "done_s": done_s}))


def _load(name: str) -> Assignment:
    return load_assignment(find_assignment(name)) if name else load_exercise()


if __name__ == "__main__":
    main(*sys.argv[1:])
