"""A child as the trusted side holds it: its channel, its end, and why it ended."""

import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass

from graders.errors import WorkerUnavailable
from graders.sandbox.channel import Channel

# Sent by a person, by a machine that goes down or by one that has no memory left; the
# others come from what a process does itself.
SENT_SIGNALS = ("SIGHUP", "SIGINT", "SIGQUIT", "SIGKILL", "SIGTERM")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended.

    Args:
        status: exit code, or minus the number of the signal that ended it.
        exceeded: the limit that it went over, in words; empty if none.
    """

    status: int
    exceeded: str = ""


@dataclass(frozen=True, slots=True)
class Child:
    """One process: its channel, and how to end it."""

    channel: Channel
    end: Callable[[], Ended]


class EndOnce:
    """Ends a child the first time it is asked to, from whichever thread."""

    def __init__(self, end: Callable[[], Ended]) -> None:
        self._end = end
        self._lock = threading.Lock()
        self._ended: Ended | None = None
        self._error: WorkerUnavailable | None = None

    def now(self) -> Ended:
        """How it ended.

        Raises:
            WorkerUnavailable: if whoever started it is gone.
        """
        with self._lock:
            if self._error is not None:
                raise self._error
            if self._ended is None:
                try:
                    self._ended = self._end()
                except WorkerUnavailable as error:
                    self._error = error
                    raise
            return self._ended


def ending_signal(status: int) -> str:
    """Name of the signal that ended a process; empty if it ended itself.

    >>> ending_signal(-9), ending_signal(1)
    ('SIGKILL', '')
    """
    if status >= 0:
        return ""
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"


def stopped() -> WorkerUnavailable:
    """The error of whoever still waits for a worker when all are stopped."""
    return WorkerUnavailable(
        "the workers have been stopped", "sandbox", "Grade it again."
    )
