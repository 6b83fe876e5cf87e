"""Length-prefixed frames over any pair of file descriptors.

A frame is four bytes of length, big-endian, and that many bytes. The reader stops
at the first complete frame, never at the end of the stream: a process that a
submission left behind may hold the other end open for ever.
"""

import os
import struct

from graders.errors import WireError

MAX_FRAME_BYTES = 64 * 1024 * 1024
_HEADER = struct.Struct(">I")
_CHUNK = 1 << 20


def write_frame(fd: int, payload: bytes) -> None:
    """Writes one frame.

    Raises:
        WireError: if the payload is longer than `MAX_FRAME_BYTES`.
        OSError: if the other end is gone.
    """
    if len(payload) > MAX_FRAME_BYTES:
        raise WireError(
            f"the frame has {len(payload):,} bytes; at most {MAX_FRAME_BYTES:,} fit",
            "wire",
            "Send less at a time.",
        )
    rest = memoryview(_HEADER.pack(len(payload)) + payload)
    while rest:
        rest = rest[os.write(fd, rest[:_CHUNK]) :]


def read_frame(fd: int) -> bytes | None:
    """Reads one frame, or None at the end of the stream.

    Raises:
        WireError: if a length is over the limit or the stream ends inside a frame.

    >>> reader, writer = os.pipe()
    >>> write_frame(writer, b"abc")
    >>> read_frame(reader)
    b'abc'
    """
    header = _read_exactly(fd, _HEADER.size)
    if header is None:
        return None
    (size,) = _HEADER.unpack(header)
    if size > MAX_FRAME_BYTES:
        raise WireError(
            f"a frame of {size:,} bytes was announced; at most {MAX_FRAME_BYTES:,} fit",
            "wire",
            "Return a smaller value.",
        )
    body = _read_exactly(fd, size)
    if body is None:
        raise _cut_short()
    return body


def _read_exactly(fd: int, size: int) -> bytes | None:
    """`size` bytes; None if the stream ends before the first of them."""
    parts = bytearray()
    while len(parts) < size:
        part = os.read(fd, min(_CHUNK, size - len(parts)))
        if not part:
            if parts:
                raise _cut_short()
            return None if size else b""
        parts += part
    return bytes(parts)


def _cut_short() -> WireError:
    return WireError("the stream ended inside a frame", "wire", "Send whole frames.")
