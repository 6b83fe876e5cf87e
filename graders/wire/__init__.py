"""What may cross the trust line: plain values in length-prefixed frames."""

from graders.wire.frames import MAX_FRAME_BYTES, read_frame, write_frame
from graders.wire.values import (
    MAX_DEPTH,
    MAX_ITEMS,
    Generator,
    Opaque,
    decode,
    decode_own,
    encode,
)

__all__ = [
    "MAX_DEPTH",
    "MAX_FRAME_BYTES",
    "MAX_ITEMS",
    "Generator",
    "Opaque",
    "decode",
    "decode_own",
    "encode",
    "read_frame",
    "write_frame",
]
