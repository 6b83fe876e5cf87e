"""Looks after what no ceiling of a single process holds: a job's memory and files.

Shared memory, and the sum over processes, are seen only by looking at them. That is
done a few times a second, so a job can be over its limit for as long. Where there is
a cgroup, it keeps the machine from running out of memory meanwhile.
"""

import contextlib
import errno
import os
import stat
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from loguru import logger

from graders.sandbox.limits import Limits

INTERVAL_S = 0.1
_DELETED = " (deleted)"
_KIB = 1024
_MIB = 1024 * _KIB


@dataclass(eq=False, kw_only=True)
class Watched:
    """One job, while it runs.

    Args:
        pid: its first process.
        zygote: the process that adopts what the job leaves behind.
        limits: its ceilings.
        folder: where its files are; None if their number and size are bounded.
        end: ends it.
    """

    pid: int
    zygote: int
    limits: Limits
    folder: Path | None
    end: Callable[[], object]
    exceeded: str = ""
    """The limit that it went over, in words."""

    def look(self, roots: set[int], inherited_kib: int) -> None:
        """Ends the job if it is over a limit.

        Args:
            roots: the first processes of all jobs of the zygote.
            inherited_kib: memory that a fork of the zygote has from the start.
        """
        pids = descendants(self.pid) | _adopted(self.zygote, roots)
        used_kib = sum(memory_kib(pid, inherited_kib) for pid in pids)
        if used_kib * _KIB > self.limits.memory_mib * _MIB:
            self._stop(self.limits.memory)
        elif len(pids) > self.limits.processes:
            self._stop(self.limits.tasks)
        if self.folder is not None and not self.exceeded:
            ceiling = self.limits.disk_mib * _MIB
            entries, size = folder_use(self.folder, self.limits.files, ceiling)
            size += sum(deleted_bytes(pid) for pid in pids)
            if entries > self.limits.files:
                self._stop(self.limits.entries)
            elif size > ceiling:
                self._stop(self.limits.disk)

    def _stop(self, limit: str) -> None:
        self.exceeded = limit
        self.end()


class Watchdog:
    """One thread that looks at all jobs of a sandbox in turn."""

    def __init__(self) -> None:
        self._jobs: list[Watched] = []
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def add(self, job: Watched) -> None:
        """Starts to look at a job."""
        with self._changed:
            self._jobs.append(job)
            self._changed.notify()

    def remove(self, job: Watched) -> None:
        """Looks at it no more."""
        with self._changed, contextlib.suppress(ValueError):
            self._jobs.remove(job)

    def close(self) -> None:
        """Ends the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._jobs)
                if self._closed:
                    return
                jobs = list(self._jobs)
                self._changed.wait_for(lambda: self._closed, timeout=INTERVAL_S)
            zygotes = {job.zygote for job in jobs}
            inherited = {zygote: _status_kib(zygote, "RssAnon") for zygote in zygotes}
            for job in jobs:
                roots = {other.pid for other in jobs if other.zygote == job.zygote}
                try:
                    job.look(roots, inherited[job.zygote])
                except OSError as error:
                    logger.error("a job over its limit was not ended: {}", error)


def descendants(pid: int) -> set[int]:
    """A process and all that came from it, as far as they are not orphans."""
    found: set[int] = set()
    open_ones = [pid]
    while open_ones:
        current = open_ones.pop()
        if current not in found:
            found.add(current)
            open_ones += _children(current)
    return found


def memory_kib(pid: int, inherited_kib: int) -> int:
    """Memory that a process has made its own; shared memory counts in full."""
    own = _status_kib(pid, "RssAnon") - inherited_kib
    return max(own, 0) + _status_kib(pid, "RssShmem")


def seconds_waited(pid: int) -> float:
    """How long the threads of a process have been ready to run and did not, in all.

    They often wait in turn, one for what another computes, so the longest wait of a
    single thread would be too little.
    """
    nanoseconds = 0
    for path in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        with contextlib.suppress(OSError, IndexError):
            nanoseconds += int(path.read_text().split()[1])
    return nanoseconds / 1e9


def folder_use(folder: Path, max_entries: int, max_bytes: int) -> tuple[int, int]:
    """Entries and bytes below a folder; counting ends when either is too many."""
    entries = size = 0
    open_ones = [str(folder)]
    while open_ones and entries <= max_entries and size <= max_bytes:
        try:
            with os.scandir(open_ones.pop()) as found:
                for entry in found:
                    entries += 1
                    if entry.is_dir(follow_symlinks=False):
                        open_ones.append(entry.path)
                    else:
                        size += entry.stat(follow_symlinks=False).st_blocks * 512
        except FileNotFoundError:
            continue  # Removed meanwhile.
        except OSError as error:
            if error.errno in (errno.EACCES, errno.ENAMETOOLONG):
                return max_entries + 1, size  # What cannot be counted is too much.
            logger.warning("a job's files could not be counted: {}", error)
    return entries, size


def deleted_bytes(pid: int) -> int:
    """What the files take that a process has open, or mapped, and has deleted."""
    sizes: dict[int, int] = {}
    with contextlib.suppress(OSError), os.scandir(f"/proc/{pid}/fd") as entries:
        for entry in entries:
            facts = entry.stat()
            if stat.S_ISREG(facts.st_mode) and facts.st_nlink == 0:
                sizes[facts.st_ino] = facts.st_blocks * 512
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, _, _, device, inode, *_ = line.split()
            # Shared memory has no device with a number of its own, and counts there.
            if line.endswith(_DELETED) and not device.startswith("00:"):
                start, end = (int(part, 16) for part in span.split("-"))
                sizes.setdefault(int(inode), end - start)
    return sum(sizes.values())


def _adopted(zygote: int, roots: set[int]) -> set[int]:
    """Everything below a zygote that is in none of its jobs any more."""
    found: set[int] = set()
    for child in _children(zygote):
        if not any(root in descendants(child) for root in roots):
            found |= descendants(child)
    return found


def _children(pid: int) -> list[int]:
    found: list[int] = []
    try:
        tasks = os.listdir(f"/proc/{pid}/task")  # noqa: PTH208
    except OSError:
        return found
    for task in tasks:
        with contextlib.suppress(OSError):
            text = Path(f"/proc/{pid}/task/{task}/children").read_text()
            found += map(int, text.split())
    return found


def _status_kib(pid: int, name: str) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(name + ":"):
                return int(line.split()[1])
    return 0
