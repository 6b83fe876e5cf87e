"""One child's channel: frames out, frames in, with a deadline and a flood gate."""

import contextlib
import os
import queue
import re
import threading
import time
from collections.abc import Callable
from typing import Any

from graders.errors import WireError, WorkerUnavailable
from graders.wire import MAX_DEPTH, MAX_ITEMS, decode, encode, read_frame, write_frame

_TAIL_BYTES = 16_384
_JOIN_S = 2.0
# Time is given back while it is worth it, and until a call has had this many limits.
_STARVED_PART = 0.1
_MOST_LIMITS = 4.0
# Less than the wire allows: a stored grading wraps the value once more.
_MAX_DEPTH, _MAX_ITEMS = MAX_DEPTH - 4, MAX_ITEMS // 2
_ENDED = object()


class Channel:
    """Talks to one child over file descriptors that it owns and closes.

    `waited_s` tells for how many seconds the child's threads wanted a processor and had
    none: who is slow only because the machine is busy gets that time back, as often as
    it is needed, until a call has had four times its limit.

    Two threads read: one the replies, one whatever the child prints, which is
    counted and thrown away but for its tail. A thread and a queue, unlike
    `select`, work with pipes on every system.
    """

    def __init__(
        self,
        read_fd: int,
        write_fd: int,
        output_fd: int,
        *,
        output_kib: int,
        kill: Callable[[], object],
        waited_s: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self._read_fd, self._write_fd, self._output_fd = read_fd, write_fd, output_fd
        self._limit = output_kib * 1024
        self._kill, self._waited_s = kill, waited_s
        self._frames: queue.Queue[Any] = queue.Queue()
        self._tail = b""
        self._number = 0
        self.flooded = False
        self._threads = [
            threading.Thread(target=self._read_frames, daemon=True),
            threading.Thread(target=self._read_output, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def exchange(self, question: dict[str, Any], seconds: float) -> Any:
        """Sends one question and waits for its reply.

        Raises:
            TimeoutError: if no reply came in time.
            EOFError: if the child is gone.
            WireError: if the reply breaks the protocol.
        """
        end = time.monotonic() + seconds
        if not self._frames.empty():
            self._take(self._frames.get())
            raise _refused("a reply that nobody asked for")
        self._number += 1
        waited_before = self._waited_s()
        self._send(encode({**question, "number": self._number}), seconds)
        frame = self._receive(max(end - time.monotonic(), 0.001), waited_before)
        reply = decode(self._take(frame), max_depth=_MAX_DEPTH, max_items=_MAX_ITEMS)
        if not isinstance(reply, dict) or type(reply.get("number")) is not int:
            raise _refused("not a reply")
        if reply["number"] != self._number:
            raise _refused("a reply to another question")
        return reply

    def _receive(self, seconds: float, waited_before: float) -> Any:
        """The next frame, or what stands in its place."""
        given_back, patience = 0.0, seconds
        while True:
            try:
                return self._frames.get(timeout=patience)
            except queue.Empty:
                starved = self._waited_s() - waited_before
                starved = min(starved, (_MOST_LIMITS - 1) * seconds)
                patience = starved - given_back
                given_back = starved
            if patience < _STARVED_PART * seconds:
                raise TimeoutError

    def _take(self, frame: Any) -> bytes:
        """A frame, or the exception that stands in its place."""
        if frame is _ENDED:
            self._frames.put(_ENDED)
            raise EOFError
        if isinstance(frame, WireError):
            raise frame
        assert isinstance(frame, bytes)
        return frame

    def _send(self, payload: bytes, seconds: float) -> None:
        """Writes a frame; a child that does not read it in time is ended."""
        late = threading.Event()

        def expire() -> None:
            late.set()
            self._end_child()

        timer = threading.Timer(max(seconds, 0.001), expire)
        timer.daemon = True
        timer.start()
        try:
            write_frame(self._write_fd, payload)
        except OSError as error:
            if late.is_set():
                raise TimeoutError from None
            raise EOFError from error
        finally:
            timer.cancel()

    def line_in(self, filename: str) -> int | None:
        """Line of the file that the child's last printed stack was at, if any.

        The text is hostile: only a number is taken from it.
        """
        pattern = rf'File "{re.escape(filename)}", line (\d{{1,7}})'
        found = re.search(pattern, self._tail.decode("utf-8", "replace"))
        return int(found.group(1)) if found else None

    def close(self) -> None:
        """Closes both ends once the child has been ended."""
        if self._write_fd != self._read_fd:
            os.close(self._write_fd)
        fds = (self._read_fd, self._output_fd)
        for thread, fd in zip(self._threads, fds, strict=True):
            thread.join(timeout=_JOIN_S)
            # A process that the submission left behind may hold the other end open.
            # The number of an fd that is still read must not be given to another.
            if not thread.is_alive():
                os.close(fd)

    def _end_child(self) -> None:
        # That the zygote is gone is told where the child is ended in due course.
        with contextlib.suppress(WorkerUnavailable):
            self._kill()

    def _read_frames(self) -> None:
        try:
            while (frame := read_frame(self._read_fd)) is not None:
                if not self._frames.empty():
                    raise _refused("a reply that nobody asked for")
                self._frames.put(frame)
        except WireError as error:
            self._frames.put(error)
        except OSError:
            pass  # The child was ended while we read: the same as its end.
        self._frames.put(_ENDED)

    def _read_output(self) -> None:
        seen = 0
        try:
            while part := os.read(self._output_fd, 65_536):
                seen += len(part)
                self._tail = (self._tail + part)[-_TAIL_BYTES:]
                if seen > self._limit and not self.flooded:
                    self.flooded = True
                    self._end_child()
        except OSError:
            return


def _refused(what: str) -> WireError:
    return WireError(what, "wire", "Leave the channel to the worker.")
