"""Imports the heavy packages once and forks a child per group of checks.

The zygote itself never runs a TensorFlow operation, so it has no thread pools and
forking stays safe. Each message on its control socket is one byte of verb and, for
a fork, the child's end of its own channel.
"""

import contextlib
import os
import signal
import socket
import struct
from collections.abc import Sequence
from pathlib import Path

from graders.worker.limits import adopt_orphans, apply_limits
from graders.worker.serve import serve

FORK, END = b"F", b"E"
READY, FORKED, ENDED = b"R", b"F", b"E"
PAYLOAD = struct.Struct(">qq")


def run_zygote(control_fd: int, preload: Sequence[str]) -> None:
    """Serves fork and end requests until the control socket closes."""
    for name in preload:
        __import__(name)
    adopt_orphans()
    known = _children()
    control = socket.socket(fileno=control_fd)
    control.sendall(READY)
    while True:
        message, fds, _, _ = socket.recv_fds(control, 1 + PAYLOAD.size, 3)
        if not message:
            return
        first, second = PAYLOAD.unpack(message[1:])
        if message[:1] == FORK:
            pid = _fork(control, fds, memory_mib=first, job=second)
            known.add(pid)
            control.sendall(FORKED + PAYLOAD.pack(pid, 0))
        else:
            status = _end(first)
            known.discard(first)
            _end_orphans(known)
            control.sendall(ENDED + PAYLOAD.pack(first, status))


def _fork(control: socket.socket, fds: list[int], *, memory_mib: int, job: int) -> int:
    pid = os.fork()
    if pid:
        for fd in fds:
            os.close(fd)
        return pid
    try:
        os.setsid()
        control.close()
        channel, output = fds
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.close(null)
        os.close(output)
        apply_limits(memory_mib)
        serve(channel, channel, str(Path.cwd() / f"job{job}"))
    finally:
        os._exit(0)


def _end(pid: int) -> int:
    """Ends a child with all of its process group; returns its wait status."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]


def _end_orphans(known: set[int]) -> None:
    """Ends the processes that children left behind; they are the zygote's by now."""
    for _ in range(20):
        orphans = _children() - known
        if not orphans:
            return
        for pid in orphans:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for pid in orphans:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _children() -> set[int]:
    """Every child of this process; none where the system does not list them."""
    found: set[int] = set()
    for path in Path("/proc/self/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found.update(map(int, path.read_text().split()))
    return found
