"""Memory and processes of a worker with all its jobs, bounded by the kernel.

Version 2 has one tree, version 1 one for each controller. A folder of the tree is a
group; a process belongs to a group when its number is written there.
"""

import contextlib
import itertools
import os
import time
from dataclasses import dataclass
from pathlib import Path

from graders.errors import WorkerUnavailable

_ROOT = Path("/sys/fs/cgroup")
_NAME = "survival-school"
_MIB = 1024 * 1024
_GOING_S, _LOOK_AGAIN_S = 5.0, 0.01
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Tree:
    """Where groups can be made: one folder for each controller, or one for both."""

    memory: Path
    processes: Path

    @property
    def is_unified(self) -> bool:
        """Whether this is version 2."""
        return self.memory == self.processes


def find_tree() -> Tree | None:
    """Folders in which this process can make and fill groups; None if there are none.

    It is found out by making a group in it.
    """
    for tree in (Tree(_ROOT, _ROOT), Tree(_ROOT / "memory", _ROOT / "pids")):
        try:
            if tree.is_unified:
                write_existing(_ROOT / "cgroup.subtree_control", "+memory +pids")
            group = Group(tree, memory_mib=64, processes=64)
        except (OSError, WorkerUnavailable):
            continue
        group.remove()
        _remove_stale(tree)
        return tree
    return None


class Group:
    """One zygote's group. Its jobs are in it from their first moment.

    To move each job into a group of its own would take the kernel longer than to
    start it.

    Raises:
        WorkerUnavailable: if it cannot be made.
    """

    def __init__(self, tree: Tree, *, memory_mib: int, processes: int) -> None:
        name = f"{_NAME}-{os.getpid()}-{next(_numbers)}"
        self._tree = tree
        self._folders = [tree.memory / name]
        if not tree.is_unified:
            self._folders.append(tree.processes / name)
        ceiling = str(memory_mib * _MIB)
        try:
            for folder in self._folders:
                folder.mkdir()
            if tree.is_unified:
                self._write(0, "memory.max", ceiling)
                self._write_if_there(0, "memory.swap.max", "0")
            else:
                self._write(0, "memory.limit_in_bytes", ceiling)
                self._write_if_there(0, "memory.memsw.limit_in_bytes", ceiling)
            self._write(-1, "pids.max", str(processes))
        except OSError as error:
            self.remove()
            raise WorkerUnavailable(
                f"a control group could not be made: {error}",
                str(self._folders[0]),
                "Run `grade doctor` to see what this machine offers.",
            ) from error

    def add(self, pid: int) -> None:
        """Moves a process, and all that it will start, into the group."""
        for index in range(len(self._folders)):
            self._write(index, "cgroup.procs", str(pid))

    def num_memory_kills(self) -> int:
        """How many processes the kernel has ended for want of memory."""
        name = "memory.events" if self._tree.is_unified else "memory.oom_control"
        try:
            lines = (self._folders[0] / name).read_text().splitlines()
        except OSError:
            return 0
        counts = dict(line.split(" ", 1) for line in lines if " " in line)
        return int(counts.get("oom_kill", "0"))

    def remove(self) -> None:
        """Removes the group; its processes have been ended, and may still be going."""
        end = time.monotonic() + _GOING_S
        for folder in self._folders:
            while folder.exists() and time.monotonic() < end:
                try:
                    folder.rmdir()
                except OSError:
                    time.sleep(_LOOK_AGAIN_S)

    def _write(self, index: int, name: str, text: str) -> None:
        write_existing(self._folders[index] / name, text)

    def _write_if_there(self, index: int, name: str, text: str) -> None:
        if (self._folders[index] / name).exists():
            self._write(index, name, text)


def _remove_stale(tree: Tree) -> None:
    """Removes the empty groups of graders that were ended before they could."""
    for parent in {tree.memory, tree.processes}:
        for folder in parent.glob(f"{_NAME}-*-*"):
            if not Path("/proc", folder.name.split("-")[2]).exists():
                with contextlib.suppress(OSError):
                    folder.rmdir()


def write_existing(path: Path, text: str) -> None:
    """Writes to a file of the kernel; never makes one, should the folder be another."""
    fd = os.open(path, os.O_WRONLY)
    try:
        os.write(fd, text.encode())
    finally:
        os.close(fd)
