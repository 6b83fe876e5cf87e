"""One zygote as the trusted side holds it: started, asked for children, ended."""

import contextlib
import itertools
import os
import select
import signal
import socket
import struct
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from graders.errors import WireError, WorkerUnavailable
from graders.sandbox.bundle import remove_folder
from graders.sandbox.cgroups import Group
from graders.sandbox.channel import Channel
from graders.sandbox.children import Child, Ended, EndOnce, stopped
from graders.sandbox.limits import Limits
from graders.sandbox.template import Template
from graders.sandbox.walls import Walls
from graders.sandbox.watchdog import (
    Watchdog,
    Watched,
    descendants,
    seconds_waited,
)
from graders.wire import decode, encode

START_S = 120.0
_LOOK_S = 0.5
REPLY_S = 30.0
_LAST_WORDS_S = 0.2
MAX_JOBS = 200
_MAX_MESSAGE_BYTES = 65_536
_CREDENTIALS = struct.Struct("3i")
_HERE, _GO, _READY = b"H", b"G", b"R"


# No two jobs have the same number, so none finds another's folder.
_job_numbers = itertools.count(1)


class Zygote:
    """One process that forks a child on request.

    Args:
        template: what it is forked from.
        walls: what stands around it and its children.
        folder: its own folder, where no outer wall gives it another.
        watchdog: what looks after its children.
        group: what holds its memory, if that is a cgroup.
        processors: those that it and its jobs may use; all if empty.
    """

    def __init__(
        self,
        template: Template,
        *,
        walls: Walls,
        folder: Path,
        watchdog: Watchdog,
        group: Group | None = None,
        processors: Sequence[int] = (),
    ) -> None:
        self._template, self._walls, self._folder = template, walls, folder
        self._watchdog, self._group = watchdog, group
        self._lock = threading.Lock()
        self._jobs = 0
        self._pid = 0
        self._pidfd = -1
        self._odd = False
        self._ready = self._failed = self._closing = False
        self._control = template.zygote(processors)
        self._control.settimeout(START_S)

    @property
    def served(self) -> bool:
        """Whether it could fork children, or was killed before it could."""
        if self._ready or self._failed:
            return self._ready
        return self._template.alive or self._template.was_killed()

    @property
    def worn(self) -> bool:
        """Whether another one should take its place."""
        return self._odd or self._jobs >= MAX_JOBS

    def num_processes(self) -> int:
        """It and all that came from it and is alive."""
        return len(descendants(self._pid)) if self._pid else 0

    def launch(self, limits: Limits) -> Child:
        """Forks a child with a channel of its own, and sees its walls built.

        Raises:
            WorkerUnavailable: if it has ended, or a wall cannot be built.
        """
        ours, theirs = socket.socketpair()
        # A pair of sockets, not a pipe: it can be shut down even while a process that
        # a submission left behind holds its end.
        output, their_output = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        try:
            with self._lock:
                self._await_ready()
                self._jobs += 1
                job = next(_job_numbers)
                request = {"do": "fork", "job": job, "limits": limits.for_worker()}
                pid = self._ask(request, [theirs.fileno(), their_output.fileno()])[
                    "pid"
                ]
        except BaseException:
            ours.close()
            output.close()
            raise
        finally:
            theirs.close()
            their_output.close()
        held = [socket.socket(fileno=os.dup(end.fileno())) for end in (ours, output)]
        running = _Running(self, pid, job, held)
        end = EndOnce(running.end)
        try:
            running.admit(ours, limits, end)
        except BaseException as error:
            ours.close()
            output.close()
            with contextlib.suppress(WorkerUnavailable):
                end.now()
            if isinstance(error, OSError):
                raise self._unavailable() from error
            raise
        fd = ours.detach()
        channel = Channel(
            fd,
            fd,
            output.detach(),
            output_kib=limits.output_kib,
            kill=end.now,
            waited_s=running.waited_s,
        )
        return Child(channel, end.now)

    def close(self) -> None:
        """Ends the zygote; its children die with it."""
        if self._closing:
            return
        self._closing = True
        self._control.close()
        _signal(self._pidfd, signal.SIGKILL)
        if self._pidfd >= 0:
            select.select([self._pidfd], [], [], REPLY_S)
            os.close(self._pidfd)
        if self._group is not None:
            self._group.remove()

    def watch(self, pid: int, limits: Limits, end: EndOnce, job: int) -> Watched | None:
        """Has the watchdog look after a job; tells what it looks at."""
        if not self._walls.memory:
            return None
        watched = Watched(
            pid=pid,
            zygote=self._pid,
            limits=limits,
            folder=self._files_of(pid, job),
            end=lambda: _end_quietly(end),
        )
        self._watchdog.add(watched)
        return watched

    def _files_of(self, pid: int, job: int) -> Path | None:
        """A job's folder as it is seen from here; None if it has bounds of its own."""
        if self._walls.namespaces:
            return None
        if self._walls.bubblewrap:
            return Path(f"/proc/{pid}/root{self._template.home}/{job}")
        return self._folder / str(job)

    def num_memory_kills(self) -> int:
        """How many processes of its jobs the kernel has ended for want of memory."""
        return 0 if self._group is None else self._group.num_memory_kills()

    def reap(self, pid: int, job: int, watched: Watched | None) -> int:
        """Has the zygote end a child and all it left; returns its wait status."""
        if watched is not None:
            self._watchdog.remove(watched)
        status = 0
        with self._lock:
            try:
                reply = self._ask({"do": "end", "pid": pid, "job": job})
                status = reply["status"]
                self._odd = self._odd or not reply["clean"]
            except WorkerUnavailable:
                # The zygote is gone, and its children with it. Unless we ended it,
                # that is no fault of the submission.
                if not self._closing:
                    raise
        if not self._walls.bubblewrap:
            remove_folder(self._folder / str(job))
        return status

    def _await_ready(self) -> None:
        if not self._ready:
            self._await_words()
            reply = self._receive(first=True)
            if "ready" not in reply:
                self._failed = True
                raise self._unavailable(str(reply.get("failed", ""))[:500])
            self._control.settimeout(REPLY_S)
            self._ready = True
            with contextlib.suppress(OSError, AttributeError):
                self._pidfd = os.pidfd_open(self._pid)
            if self._group is not None:
                self._group.add(self._pid)

    def _await_words(self) -> None:
        """Waits for its first words, no longer than its template is there.

        If bubblewrap is killed at its very start, a part of it is left that waits for
        the other for ever, and keeps our connection open.
        """
        with contextlib.suppress(ValueError):  # Another thread has closed it.
            for _ in range(int(START_S / _LOOK_S)):
                if select.select([self._control], [], [], _LOOK_S)[0]:
                    return
                if not self._template.alive:
                    raise self._unavailable()

    def _ask(self, request: dict[str, Any], fds: Sequence[int] = ()) -> dict[str, int]:
        try:
            socket.send_fds(self._control, [encode(request)], list(fds))
        except OSError as error:
            raise self._unavailable() from error
        reply = self._receive()
        wanted = {"pid": int} if request["do"] == "fork" else _END_REPLY
        if any(type(reply.get(name)) is not kind for name, kind in wanted.items()):
            raise self._unavailable("it sent no proper reply")
        return reply

    def _receive(self, *, first: bool = False) -> dict[str, Any]:
        try:
            space = socket.CMSG_SPACE(_CREDENTIALS.size)
            message, extra, _, _ = self._control.recvmsg(_MAX_MESSAGE_BYTES, space)
            reply = decode(message) if message else None
        except (OSError, WireError) as error:
            raise self._unavailable() from error
        if not isinstance(reply, dict):
            raise self._unavailable()
        if first:
            self._pid = sender(extra)
        return reply

    def _unavailable(self, said: str = "") -> WorkerUnavailable:
        if self._closing:
            return stopped()
        self._template.suspect()
        return self._template.unavailable(said)


_END_REPLY = {"status": int, "clean": bool}


class _Running:
    """A child from its fork to its end."""

    def __init__(
        self, zygote: Zygote, pid: int, job: int, held: list[socket.socket]
    ) -> None:
        self._zygote, self._pid, self._job, self._held = zygote, pid, job, held
        self._watched: Watched | None = None
        self._kills_before = zygote.num_memory_kills()
        self._own_pid = 0
        self._pidfd = self._job_pidfd = -1
        self._limits = Limits()

    def admit(
        self,
        channel: socket.socket,
        limits: Limits,
        end: EndOnce,
    ) -> None:
        """Learns the child's process, has it counted, and lets it build its walls."""
        self._limits = limits
        channel.settimeout(REPLY_S)
        said, extra = _heard(channel)
        if said == _HERE:
            pid = self._own_pid = sender(extra)
            with contextlib.suppress(OSError, AttributeError):
                self._pidfd = os.pidfd_open(pid)
            self._watched = self._zygote.watch(pid, limits, end, self._job)
            channel.sendall(_GO)
            said, extra = _heard(channel)
            with contextlib.suppress(OSError, AttributeError):
                self._job_pidfd = os.pidfd_open(sender(extra))
        if said != _READY:
            note = channel.recv(500).decode("utf-8", "replace") if said else ""
            raise WorkerUnavailable(
                f"a wall around the worker could not be built: {note or 'it ended'}",
                "sandbox",
                "Run `grade doctor` to see what this machine offers.",
            )
        channel.settimeout(None)

    def waited_s(self) -> float:
        """How long the threads of one process have waited for a processor so far.

        Of the one that waited longest: together, hundreds of processes that only sleep
        would wait long enough to earn all that can be given.
        """
        return max(map(seconds_waited, descendants(self._own_pid)), default=0.0)

    def end(self) -> Ended:
        """Ends it with everything that it started, and tells why it had ended."""
        try:
            if self._watched is not None and self._watched.exceeded:
                self._ask_where_it_is()
            _signal(self._pidfd, signal.SIGKILL)
            wait_status = self._zygote.reap(self._pid, self._job, self._watched)
            status = os.waitstatus_to_exitcode(wait_status)
            return Ended(status, self._exceeded(status))
        finally:
            self._let_go()

    def _ask_where_it_is(self) -> None:
        """Has a job that is to be ended print its stack, and waits a moment for it.

        That is what it does when its processor time is over.
        """
        if self._job_pidfd >= 0:
            _signal(self._job_pidfd, signal.SIGXCPU)
            select.select([self._job_pidfd], [], [], _LAST_WORDS_S)

    def _exceeded(self, status: int) -> str:
        if self._watched is not None and self._watched.exceeded:
            return self._watched.exceeded
        if self._zygote.num_memory_kills() > self._kills_before:
            return self._limits.memory
        return self._limits.cpu if status == -signal.SIGXCPU else ""

    def _let_go(self) -> None:
        for fd in (self._pidfd, self._job_pidfd):
            if fd >= 0:
                os.close(fd)
        for connection in self._held:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()


def _heard(channel: socket.socket) -> tuple[bytes, Sequence[tuple[int, int, bytes]]]:
    """One byte, and who sent it."""
    said, extra, _, _ = channel.recvmsg(1, socket.CMSG_SPACE(_CREDENTIALS.size))
    return said, extra


def _signal(pidfd: int, number: signal.Signals) -> None:
    if pidfd >= 0:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            signal.pidfd_send_signal(pidfd, number)


def sender(extra: Sequence[tuple[int, int, bytes]]) -> int:
    """The process that sent a message, as the kernel says; 0 if it does not."""
    for level, kind, data in extra:
        if level == socket.SOL_SOCKET and kind == socket.SCM_CREDENTIALS:
            pid, _, _ = _CREDENTIALS.unpack(data[: _CREDENTIALS.size])
            return int(pid)
    return 0


def _end_quietly(end: EndOnce) -> None:
    # Whoever asks the child next hears that its zygote is gone.
    with contextlib.suppress(WorkerUnavailable):
        end.now()
