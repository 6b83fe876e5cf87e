"""What `compare.py` needs of a system, and how programs of the other systems start."""

import os
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.peers.environment import FOLDER

Environment = Mapping[str, str]
AS_IT_IS: Environment = {}
ONE_THREAD: Environment = {
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


class System(ABC):
    """Grades a class. Only `grade` is timed.

    Args:
        class_folder: one sub-folder per student, with `cnn.py` in it.
        work: an empty folder of its own.
    """

    name: str
    class_factor = 1
    """How many times as many submissions it is given, for they share a start-up."""

    def __init__(self, class_folder: Path, work: Path) -> None:
        self.class_folder, self.work = class_folder, work
        self.students = sorted(path.name for path in class_folder.iterdir())

    @abstractmethod
    def prepare(self, processes: int) -> None:
        """Lays out the folders as the system's documentation says; done once."""

    @abstractmethod
    def clear(self, processes: int) -> None:
        """Forgets the results of an earlier run."""

    @abstractmethod
    def grade(self, processes: int, threads: Environment) -> None:
        """Grades everybody, so many processes at a time."""

    @abstractmethod
    def scores(self) -> dict[str, float]:
        """Share of the points by student, as the system itself wrote it down."""


class Peer(System):
    """A system that runs in `.peers-venv`, in a home folder of its own."""

    def run(self, command: Sequence[str], threads: Environment, folder: Path) -> None:
        """Runs one of its programs, with the environment's programs on the path."""
        home = self.work / "home"
        home.mkdir(exist_ok=True)
        path = f"{FOLDER / 'bin'}{os.pathsep}{os.environ['PATH']}"
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in (*ONE_THREAD, "PYTHONPATH")
        }
        run_program(
            command, folder, {**kept, **threads, "PATH": path, "HOME": str(home)}
        )


def run_program(command: Sequence[str], folder: Path, environment: Environment) -> str:
    """Runs a program to its end; returns what it wrote to its standard output.

    Raises:
        RuntimeError: with the end of what it wrote, if it fails.
    """
    done = subprocess.run(
        command,
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        words = " ".join(command[:4])
        written = (done.stdout + done.stderr)[-2000:]
        raise RuntimeError(f"`{words}` ended with {done.returncode}: {written}")
    return done.stdout
