"""What the container lets a grading have, so that it takes no more."""

from pathlib import Path

_MIB = 1024 * 1024
_CGROUPS = Path("/sys/fs/cgroup")
_FILES = ("memory.max", "memory/memory.limit_in_bytes")
_UNBOUNDED = 2**60
# TensorFlow once, shared by all jobs, and the grader itself.
_SHARED_MIB = 1536


def container_memory_mib(cgroups: Path = _CGROUPS) -> int | None:
    """The memory that the container may use; None if it is not bounded."""
    for name in _FILES:
        try:
            limit = int((cgroups / name).read_text())
        except (OSError, ValueError):  # not there, or `max`
            continue
        return limit // _MIB if limit < _UNBOUNDED else None
    return None


def needed_mib(per_job_mib: int, lanes: int = 1) -> int:
    """What so many jobs at a time may take in all."""
    return _SHARED_MIB + lanes * per_job_mib


def lanes_within(memory_mib: int | None, per_job_mib: int) -> int:
    """How many groups of checks to run side by side: two, if there is room for them.

    >>> lanes_within(None, 3072), lanes_within(6144, 3072), lanes_within(8192, 3072)
    (2, 1, 2)
    """
    has_room = memory_mib is None or memory_mib >= needed_mib(per_job_mib, 2)
    return 2 if has_room else 1
