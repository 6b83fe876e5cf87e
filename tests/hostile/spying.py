"""Keeps every byte that the trusted side reads from a worker."""

import contextlib
import os
from collections.abc import Iterator
from typing import Any
from unittest import mock

from graders.sandbox import Limits, Slot, channel
from graders.sandbox.children import Child
from graders.wire import frames

MAX_KEPT = 256 * 1024 * 1024


class Received:
    """What came from workers, in the order in which it was read."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0
        self.lost_zygotes = 0
        """How many were found ended when they were asked for a child."""

    def keep(self, part: bytes) -> None:
        if self._size < MAX_KEPT:
            self._parts.append(part)
            self._size += len(part)

    def __contains__(self, text: str) -> bool:
        return text.encode() in b"".join(self._parts)


class _ListeningOs:
    """The module `os`, with a `read` that keeps what it reads."""

    def __init__(self, received: Received) -> None:
        self._received = received

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def read(self, fd: int, size: int) -> bytes:
        part = os.read(fd, size)
        self._received.keep(part)
        return part


@contextlib.contextmanager
def spying() -> Iterator[Received]:
    """While it is open, all reads from workers are kept."""
    received = Received()
    listening = _ListeningOs(received)
    launch = Slot.launch

    def counting(slot: Slot, limits: Limits) -> Child:
        starts = slot.num_starts
        child = launch(slot, limits)
        received.lost_zygotes += bool(starts and slot.num_starts > starts)
        return child

    with (
        mock.patch.object(channel, "os", listening),
        mock.patch.object(frames, "os", listening),
        mock.patch.object(Slot, "launch", counting),
    ):
        yield received
