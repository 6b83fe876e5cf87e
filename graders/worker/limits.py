"""Ceilings that a child puts on itself before any student code is loaded."""

import sys


def adopt_orphans() -> None:
    """Makes this process the parent of what its children leave behind (Linux)."""
    if sys.platform != "linux":
        return
    import ctypes

    pr_set_child_subreaper = 36
    ctypes.CDLL(None).prctl(pr_set_child_subreaper, 1)


def apply_limits(memory_mib: int) -> None:
    """Caps private memory, where the system can; no core dumps, no orphans.

    RLIMIT_DATA counts private writable memory. RLIMIT_AS would count TensorFlow's
    address space too, which is gigabytes without harm.
    """
    if sys.platform != "linux":
        return
    import ctypes
    import resource
    import signal

    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)
    ceiling = memory_mib * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (ceiling, ceiling))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
