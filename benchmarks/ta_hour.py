"""A teaching assistant's hour, scripted: a platform's archive to a file it takes back.

    python -m benchmarks.ta_hour
    python -m benchmarks.ta_hour --students 120 --workers 2

A class of 120 as Canvas packs it, with the usual mess (`tests/stand_ins/platforms`):
right solutions and catalogued mistakes of assignment 2 in turn, renamed files, second
attempts, empty ones, archives in archives. Each step is the real command, with a ledger
of its own: look at the archive, grade it, review ten marks, let them count, see what
would change on the platform, write the file, compare everybody with everybody, and read
the file as the platform would.
"""

import argparse
import csv
import itertools
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.classes import BIN
from graders.assignments import find_assignment
from graders.loading import load_assignment
from graders.validation.solutions import catalogue_mutants, right_solutions
from tests.stand_ins.platforms import canvas
from tests.stand_ins.platforms.classes import GRADED, HandedOver, members

NAME = "assignment2"
REVIEWED = 10
DECISION = "p 92\nas discussed in the lab\n"


def main() -> int:
    """Goes through the steps; 1 if one of them fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=120)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        hour = Hour(Path(folder), options.students)
        began = time.monotonic()
        hour.go(options.workers)
        print(f"All of it: {(time.monotonic() - began) / 60:.1f} min.")
        hour.read_back()
    return 0


class Hour:
    """What lies on the assistant's desk.

    Args:
        folder: for all of it.
        students: how many there are.
    """

    def __init__(self, folder: Path, students: int) -> None:
        self._folder = folder
        self._class = with_real_work(canvas.hand_over(members(students)))
        self._archive = self._class.write_zip(folder / "submissions.zip")
        self._table = self._class.write_table(folder)
        self._upload = folder / "upload.csv"

    def go(self, workers: int) -> None:
        """Each step, with the seconds that it takes."""
        table, out = str(self._table), str(self._upload)
        roster = (str(self._archive), "--roster", table)
        export = ("export", NAME, "--to", "canvas", "--table", table)
        self._step("look at the archive", "intake", NAME, *roster)
        self._step("grade", "batch", NAME, *roster, "--workers", str(workers))
        near = ("--near", "100", "--within", "12", "--plain")
        decisions = DECISION * REVIEWED + "q\n"
        self._step("review ten marks", "review", NAME, *near, answers=decisions)
        self._step("let them count", "review", NAME, "--confirm", "--yes")
        self._step("what would change", *export, "--dry-run")
        self._step("write the file", *export, "--out", out)
        self._step("who is alike", "similar", NAME)

    def read_back(self) -> None:
        """Whether everybody who handed in has a number in the file.

        Raises:
            AssertionError: if somebody has none, or is in it twice.
        """
        with self._upload.open(encoding="utf-8-sig", newline="") as file:
            _, _, *rows = csv.reader(file)
        logins = sorted(row[3] for row in rows)
        assert logins == sorted(self._class.graded.values()), logins
        assert all(0 <= float(row[-1]) <= 100 for row in rows)
        reviewed = sum(float(row[-1]) == 92 for row in rows)
        print(f"{len(rows)} marks are in the file, {reviewed} of them 92.")

    def _step(self, name: str, *arguments: str, answers: str = "") -> None:
        began = time.monotonic()
        done = subprocess.run(
            [str(BIN / "grade"), *arguments],
            cwd=self._folder,
            input=answers,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "GRADES_USER": "ta", "COLUMNS": "100"},
            check=False,
        )
        print(f"{name}: {time.monotonic() - began:.1f} s", flush=True)
        (self._folder / "last.txt").write_text(done.stdout)
        if done.returncode:
            print(done.stdout, file=sys.stderr)
            raise SystemExit(f"`grade {' '.join(arguments)}` ended {done.returncode}")


def with_real_work(handed: HandedOver) -> HandedOver:
    """The same class, whose files are solutions that are worth something."""
    assignment = load_assignment(find_assignment(NAME))
    solutions = [*right_solutions(assignment), *catalogue_mutants(assignment)]
    texts = itertools.cycle(solution.source for solution in solutions)
    for number, (path, belongs) in enumerate(handed.expected.items()):
        if belongs == GRADED and path.lower().endswith(".py"):
            text = f"{next(texts)}\n# {number}\n"
            handed.entries[path] = text.encode()
    return handed


if __name__ == "__main__":
    sys.exit(main())
