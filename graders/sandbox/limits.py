"""Ceilings of one submission, as the rubric states them."""

import errno
from dataclasses import dataclass

from graders.records import StudentError


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds are wall-clock seconds, but for `cpu_s`.

    Args:
        load_s: importing the submission's file.
        check_s: the answers to one check, all together.
        submission_s: everything, per group of checks.
        cpu_s: seconds of processor time of one process of a child.
        memory_mib: memory of one child with all that it starts (Linux only).
        disk_mib: what the child's folder may hold, and each of its files (Linux only).
        files: how many files it may make, and have open at a time (Linux only).
        processes: how many processes and threads it may have (Linux only).
        output_kib: what one child may print.
    """

    load_s: float = 30.0
    check_s: float = 30.0
    submission_s: float = 240.0
    cpu_s: int = 240
    memory_mib: int = 3072
    disk_mib: int = 256
    files: int = 1024
    processes: int = 256
    output_kib: int = 1024

    def for_worker(self) -> dict[str, int]:
        """What a child caps for itself."""
        return {
            "cpu_s": self.cpu_s,
            "memory_mib": self.memory_mib,
            "disk_mib": self.disk_mib,
            "files": self.files,
            "processes": self.processes,
        }

    @property
    def memory(self) -> str:
        """The limit in words, as a finding names it."""
        return f"{self.memory_mib:,} MiB of memory"

    @property
    def cpu(self) -> str:
        """The limit in words, as a finding names it."""
        return f"{self.cpu_s:,} s of processor time"

    @property
    def disk(self) -> str:
        """The limit in words, as a finding names it."""
        return f"{self.disk_mib:,} MiB of files"

    @property
    def entries(self) -> str:
        """The limit in words, as a finding names it."""
        return f"{self.files:,} files"

    @property
    def tasks(self) -> str:
        """The limit in words, as a finding names it."""
        return f"{self.processes:,} processes and threads"


def limit_behind(error: StudentError, limits: Limits) -> str:
    """The limit that an exception comes from, in words; empty if it is none.

    >>> limit_behind(StudentError(type="MemoryError", message=""), Limits())
    '3,072 MiB of memory'
    """
    if error.type in ("MemoryError", "ResourceExhaustedError"):
        return limits.memory
    if error.errno == errno.EFBIG:
        return limits.disk
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{limits.disk}, or {limits.entries}"
    if error.errno == errno.EMFILE:
        return limits.entries
    if error.type == "BlockingIOError":
        return limits.tasks
    if "can't start new thread" in error.message:
        return f"{limits.tasks}, or {limits.memory}"
    return ""
