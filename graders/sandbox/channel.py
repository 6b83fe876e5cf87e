"""One child's channel: frames out, frames in, with a deadline and a flood gate."""

import os
import queue
import re
import threading
from collections.abc import Callable
from typing import Any

from graders.errors import WireError
from graders.wire import decode, encode, read_frame, write_frame

_TAIL_BYTES = 16_384
_ENDED = object()


class Channel:
    """Talks to one child over file descriptors that it owns and closes.

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
    ) -> None:
        self._read_fd, self._write_fd, self._output_fd = read_fd, write_fd, output_fd
        self._limit = output_kib * 1024
        self._kill = kill
        self._frames: queue.Queue[Any] = queue.Queue()
        self._tail = b""
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
        try:
            write_frame(self._write_fd, encode(question))
        except OSError as error:
            raise EOFError from error
        try:
            frame = self._frames.get(timeout=max(seconds, 0.001))
        except queue.Empty:
            raise TimeoutError from None
        if frame is _ENDED:
            self._frames.put(_ENDED)
            raise EOFError
        if isinstance(frame, WireError):
            raise frame
        return decode(frame)

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
        for thread in self._threads:
            thread.join(timeout=5)
        os.close(self._read_fd)
        os.close(self._output_fd)

    def _read_frames(self) -> None:
        try:
            while (frame := read_frame(self._read_fd)) is not None:
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
                    self._kill()
        except OSError:
            return
