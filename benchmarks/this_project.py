"""This project as one of the systems: one program grades the class."""

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from benchmarks.peers.system import Environment, System, run_program

ROOT = Path(__file__).resolve().parents[1]


class ThisProject(System):
    """`grade_class.py`: Python's start and that of the workers are part of the time."""

    name = "this project"
    class_factor = 8

    def __init__(self, class_folder: Path, work: Path, assignment: str = "") -> None:
        super().__init__(class_folder, work)
        self._assignment = [assignment] if assignment else []
        self._told: dict[str, Any] = {}
        self._processes = 1

    def prepare(self, processes: int) -> None:
        """There is nothing to lay out."""

    def clear(self, processes: int) -> None:
        shutil.rmtree(self.work / "results", ignore_errors=True)

    def grade(self, processes: int, threads: Environment) -> None:
        command = [sys.executable, "-m", "benchmarks.grade_class"]
        command += [str(self.class_folder), str(self.work / "results"), str(processes)]
        command += self._assignment
        self._told = json.loads(run_program(command, ROOT, {**os.environ, **threads}))
        self._processes = processes

    def scores(self) -> dict[str, float]:
        scores: dict[str, float] = self._told["scores"]
        return scores

    def warm_s(self) -> float:
        """Seconds per submission, from when the first of each process was done."""
        done_s, first = self._told["done_s"], self._processes - 1
        seconds: float = done_s[-1] - done_s[first]
        return seconds / (len(done_s) - 1 - first)
