"""Zip archives that lie, made byte by byte: no library writes such ones."""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

MADE_BY_UNIX = 3 << 8


@dataclass(slots=True, kw_only=True)
class Member:
    """One entry, and what its headers say, true or not.

    Args:
        name: as bytes.
        data: what is in it.
        mode: of Unix.
        flags: bit 0 is encrypted, bit 11 a name in UTF-8.
        says_size: unpacked, as the list of entries says.
        method: 8 is deflate.
        at: where it begins, as the list says.
    """

    name: bytes
    data: bytes = b"x = 1\n"
    mode: int = 0o100644
    flags: int = 0x800
    says_size: int | None = None
    method: int = 8
    at: int | None = None

    @property
    def packed(self) -> bytes:
        squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
        return squeeze.compress(self.data) + squeeze.flush()


def lying_zip(members: Sequence[Member]) -> bytes:
    body, listed = b"", b""
    for one in members:
        packed, size = one.packed, len(one.data)
        told = size if one.says_size is None else one.says_size
        common = struct.pack(
            "<HHHHHLLLHH",
            *(20, one.flags, one.method, 0, 0x5A21, zlib.crc32(one.data)),
            *(len(packed), told, len(one.name), 0),
        )
        at = len(body) if one.at is None else one.at
        tail = struct.pack("<HHHLL", 0, 0, 0, one.mode << 16, at)
        listed += b"PK\x01\x02" + struct.pack("<H", MADE_BY_UNIX | 20) + common + tail
        listed += one.name
        body += b"PK\x03\x04" + common + one.name + packed
    number = len(members)
    end = struct.pack("<HHHHLLH", 0, 0, number, number, len(listed), len(body), 0)
    return body + listed + b"PK\x05\x06" + end
