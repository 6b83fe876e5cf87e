"""What may cross the trust line: plain values in length-prefixed frames."""

from graders.wire.frames import MAX_FRAME_BYTES, read_frame, write_frame
from graders.wire.values import Generator, Opaque, decode, encode

__all__ = [
    "MAX_FRAME_BYTES",
    "Generator",
    "Opaque",
    "decode",
    "encode",
    "read_frame",
    "write_frame",
]
