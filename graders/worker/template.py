"""Imports the heavy packages once, and forks the zygotes of a sandbox.

Neither the template nor a zygote ever runs a TensorFlow operation, so they have no
thread pools and forking stays safe. Zygotes share the template's memory until they
write to it, which they hardly do. The template only listens: the first message on
its control socket is the order, each further one brings the control socket of a
zygote to be.
"""

import contextlib
import gc
import importlib
import os
import signal
import socket
import stat
import sys
from typing import Any

from graders.worker import kernel
from graders.worker.messages import receive, send
from graders.worker.walls import WallPlan
from graders.worker.zygote import serve_forks

_REAP_S = 1.0
# What TensorFlow imports in the first training only; other versions may differ.
_LATE_MODULES = (
    *("concatenate_op", "flat_map_op", "from_tensors_op"),
    *("range_op", "zip_op"),
)


def run_template(control_fd: int) -> None:
    """Forks zygotes until the control socket closes."""
    control = socket.socket(fileno=control_fd)
    order = receive(control)[0]
    failure = ""
    try:
        plan = _prepare(order)
    except Exception as error:
        failure = f"{type(error).__name__}: {error}"[:500]
    # As an init it also has to reap what nobody else does.
    control.settimeout(_REAP_S)
    while True:
        _reap()
        try:
            message, fds = receive(control)
        except TimeoutError:
            continue
        if not message:
            return
        with socket.socket(fileno=fds[0]) as zygote_control:
            if failure:
                send(zygote_control, {"failed": failure})
            elif os.fork() == 0:
                try:
                    control.close()
                    serve_forks(zygote_control, plan, message)
                finally:
                    os._exit(0)


def _prepare(order: dict[str, Any]) -> WallPlan:
    """Imports everything that a job needs, and becomes fit to fork."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    for name in order["preload"]:
        __import__(name)
    if "tensorflow" in sys.modules:
        for name in _LATE_MODULES:
            with contextlib.suppress(ImportError):
                importlib.import_module(f"tensorflow.python.data.ops.{name}")
    walls: dict[str, Any] = dict(order["walls"])
    for name in ("readable", "listable"):
        walls[name] = tuple(walls[name])
    plan = WallPlan(**walls)
    if plan.landlock:
        from landlockpy import abi_version

        # It looks for the C library the first time, which starts programs: no job
        # is to do that again.
        abi_version()
    # What was imported is never garbage: no child is to look through it, which would
    # make a copy of every page of it.
    gc.collect()
    gc.freeze()
    if plan.seccomp:  # A student's own file has too few jobs to pay for it.
        kernel.gather_into_huge_pages()
    _assert_fit_to_fork()
    if plan.undumpable:
        kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    return plan


def _reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _assert_fit_to_fork() -> None:
    """One thread, no open folder, no TensorFlow operation run: else a fork hangs."""
    threads = os.listdir("/proc/self/task")  # noqa: PTH208
    if len(threads) != 1:
        raise RuntimeError(f"the template has {len(threads)} threads after its imports")
    for fd in map(int, os.listdir("/proc/self/fd")):  # noqa: PTH208
        with contextlib.suppress(OSError):
            kind = os.fstat(fd).st_mode
            if stat.S_ISDIR(kind) and not _lists_itself(fd):
                raise RuntimeError(f"the template holds an open folder, number {fd}")
    context = sys.modules.get("tensorflow.python.eager.context")
    if context is not None and context.context()._context_handle is not None:
        raise RuntimeError("a TensorFlow operation ran while packages were imported")


def _lists_itself(fd: int) -> bool:
    """Whether this is the descriptor by which the descriptors were listed."""
    return os.readlink(f"/proc/self/fd/{fd}").startswith("/proc/")  # noqa: PTH115
