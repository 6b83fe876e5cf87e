"""A user for each worker of a grader that runs as root, which owns nothing else.

No account is needed: a number that no process runs under is enough. A lock on a file
keeps two graders on one machine from choosing the same one.
"""

import fcntl
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Self

from graders.errors import WorkerUnavailable

FIRST, LAST = 58_000, 58_999
# `drop_privileges.py` runs as root, before anything of a submission exists.
_PROGRAM = Path(__file__).with_name("drop_privileges.py")


def runs_as_root() -> bool:
    """Whether this process may become any user."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


class WorkerUser:
    """One number of the range, held until `release`.

    Raises:
        WorkerUnavailable: if all are taken.
    """

    def __init__(self) -> None:
        folder = Path(tempfile.gettempdir(), "survival-school-users")
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid != 0:
            raise WorkerUnavailable(
                "the folder of locks belongs to somebody else",
                str(folder),
                "Remove it, then grade again.",
            )
        used = _users_of_processes()
        for uid in range(FIRST, LAST + 1):
            if uid in used:
                continue
            lock = (folder / str(uid)).open("w")
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.close()
                continue
            self.uid, self._lock = uid, lock
            return
        raise WorkerUnavailable(
            f"every user number from {FIRST} to {LAST} is in use",
            "sandbox",
            "End the processes of earlier gradings, then grade again.",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.release()

    def release(self) -> None:
        """Lets another worker have the number."""
        self.end_processes()
        self._lock.close()

    def end_processes(self) -> None:
        """Ends whatever runs as this user."""
        if self.uid in _users_of_processes():
            program = [sys.executable, "-I", "-S", str(_PROGRAM), str(self.uid), ""]
            subprocess.run(program, check=False)

    def command(self, roots: tuple[Path, ...], command: list[str]) -> list[str]:
        """`command`, as this user, with every root within its reach."""
        paths = os.pathsep.join(str(root) for root in roots)
        program = [sys.executable, "-I", "-S", str(_PROGRAM)]
        return [*program, str(self.uid), paths, *command]


def _users_of_processes() -> set[int]:
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                found.add(entry.stat().st_uid)
            except OSError:
                continue
    return found
