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
from graders.batch.results import ResultFolder
from graders.batch.running import grade_class
from graders.intake import find_submissions
from graders.loading import load_assignment
from graders.records import Tier
from graders.sandbox import choose_walls


def main(folder: str, results: str, workers: str, name: str = "") -> None:
    started = time.monotonic()
    done_s: list[float] = []
    assignment = load_assignment(find_assignment(name)) if name else load_exercise()
    outcome = grade_class(
        list(find_submissions(Path(folder), assignment.listing.file)),
        assignment,
        ResultFolder(Path(results)),
        workers=int(workers),
        walls=choose_walls(Tier.B),
        progress=lambda student: done_s.append(time.monotonic() - started),
    )
    scores = {
        record.student: record.score.points / assignment.rubric.points
        for record in outcome.records
    }
    print(json.dumps({"scores": scores, "done_s": done_s}))


if __name__ == "__main__":
    main(*sys.argv[1:])
