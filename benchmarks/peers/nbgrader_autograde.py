"""nbgrader: a course per process, `nbgrader autograde` over its share of the class."""

import csv
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.peers.assertions import ASSERTIONS, PREPARE, write_data
from benchmarks.peers.environment import program
from benchmarks.peers.system import AS_IT_IS, Environment, Peer

_ASSIGNMENT = "exercise"
_STUB = "### BEGIN SOLUTION\n### END SOLUTION\n"


class NbgraderAutograde(Peer):
    """Each course has its own gradebook: several processes cannot share one.

    The assignment is released once with `nbgrader generate_assignment`; a submission is
    the released notebook with the student's file in its solution cell.
    """

    name = "nbgrader autograde"
    class_factor = 2

    def prepare(self, processes: int) -> None:
        master = self.work / "master"
        source = master / "source" / _ASSIGNMENT
        source.mkdir(parents=True)
        _write(source / "cnn.ipynb", _notebook())
        (master / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
        self.run(
            [program("nbgrader"), "generate_assignment", _ASSIGNMENT],
            AS_IT_IS,
            master,
        )
        released = master / "release" / _ASSIGNMENT / "cnn.ipynb"
        notebook = json.loads(released.read_text("utf-8"))
        for number in range(processes):
            course = self._course(number)
            shutil.copytree(master, course)
            for student in self.students[number::processes]:
                self._hand_in(course, student, notebook)

    def clear(self, processes: int) -> None:
        for number in range(processes):
            course = self._course(number)
            shutil.rmtree(course / "autograded", ignore_errors=True)
            shutil.copy(self.work / "master" / "gradebook.db", course)

    def grade(self, processes: int, threads: Environment) -> None:
        def grade_share(number: int) -> None:
            course = self._course(number)
            if (course / "submitted").is_dir():
                command = [program("nbgrader"), "autograde", _ASSIGNMENT]
                self.run(command, threads, course)

        with ThreadPoolExecutor(processes) as pool:
            list(pool.map(grade_share, range(processes)))

    def scores(self) -> dict[str, float]:
        shares = {}
        for course in sorted(self.work.glob("course*")):
            command = [program("nbgrader"), "export", "--to", "grades.csv"]
            self.run(command, AS_IT_IS, course)
            with (course / "grades.csv").open(newline="") as file:
                for row in csv.DictReader(file):
                    share = float(row["score"] or 0) / float(row["max_score"])
                    shares[row["student_id"]] = share
        return shares

    def _course(self, number: int) -> Path:
        return self.work / f"course{number}"

    def _hand_in(self, course: Path, student: str, notebook: dict[str, Any]) -> None:
        folder = course / "submitted" / student / _ASSIGNMENT
        folder.mkdir(parents=True)
        write_data(folder)
        text = (self.class_folder / student / "cnn.py").read_text("utf-8")
        cells = [
            {**cell, "source": text} if _is_solution(cell) else cell
            for cell in notebook["cells"]
        ]
        _write(folder / "cnn.ipynb", {**notebook, "cells": cells})


def _notebook() -> dict[str, Any]:
    """The instructor's notebook: a solution, the preparation, a cell per assertion."""
    cells = [
        _cell("solution", _STUB, solution=True, locked=False),
        _cell("prepare", PREPARE),
        *(_cell(name, body, grade=True, points=1) for name, body in ASSERTIONS.items()),
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {
        "cells": cells,
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _cell(
    grade_id: str,
    source: str,
    *,
    solution: bool = False,
    grade: bool = False,
    locked: bool = True,
    points: int | None = None,
) -> dict[str, Any]:
    marks: dict[str, Any] = {
        "schema_version": 3,
        "grade_id": grade_id,
        "solution": solution,
        "grade": grade,
        "locked": locked,
        "task": False,
    }
    if points is not None:
        marks["points"] = points
    return {
        "cell_type": "code",
        "id": grade_id.replace("_", "-"),
        "metadata": {"nbgrader": marks},
        "execution_count": None,
        "outputs": [],
        "source": source,
    }


def _is_solution(cell: dict[str, Any]) -> bool:
    return bool(cell["metadata"].get("nbgrader", {}).get("solution"))


def _write(path: Path, notebook: dict[str, Any]) -> None:
    path.write_text(json.dumps(notebook, indent=1), "utf-8")
