"""The folder a worker runs from: a copy of what it may import of ours, and scratch.

The worker is started without the site packages' own path files, so that an
editable installation of this project, with its hidden checks, is not importable
there. (Reading files by path is for the walls to stop.)
"""

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from graders.sandbox.places import package_folders, python_program

_PACKAGE = Path(__file__).resolve().parents[1]
_PARTS = ("__init__.py", "errors.py", "wire", "worker")
_KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


class Bundle:
    """A temporary folder with `code/graders/{wire,worker}` and `scratch/`."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="grade-")).resolve()
        # A worker may be another user; what it may not read lies in other folders.
        self.root.chmod(0o755)
        self.code = self.root / "code"
        self.scratch = self.root / "scratch"
        self._homes = itertools.count(1)
        self.scratch.mkdir()
        target = self.code / "graders"
        target.mkdir(parents=True)
        ignored = shutil.ignore_patterns("__pycache__")
        for name in _PARTS:
            source = _PACKAGE / name
            if source.is_dir():
                shutil.copytree(source, target / name, ignore=ignored)
            else:
                shutil.copy(source, target / name)

        for path in (self.scratch, self.code, *self.code.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)

    def command(self, *arguments: str, code: str = "") -> list[str]:
        """The command line of a worker in one of the modes of `worker/start.py`.

        Args:
            arguments: the mode, and what it takes.
            code: where the worker finds its code; else where the bundle has it.
        """
        start = Path(code or self.code, "graders", "worker", "start.py")
        sites = os.pathsep.join(str(folder) for folder in package_folders())
        return [*self._python(), str(start), sites, *arguments]

    def parse_command(self) -> list[str]:
        """The command that tells whether the file on its input compiles."""
        program = self.code / "graders" / "worker" / "parsing.py"
        return [*self._python(), str(program)]

    @staticmethod
    def _python() -> list[str]:
        # As -I, but that PYTHONHASHSEED is obeyed: of all Python's variables it is the
        # only one that the environment below holds.
        return [str(python_program()), "-P", "-s", "-S"]

    def new_home(self) -> Path:
        """A folder of its own in the scratch folder, closed to others."""
        home = self.scratch / f"home{next(self._homes)}"
        home.mkdir(mode=0o700)
        return home

    def environment(self, home: str = "") -> dict[str, str]:
        """Everything a worker's environment holds: nothing of the grader's own.

        Args:
            home: its home, and where temporary files go; else the scratch folder.
        """
        return {
            **{name: os.environ[name] for name in _KEPT if name in os.environ},
            "HOME": home or str(self.scratch),
            "TMPDIR": home or str(self.scratch),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "PYTHONHASHSEED": "0",
            "KERAS_BACKEND": "tensorflow",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "TF_DETERMINISTIC_OPS": "1",
            "TF_NUM_INTRAOP_THREADS": "1",
            "TF_NUM_INTEROP_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "CUDA_VISIBLE_DEVICES": "-1",
            "MPLBACKEND": "Agg",
        }

    def remove(self) -> None:
        """Deletes the folder and whatever jobs left in it."""
        remove_folder(self.root)


def remove_folder(folder: Path) -> None:
    """Deletes a folder that a job may have filled in order to keep it."""
    if folder.is_symlink():
        folder.unlink()
        return
    if sys.platform == "win32":
        shutil.rmtree(folder, ignore_errors=True)
        return
    # Python would hold a descriptor for each level of a deep tree, and give up early.
    command = ["rm", "-rf", "--", str(folder)]
    if subprocess.run(command, capture_output=True).returncode != 0:
        # Closed even to its owner.
        subprocess.run(["chmod", "-R", "u+rwx", "--", str(folder)], capture_output=True)
        subprocess.run(command, capture_output=True)
