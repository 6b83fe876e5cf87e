"""Wall and CPU seconds and memory of the programs that this process starts (Linux)."""

import contextlib
import ctypes
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_SET_CHILD_SUBREAPER = 36
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What something took; `cpu_s` is the whole machine's, the kernel included."""

    wall_s: float
    cpu_s: float


def adopt_orphans() -> None:
    """Makes this process the parent of what its programs leave behind.

    So memory that a program's servers hold is found among its descendants.
    """
    ctypes.CDLL(None, use_errno=True).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def timed(action: Callable[[], object]) -> Usage:
    """Runs it and waits for all it started. Call it while nothing else runs.

    The machine's own clock of CPU seconds counts what no parent is told of, such as a
    process that ends in a namespace of its own, so no system hides any.
    """
    cpu_s, start = _machine_cpu_s(), time.perf_counter()
    action()
    wall_s = time.perf_counter() - start
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    return Usage(wall_s=wall_s, cpu_s=_machine_cpu_s() - cpu_s)


class PeakMemory:
    """The largest sum of PSS over all descendants of this process, while it is open.

    PSS divides what processes share among them, so the sum is what they take together.
    Sampling takes CPU time of its own: nothing is timed meanwhile.
    """

    def __init__(self, every_s: float = 0.05) -> None:
        self.mib = 0.0
        self._every_s = every_s
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._done.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._done.wait(self._every_s):
            self.mib = max(self.mib, descendants_pss_mib())


def descendants_pss_mib() -> float:
    """Sum of the PSS of all processes below this one."""
    return sum(_pss_kib(pid) for pid in _descendants(os.getpid())) / 1024


def _descendants(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                # After the name in brackets: the state, then the parent.
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def _pss_kib(pid: int) -> int:
    """PSS; the private part alone of a process that may not be looked into."""
    with contextlib.suppress(OSError):
        return _field(_PROC / str(pid) / "smaps_rollup", "Pss:")
    with contextlib.suppress(OSError):
        return _field(_PROC / str(pid) / "status", "RssAnon:")
    return 0  # It has ended.


def _field(path: Path, name: str) -> int:
    for line in path.read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    return 0


def _machine_cpu_s() -> float:
    """CPU seconds since the machine started, of user code, kernel and interrupts."""
    names = ("user", "nice", "system", "idle", "iowait", "irq", "softirq")
    ticks = map(int, (_PROC / "stat").read_text().splitlines()[0].split()[1:])
    used = dict(zip(names, ticks, strict=False))
    busy = sum(used.values()) - used["idle"] - used["iowait"]
    return busy / os.sysconf("SC_CLK_TCK")
