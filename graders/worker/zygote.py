"""Imports the heavy packages once and forks a child per group of checks.

The zygote itself never runs a TensorFlow operation, so it has no thread pools and
forking stays safe. It never reads what a child writes. Its control socket carries
one message per request and one per reply; a fork brings the child's ends of its
channel and of its output.
"""

import contextlib
import gc
import importlib
import os
import resource
import shutil
import signal
import socket
import stat
import sys
from pathlib import Path
from typing import Any

from graders.wire import decode, encode
from graders.worker import kernel
from graders.worker.job import run_job
from graders.worker.limits import adopt_orphans
from graders.worker.walls import SHARED_MEMORY, WallPlan

MAX_MESSAGE_BYTES = 1 << 20
_SWEEPS = 50
# What TensorFlow imports in the first training only; other versions may differ.
_LATE_MODULES = (
    "concatenate_op",
    "flat_map_op",
    "from_tensors_op",
    "range_op",
    "zip_op",
)


def run_zygote(control_fd: int) -> None:
    """Serves requests until the control socket closes.

    The first message is the plan: what to import, and the walls of each job.
    """
    control = socket.socket(fileno=control_fd)
    try:
        order = _receive(control)[0]
        zygote = _Zygote(order)
    except Exception as error:
        _send(control, {"failed": f"{type(error).__name__}: {error}"[:500]})
        return
    _send(control, {"ready": True})
    while True:
        message, fds = _receive(control)
        if not message:
            return
        if message["do"] == "fork":
            _send(control, zygote.fork(message, fds))
        else:
            _send(control, zygote.end(message["pid"], message["job"]))


class _Zygote:
    """The children of one zygote, and what is left when they have ended."""

    def __init__(self, order: dict[str, Any]) -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if order["processors"]:
            os.sched_setaffinity(0, order["processors"])
        for name in order["preload"]:
            __import__(name)
        if "tensorflow" in sys.modules:
            for name in _LATE_MODULES:
                with contextlib.suppress(ImportError):
                    importlib.import_module(f"tensorflow.python.data.ops.{name}")
        walls: dict[str, Any] = dict(order["walls"])
        for name in ("readable", "listable"):
            walls[name] = tuple(walls[name])
        self._plan = WallPlan(**walls)
        self._folder = Path(order["folder"])
        if self._plan.landlock:
            import landlockpy  # noqa: F401 - no file can be opened later
        # What was imported is never garbage: no child is to look through it, which
        # would make a copy of every page of it.
        gc.collect()
        gc.freeze()
        if self._plan.seccomp:  # A student's own file has too few jobs to pay for it.
            kernel.gather_into_huge_pages()
        adopt_orphans()
        _assert_fit_to_fork()
        if self._plan.undumpable:
            kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
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
                swept = (
                    all([_wipe(left) for left in Path(SHARED_MEMORY).iterdir()])
                    and swept
                )
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


def _assert_fit_to_fork() -> None:
    """One thread, no open folder, no TensorFlow operation run: else a fork hangs."""
    threads = os.listdir("/proc/self/task")  # noqa: PTH208
    if len(threads) != 1:
        raise RuntimeError(f"the zygote has {len(threads)} threads after its imports")
    for fd in map(int, os.listdir("/proc/self/fd")):  # noqa: PTH208
        with contextlib.suppress(OSError):
            kind = os.fstat(fd).st_mode
            if stat.S_ISDIR(kind) and not _lists_itself(fd):
                raise RuntimeError(f"the zygote holds an open folder, number {fd}")
    context = sys.modules.get("tensorflow.python.eager.context")
    if context is not None and context.context()._context_handle is not None:
        raise RuntimeError("a TensorFlow operation ran while packages were imported")


def _lists_itself(fd: int) -> bool:
    """Whether this is the descriptor by which the descriptors were listed."""
    return os.readlink(f"/proc/self/fd/{fd}").startswith("/proc/")  # noqa: PTH115


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


def _children() -> set[int]:
    """Every child of this process; none where the system does not list them."""
    found: set[int] = set()
    for path in Path("/proc/self/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found.update(map(int, path.read_text().split()))
    return found


def _receive(control: socket.socket) -> tuple[dict[str, Any], list[int]]:
    message, fds, _, _ = socket.recv_fds(control, MAX_MESSAGE_BYTES, 2)
    return (decode(message) if message else {}), fds


def _send(control: socket.socket, message: dict[str, Any]) -> None:
    control.sendall(encode(message))
