"""The folder a worker runs from: a copy of what it may import of ours, and scratch.

The worker is started without the site packages' own path files, so that an
editable installation of this project, with its hidden checks, is not importable
there. (Reading files by path is for the walls to stop.)
"""

import os
import shutil
import sys
import sysconfig
import tempfile
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_PARTS = ("__init__.py", "errors.py", "wire", "worker")
_KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


class Bundle:
    """A temporary folder with `code/graders/{wire,worker}` and `scratch/`."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="grade-"))
        self.scratch = self.root / "scratch"
        self.scratch.mkdir()
        target = self.root / "code" / "graders"
        target.mkdir(parents=True)
        ignored = shutil.ignore_patterns("__pycache__")
        for name in _PARTS:
            source = _PACKAGE / name
            if source.is_dir():
                shutil.copytree(source, target / name, ignore=ignored)
            else:
                shutil.copy(source, target / name)
        self._start = target / "worker" / "start.py"

    def command(self, *arguments: str) -> list[str]:
        """The command line of a worker in one of the modes of `worker/start.py`."""
        packages = sysconfig.get_paths()["purelib"]
        return [sys.executable, "-I", "-S", str(self._start), packages, *arguments]

    def environment(self) -> dict[str, str]:
        """Everything a worker's environment holds: nothing of the grader's own."""
        return {
            **{name: os.environ[name] for name in _KEPT if name in os.environ},
            "HOME": str(self.scratch),
            "TMPDIR": str(self.scratch),
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
        shutil.rmtree(self.root, ignore_errors=True)
