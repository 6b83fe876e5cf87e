"""Ceilings that a child puts on itself before any student code is loaded."""

import sys
from typing import Any

_MIB = 1024 * 1024


def adopt_orphans() -> None:
    """Makes this process the parent of what its children leave behind (Linux)."""
    if sys.platform == "linux":
        from graders.worker import kernel

        kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)


def die_with_parent() -> None:
    """Has the kernel end this process when the one that forked it ends (Linux)."""
    if sys.platform == "linux":
        import signal

        from graders.worker import kernel

        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)


def apply_limits(limits: dict[str, Any], *, count_processes: bool = False) -> None:
    """Caps what one process may take, where the system can; no core dumps.

    RLIMIT_DATA counts private writable memory. RLIMIT_AS would count TensorFlow's
    address space too, which is gigabytes without harm. The first CPU limit is a
    signal that prints where the code was; the second ends it.

    Args:
        limits: `memory_mib`, `cpu_s`, `disk_mib`, `files`, `processes`.
        count_processes: whether RLIMIT_NPROC counts this job's processes alone, and
            not all of a person's.
    """
    if sys.platform != "linux":
        return
    import resource

    def cap(kind: int, soft: float, hard: float | None = None) -> None:
        resource.setrlimit(kind, (int(soft), int(hard if hard is not None else soft)))

    cap(resource.RLIMIT_CORE, 0)
    cap(resource.RLIMIT_DATA, limits["memory_mib"] * _MIB)
    cap(resource.RLIMIT_CPU, limits["cpu_s"], limits["cpu_s"] + 2)
    cap(resource.RLIMIT_FSIZE, limits["disk_mib"] * _MIB)
    cap(resource.RLIMIT_NOFILE, limits["files"])
    cap(resource.RLIMIT_MEMLOCK, 0)
    cap(resource.RLIMIT_MSGQUEUE, 0)
    if count_processes:
        cap(resource.RLIMIT_NPROC, limits["processes"])
