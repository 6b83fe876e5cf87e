"""A tar archive, packed or not, as a source: read once, kept in memory."""

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from typing import BinaryIO, Protocol, Self

from graders.errors import UsageError
from graders.intake.entry_names import vetted
from graders.intake.sources import (
    MOST_ENTRIES,
    MOST_TOTAL_BYTES,
    Entry,
    RefusedEntry,
    apart,
    most_read,
    too_large,
)

_MOST_KEPT_BYTES = 512 * 1024**2
_BLOCK = 1024**2
_MOST_OF_A_HEADER = 64 * 1024
_LONG_HEADERS = (
    *(tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE),
    *(tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK),
)
_BROKEN = (
    *(tarfile.TarError, OSError, EOFError, zlib.error, lzma.LZMAError),
    *(ValueError, OverflowError, LookupError, MemoryError),
)


class _Bomb(Exception):
    """More came out of the archive than anybody hands in."""


class TarArchive:
    """The entries of a tar archive.

    Args:
        file: what it is read from, once.
        where: its name, for errors.

    Raises:
        UsageError: if it is damaged, a bomb, or no tar archive.
    """

    def __init__(self, file: BinaryIO, where: str) -> None:
        self._bodies: dict[str, bytes] = {}
        self._kept = 0
        self._refused: list[RefusedEntry] = []
        folders: list[str] = []
        found: list[Entry] = []
        try:
            packed = _Bounded(file)
            headers = _strict_headers()
            with tarfile.open(fileobj=packed, mode="r|", tarinfo=headers) as archive:
                for member in archive:
                    if member.isdir() and not vetted(member.name)[1]:
                        folders.append(vetted(member.name)[0])
                    else:
                        found += self._take(archive, member)
                    if len(found) + len(self._refused) + len(folders) > MOST_ENTRIES:
                        raise _Bomb(f"has more than {MOST_ENTRIES:,} entries")
            while packed.read(_BLOCK):  # To the checksum, which is at the end.
                pass
            if not headers.ended:
                raise EOFError
        except _Bomb as bomb:
            raise UsageError(
                f"the archive {bomb}",
                where,
                "Hand over the submissions of one assignment, without their data.",
            ) from bomb
        except _BROKEN as error:
            raise UsageError(
                "the archive is damaged or cut off", where, "Download it again."
            ) from error
        finally:
            file.close()
        self.entries, alike = apart(found)
        self.refused = (*self._refused, *alike)
        self.folders = tuple(folders)

    def _take(self, archive: tarfile.TarFile, member: tarfile.TarInfo) -> list[Entry]:
        path, why = vetted(member.name)
        if why := why or _why_not(member):
            self._refused.append(RefusedEntry(path=path, why=why))
            return []
        body = archive.extractfile(member)
        assert body is not None  # It is a regular file.
        self._bodies[path] = body.read(most_read(path))
        self._kept += len(self._bodies[path])
        if self._kept > _MOST_KEPT_BYTES:
            raise _Bomb(f"unpacks to more than {_MOST_KEPT_BYTES // 1024**2} MiB")
        return [Entry(path=path, size=member.size)]

    def read(self, entry: Entry, most: int) -> bytes:
        """The first bytes of an entry."""
        return self._bodies[entry.path][:most]

    def close(self) -> None:
        """Lets its bytes go."""
        self._bodies.clear()


class _Headers(tarfile.TarInfo):
    """Headers of members. Python's own reader takes a damaged one for the end."""

    ended = False

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        cls.ended = cls.ended or (len(buf) == 512 and not any(buf))
        if cls.ended:
            return super().frombuf(buf, encoding, errors)
        try:
            info = super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            raise tarfile.ReadError(str(error)) from error
        if info.type in _LONG_HEADERS and info.size > _MOST_OF_A_HEADER:
            raise _Bomb(f"has a header of {info.size:,} bytes")
        return info


def _strict_headers() -> type[_Headers]:
    """A class for one archive: it remembers whether the end was seen."""
    return type("_HeadersOfOne", (_Headers,), {})


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Bounded(io.RawIOBase):
    """Unpacks as it is read, and ends when too much has come out."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = _unpacking(file)
        self._left = MOST_TOTAL_BYTES

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise _Bomb(f"unpacks to more than {MOST_TOTAL_BYTES // 1024**3} GiB")
        return data


def _unpacking(file: BinaryIO) -> _Readable:
    start = file.read(6)
    file.seek(0)
    if start.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=file)
    if start.startswith(b"BZh"):
        return bz2.BZ2File(file)
    if start.startswith(b"\xfd7zXZ\x00"):
        return lzma.LZMAFile(file)
    return file


def _why_not(member: tarfile.TarInfo) -> str:
    if member.issym() or member.islnk():
        return "it is a link"
    if not member.isreg() or member.issparse():
        return "it is not a regular file"
    return too_large(member.size)
