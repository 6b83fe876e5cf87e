"""Forks a child per group of checks, and ends it with all that it left.

It never reads what a child writes. Its control socket carries one message per request
and one per reply; a fork brings the child's ends of its channel and of its output.
"""

import contextlib
import os
import resource
import shutil
import signal
import socket
from pathlib import Path
from typing import Any

from graders.worker.job import run_job
from graders.worker.limits import adopt_orphans, die_with_parent
from graders.worker.messages import receive, send
from graders.worker.walls import SHARED_MEMORY, WallPlan

_SWEEPS = 50


def serve_forks(control: socket.socket, plan: WallPlan, order: dict[str, Any]) -> None:
    """Serves requests until the control socket closes.

    Args:
        control: where they come from.
        plan: the walls of each job.
        order: `folder` of the jobs, and `processors` that they may use, if not all.
    """
    die_with_parent()
    adopt_orphans()
    if order["processors"]:
        os.sched_setaffinity(0, order["processors"])
    zygote = _Zygote(control, plan, Path(order["folder"]))
    send(control, {"ready": True})
    while True:
        message, fds = receive(control)
        if not message:
            return
        if message["do"] == "fork":
            send(control, zygote.fork(message, fds))
        else:
            send(control, zygote.end(message["pid"], message["job"]))


class _Zygote:
    """The children of one zygote, and what is left when they have ended."""

    def __init__(self, control: socket.socket, plan: WallPlan, folder: Path) -> None:
        self._control, self._plan, self._folder = control, plan, folder
        self._own_state = _state()
        self._known = _children()

    def fork(self, message: dict[str, Any], fds: list[int]) -> dict[str, Any]:
        """Starts a job; `fds` are its ends of its channel and its output."""
        pid = os.fork()
        if pid == 0:
            try:
                os.setsid()
                scratch = self._scratch(message["job"])
                run_job(self._plan, *fds, limits=message["limits"], scratch=scratch)
            finally:
                os._exit(0)
        for fd in fds:
            os.close(fd)
        self._known.add(pid)
        return {"pid": pid}

    def end(self, pid: int, job: int) -> dict[str, Any]:
        """Ends a job with all that it left, and tells whether anything is odd."""
        for ended in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError):
                ended(pid, signal.SIGKILL)
        status = os.waitpid(pid, 0)[1]
        self._known.discard(pid)
        swept = self._sweep() if self._plan.sweep else True
        if not self._plan.namespaces:
            swept = _wipe(Path(self._scratch(job))) and swept
            if self._plan.outer:
                swept = _empty(Path(SHARED_MEMORY)) and swept
        return {"status": status, "clean": swept and _state() == self._own_state}

    def _scratch(self, job: int) -> str:
        return str(self._folder if self._plan.namespaces else self._folder / str(job))

    def _sweep(self) -> bool:
        """Ends the processes that children left behind: they are ours by now.

        They are stopped first, for what is stopped cannot fork any more.
        """
        for _ in range(_SWEEPS):
            left = _children() - self._known
            if not left:
                return True
            for number in (signal.SIGSTOP, signal.SIGKILL):
                for pid in left:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, number)
            for pid in left:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, 0)
        return False


def _state() -> tuple[Any, ...]:
    """What a hostile job might try to change in the zygote."""
    kinds = (resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC, resource.RLIMIT_DATA)
    return (
        os.sched_getaffinity(0),
        os.getpriority(os.PRIO_PROCESS, 0),
        tuple(resource.getrlimit(kind) for kind in kinds),
        Path.cwd(),
    )


def _wipe(folder: Path) -> bool:
    """Removes a job's folder, or a file; False if something of it stays."""
    with contextlib.suppress(OSError, RecursionError):
        if folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder)
        else:
            folder.unlink()
    return not folder.exists()


def _empty(folder: Path) -> bool:
    """Removes everything in a folder; False if something stays."""
    return all([_wipe(left) for left in folder.iterdir()])


def _children() -> set[int]:
    """Every child of this process; none where the system does not list them."""
    found: set[int] = set()
    for path in Path("/proc/self/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found.update(map(int, path.read_text().split()))
    return found
