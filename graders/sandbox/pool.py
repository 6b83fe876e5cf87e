"""Where children come from: a zygote on Linux, a fresh process elsewhere."""

import contextlib
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from graders.errors import WorkerUnavailable
from graders.sandbox.bundle import Bundle
from graders.sandbox.channel import Channel
from graders.sandbox.limits import Limits
from graders.sandbox.room import Child

START_S = 120.0
_PAYLOAD = struct.Struct(">qq")


class Launcher(Protocol):
    """Makes children that are ready to answer."""

    @property
    def served(self) -> bool:
        """Whether it worked at first, so that another like it may work again."""

    def launch(self, limits: Limits) -> Child:
        """A fresh child.

        Raises:
            WorkerUnavailable: if none can be started.
        """

    def close(self) -> None:
        """Ends everything that was started."""


class Sandbox:
    """Children for submissions and for the clean room; a context manager.

    The heavy packages start to load on entry, beside whatever the grader does next.

    Args:
        preload: packages every child shall find imported, for example `keras`.
    """

    def __init__(self, preload: Sequence[str]) -> None:
        self.bundle = Bundle()
        self._preload = tuple(preload)
        self._launcher: Launcher | None = None
        self._gone: list[Launcher] = []
        self._closed = False
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends every worker, and whatever still waits for one."""
        self._closed = True
        for launcher in [*self._gone, self._launcher]:
            if launcher is not None:
                launcher.close()
        self.bundle.remove()

    def warm_up(self) -> None:
        """Starts to import the heavy packages; does not wait for them."""
        with self._lock:
            if self._closed:
                raise _stopped()
            if self._launcher is None:
                kind = Zygote if sys.platform == "linux" else Spawner
                self._launcher = kind(self.bundle, self._preload)

    def launch(self, limits: Limits) -> Child:
        """A fresh child. Raises `WorkerUnavailable` if none can be started."""
        launcher = self._current()
        try:
            return launcher.launch(limits)
        except WorkerUnavailable:
            if not launcher.served:
                raise
        # It was ended, by a submission or for want of memory: that is not to cost
        # the others of a class their grading.
        with self._lock:
            if self._launcher is launcher:
                self._gone.append(launcher)
                self._launcher = None
        return self._current().launch(limits)

    def _current(self) -> Launcher:
        self.warm_up()
        assert self._launcher is not None
        return self._launcher


class Zygote:
    """One process that has imported the packages, and forks a child on request."""

    def __init__(self, bundle: Bundle, preload: Sequence[str]) -> None:
        self._lock = threading.Lock()
        self._jobs = 0
        self._scratch = bundle.scratch
        self._control, child_end = socket.socketpair()
        self._noise = tempfile.TemporaryFile()  # noqa: SIM115 - closed in close()
        self._process = subprocess.Popen(
            bundle.command("zygote", str(child_end.fileno()), *preload),
            pass_fds=[child_end.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=self._noise,
            stderr=self._noise,
            cwd=bundle.scratch,
            env=bundle.environment(),
            start_new_session=True,
        )
        child_end.close()
        self._ready = False
        self._closing = False

    @property
    def served(self) -> bool:
        """Whether it has imported its packages."""
        return self._ready

    def launch(self, limits: Limits) -> Child:
        """Forks a child with a channel of its own."""
        ours, theirs = socket.socketpair()
        # A pair of sockets, not a pipe: it can be shut down even while a process that
        # a submission left behind holds its end.
        output, their_output = socket.socketpair()
        try:
            with self._lock:
                self._await_ready()
                self._jobs += 1
                job = self._jobs
                message = b"F" + _PAYLOAD.pack(limits.memory_mib, job)
                fds = [theirs.fileno(), their_output.fileno()]
                pid = self._fork(message, fds)
        except BaseException:
            ours.close()
            output.close()
            raise
        finally:
            theirs.close()
            their_output.close()
        held = [socket.socket(fileno=os.dup(end.fileno())) for end in (ours, output)]
        end = _EndOnce(lambda: self._end(pid, self._scratch / f"job{job}", held))
        fd = ours.detach()
        channel = Channel(
            fd, fd, output.detach(), output_kib=limits.output_kib, kill=end.now
        )
        return Child(channel, end.now)

    def close(self) -> None:
        """Ends the zygote; its children die with it."""
        if self._closing:
            return
        self._closing = True
        self._control.close()
        self._process.kill()
        self._process.wait()
        self._noise.close()

    def _fork(self, message: bytes, fds: list[int]) -> int:
        try:
            socket.send_fds(self._control, [message], fds)
        except OSError as error:
            raise self._unavailable() from error
        return self._reply(b"F")[0]

    def _end(self, pid: int, scratch: Path, held: list[socket.socket]) -> int:
        try:
            return self._end_process(pid, scratch)
        finally:
            for connection in held:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
                connection.close()

    def _end_process(self, pid: int, scratch: Path) -> int:
        with self._lock:
            try:
                self._control.sendall(b"E" + _PAYLOAD.pack(pid, 0))
                _, status = self._reply(b"E")
            except (OSError, WorkerUnavailable):
                # The zygote is gone, and its children with it. Unless we ended it,
                # that is no fault of the submission.
                if not self._closing:
                    raise self._unavailable() from None
                status = 0
        shutil.rmtree(scratch, ignore_errors=True)
        return os.waitstatus_to_exitcode(status)

    def _await_ready(self) -> None:
        if not self._ready:
            self._control.settimeout(START_S)
            if self._receive(1) != b"R":
                raise self._unavailable()
            self._ready = True

    def _reply(self, verb: bytes) -> tuple[int, int]:
        reply = self._receive(1 + _PAYLOAD.size)
        if reply[:1] != verb:
            raise self._unavailable()
        first, second = _PAYLOAD.unpack(reply[1:])
        return first, second

    def _receive(self, size: int) -> bytes:
        parts = b""
        while len(parts) < size:
            try:
                part = self._control.recv(size - len(parts))
            except OSError as error:
                raise self._unavailable() from error
            if not part:
                raise self._unavailable()
            parts += part
        return parts

    def _unavailable(self) -> WorkerUnavailable:
        if self._noise.closed:
            return _stopped()
        self._noise.seek(0)
        lines = self._noise.read().decode("utf-8", "replace").strip().splitlines()
        return WorkerUnavailable(
            f"the worker process ended: {lines[-1] if lines else 'no message'}",
            "sandbox",
            "Check that `python -c 'import keras'` works in this environment.",
        )


class Spawner:
    """A fresh process per child, where forking a loaded TensorFlow is not safe."""

    def __init__(self, bundle: Bundle, preload: Sequence[str]) -> None:
        self._bundle, self._preload = bundle, preload
        self._jobs = 0
        self._lock = threading.Lock()

    @property
    def served(self) -> bool:
        """Nothing runs between children, so there is nothing to start again."""
        return False

    def launch(self, limits: Limits) -> Child:
        """Starts a child on pipes."""
        with self._lock:
            self._jobs += 1
            scratch = self._bundle.scratch / f"job{self._jobs}"
        try:
            process = subprocess.Popen(
                self._bundle.command(
                    "job", str(scratch), str(limits.memory_mib), *self._preload
                ),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=self._bundle.environment(),
                start_new_session=True,
            )
        except OSError as error:
            raise WorkerUnavailable(
                f"the worker could not be started: {error}",
                "sandbox",
                "Check memory and the number of processes, then try again.",
            ) from error
        pipes = (process.stdout, process.stdin, process.stderr)
        assert all(pipes)
        end = _EndOnce(lambda: self._end(process, scratch))
        channel = Channel(
            *(os.dup(pipe.fileno()) for pipe in pipes if pipe),
            output_kib=limits.output_kib,
            kill=end.now,
        )
        for pipe in pipes:
            if pipe:
                pipe.close()
        return Child(channel, end.now)

    def close(self) -> None:
        """Nothing is kept running between children."""

    @staticmethod
    def _end(process: "subprocess.Popen[bytes]", scratch: Path) -> int:
        # The whole group, while the child is not waited for and keeps its number.
        if sys.platform != "win32":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        status = process.wait()
        shutil.rmtree(scratch, ignore_errors=True)
        return status


class _EndOnce:
    """Ends a child the first time it is asked to, from whichever thread."""

    def __init__(self, end: Callable[[], int]) -> None:
        self._end = end
        self._lock = threading.Lock()
        self._status: int | None = None

    def now(self) -> int:
        """Exit code, or minus the number of the signal that ended it."""
        with self._lock:
            if self._status is None:
                self._status = self._end()
            return self._status


def _stopped() -> WorkerUnavailable:
    return WorkerUnavailable(
        "the workers have been stopped", "sandbox", "Grade it again."
    )
