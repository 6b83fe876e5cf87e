"""Tells processes of this machine apart, also when their numbers are used again."""

import os
from pathlib import Path


def machine_id() -> str:
    """Of this machine since it was started, and of this container.

    Two containers may have one name, and each its own process number 7. Empty where
    the system does not tell: then its processes cannot be told apart either.
    """
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        return f"{boot} {os.readlink('/proc/self/ns/pid')}"  # noqa: PTH115
    except OSError:
        return ""


def process_id(pid: int) -> str:
    """The machine's id and when the process began; the latter empty if there is none.

    Args:
        pid: a process of this machine.
    """
    return f"{machine_id()} {_began(pid)}"


def _began(pid: int) -> str:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return ""
    # A process that has ended stays in the list until its parent has asked for it.
    state, *rest = stat.rsplit(")", 1)[1].split()
    return "" if state in "ZX" else rest[18]
