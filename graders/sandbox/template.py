"""The process that imports the packages, and from which zygotes are forked."""

import contextlib
import os
import signal
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from graders.errors import WorkerUnavailable
from graders.sandbox import outer_wall
from graders.sandbox.bundle import Bundle
from graders.sandbox.children import SENT_SIGNALS, ending_signal, stopped
from graders.sandbox.limits import Limits
from graders.sandbox.places import Places
from graders.sandbox.systemd_scope import scope_command, session_variables
from graders.sandbox.walls import Walls
from graders.sandbox.worker_user import WorkerUser
from graders.wire import encode

# A submission's worker, and a clean room.
JOBS_AT_A_TIME = 2
WORKER_MIB, WORKER_PROCESSES = 1024, 16
_EXIT_S = 5.0
_ENDING_S = 2.0
_PLAN_LAYERS = ("namespaces", "landlock", "seccomp", "rlimits", "undumpable", "sweep")

_REPLACED = "another has its place"


class Template:
    """One process behind the outer wall; started at once, ready after its imports.

    Args:
        bundle: what workers run from.
        preload: packages to import.
        walls: what stands around it and around each job of its zygotes.
        folder: its own folder, where no outer wall gives it another.
        places: what may be read.
        user: the user it runs as, if not this process's own.
        scope: whether systemd is to hold its memory.
        num_zygotes: how many it may have at a time.
        limits: the ceilings of a job, for what holds all of them together.

    Raises:
        WorkerUnavailable: if there is no such program.
    """

    def __init__(
        self,
        bundle: Bundle,
        preload: Sequence[str],
        *,
        walls: Walls,
        folder: Path,
        places: Places,
        user: WorkerUser | None,
        scope: bool,
        num_zygotes: int,
        limits: Limits,
    ) -> None:
        inside = outer_wall.scratch_folder(places)
        self.home = inside if walls.bubblewrap else str(folder)
        self._closed = self._replaced = self._suspected = False
        self._noise = tempfile.TemporaryFile()  # noqa: SIM115 - closed in close()
        self._control, child_end = socket.socketpair(
            socket.AF_UNIX, socket.SOCK_SEQPACKET
        )
        environment = bundle.environment(self.home)
        code = outer_wall.CODE if walls.bubblewrap else str(bundle.code)
        command = bundle.command("template", str(child_end.fileno()), code=code)
        jobs = num_zygotes * JOBS_AT_A_TIME
        if walls.bubblewrap:
            program = outer_wall.bubblewrap() or "bwrap"
            wall = outer_wall.outer_command(
                program,
                places,
                bundle.code,
                environment,
                disk_mib=jobs * limits.disk_mib,
            )
            command = [*wall, *command]
        if scope:
            memory_mib = WORKER_MIB + jobs * limits.memory_mib
            processes = WORKER_PROCESSES + jobs * limits.processes
            command = [*scope_command(memory_mib, processes), *command]
            environment |= session_variables()
        if user is not None:
            command = user.command((*places.roots, bundle.code), command)
        with child_end:
            self._process = self._start(
                command, child_end.fileno(), folder, environment
            )
        plan = {
            **{name: getattr(walls, name) for name in _PLAN_LAYERS},
            "outer": walls.bubblewrap,
            "own_user": user is not None,
            "readable": [code, *(str(path) for path in places.readable)],
            "listable": [str(path) for path in places.listable],
        }
        with contextlib.suppress(OSError):  # That it is gone is told by a zygote.
            self._control.sendall(encode({"preload": list(preload), "walls": plan}))

    @property
    def alive(self) -> bool:
        """Whether zygotes can be had from it."""
        if self._suspected and not self._closed:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=_ENDING_S)
            self._suspected = False
        return not self._closed and self._process.poll() is None

    def suspect(self) -> None:
        """Tells it that a zygote is gone, and so it may be just about to end.

        Whoever asks next whether it is alive waits a moment for that: a container
        takes longer to end than what was killed in it.
        """
        self._suspected = True

    def zygote(self, processors: Sequence[int]) -> socket.socket:
        """Asks for a zygote; the control socket on which it will say that it is ready.

        Args:
            processors: those that it and its jobs may use; all if empty.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        request = {"folder": self.home, "processors": list(processors)}
        with theirs, contextlib.suppress(OSError):  # Then `ours` is at its end.
            socket.send_fds(self._control, [encode(request)], [theirs.fileno()])
        return ours

    def was_killed(self) -> bool:
        """Whether it has ended because somebody killed it, or gave way to another."""
        if self._closed:
            return self._replaced
        try:
            status = self._process.wait(timeout=_EXIT_S)
        except subprocess.TimeoutExpired:
            return False
        # What stands around it says so as a shell does.
        own = 128 - status if status > 128 else status
        return ending_signal(own) in SENT_SIGNALS

    def unavailable(self, said: str = "") -> WorkerUnavailable:
        """The error of whoever needed it, with the last that it said."""
        if self._closed and not self._replaced:
            return stopped()
        last = said or (_REPLACED if self._closed else self._last_line())
        return WorkerUnavailable(
            f"the worker process ended: {last}",
            "sandbox",
            "Check that `python -c 'import keras'` works in this environment, and run"
            " `grade doctor`.",
        )

    def close(self, *, replaced: bool = False) -> None:
        """Ends it; its zygotes and their jobs end with it.

        Args:
            replaced: whether another one takes its place, and grading goes on.
        """
        if not self._closed:
            self._closed, self._replaced = True, replaced
            self._control.close()
            self._process.kill()
            self._process.wait()
            _end_rest_of_wall(self._process.pid)
            self._noise.close()

    def _last_line(self) -> str:
        try:
            self._noise.seek(0)
            lines = self._noise.read().decode("utf-8", "replace").strip().splitlines()
        except ValueError:  # Another thread has closed it meanwhile.
            return _REPLACED
        return lines[-1] if lines else "no message"

    def _start(
        self, command: list[str], fd: int, folder: Path, environment: dict[str, str]
    ) -> "subprocess.Popen[bytes]":
        try:
            return subprocess.Popen(
                command,
                pass_fds=[fd],
                stdin=subprocess.DEVNULL,
                stdout=self._noise,
                stderr=self._noise,
                cwd=folder,
                env=environment,
                start_new_session=True,
            )
        except OSError as error:
            raise WorkerUnavailable(
                f"the worker could not be started: {error}",
                "sandbox",
                "Run `grade doctor` to see what this machine offers.",
            ) from error


def _end_rest_of_wall(group: int) -> None:
    """Ends what is left of a bubblewrap that was killed at its very start.

    Its second process waits for the first one, and is not yet tied to its life. Nothing
    else is ended: once a group of processes is empty, its number may be another's.
    """
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError):
            name, _, rest = path.read_text().partition("(")[2].rpartition(")")
            if name == "bwrap" and int(rest.split()[2]) == group:
                os.kill(int(path.parent.name), signal.SIGKILL)
