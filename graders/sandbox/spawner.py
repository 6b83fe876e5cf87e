"""A fresh process per child, where forking a loaded TensorFlow is not safe."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from graders.errors import WorkerUnavailable
from graders.sandbox.bundle import Bundle
from graders.sandbox.channel import Channel
from graders.sandbox.children import Child, Ended, EndOnce
from graders.sandbox.limits import Limits


class Spawner:
    """Starts a Python for each child; knows no walls."""

    def __init__(self, bundle: Bundle, preload: Sequence[str]) -> None:
        self._bundle, self._preload = bundle, preload
        self._jobs = 0
        self._lock = threading.Lock()

    @property
    def served(self) -> bool:
        """Nothing runs between children, so there is nothing to start again."""
        return False

    @property
    def worn(self) -> bool:
        """Nothing runs between children, so nothing wears out."""
        return False

    def num_processes(self) -> int:
        """Nothing is kept running between children."""
        return 0

    def launch(self, limits: Limits) -> Child:
        """Starts a child on pipes."""
        with self._lock:
            self._jobs += 1
            scratch = self._bundle.scratch / f"job{self._jobs}"
        ceilings = ",".join(f"{k}={v}" for k, v in limits.for_worker().items())
        try:
            process = subprocess.Popen(
                self._bundle.command("job", str(scratch), ceilings, *self._preload),
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
        end = EndOnce(lambda: self._end(process, scratch))
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
    def _end(process: "subprocess.Popen[bytes]", scratch: Path) -> Ended:
        # The whole group, while the child is not waited for and keeps its number.
        if sys.platform != "win32":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        status = process.wait()
        shutil.rmtree(scratch, ignore_errors=True)
        return Ended(status)
