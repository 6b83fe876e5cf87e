"""A zip archive as a source: read in memory, never unpacked to a disk."""

import stat
import struct
import zipfile
import zlib
from itertools import pairwise
from typing import BinaryIO

from graders.errors import UsageError
from graders.intake.entry_names import vetted
from graders.intake.sources import (
    MOST_ENTRIES,
    MOST_TOTAL_BYTES,
    Entry,
    RefusedEntry,
    UnreadableEntry,
    apart,
    too_large,
)

_MOST_DIRECTORY_BYTES = 24 * 1024**2
_BROKEN = (
    *(zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, EOFError),
    *(OverflowError, OSError, zlib.error, RuntimeError, MemoryError),
)
_DOWNLOAD_AGAIN = "Download it again; do not open and save it in between."
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1


class ZipArchive:
    """The entries of a zip archive.

    One bad entry is refused alone. An archive that contradicts itself is refused as a
    whole: no platform writes such a one.

    Args:
        file: seekable.
        where: its name, for errors.

    Raises:
        UsageError: if it is damaged, a bomb, or no zip archive.
    """

    def __init__(self, file: BinaryIO, where: str) -> None:
        self._file, self._where = file, where
        self._zip = self._open()
        infos = self._zip.infolist()
        if len(infos) > MOST_ENTRIES:
            raise self._too_many()
        self._refuse_overlaps(infos)
        self._infos: dict[str, zipfile.ZipInfo] = {}
        found, refused, folders = [], [], []
        for info in infos:
            path, why = vetted(_name(info))
            if not why and info.is_dir():
                folders.append(path)
            elif why := why or _why_not(info):
                refused.append(RefusedEntry(path=path, why=why))
            else:
                found.append(Entry(path=path, size=info.file_size))
                self._infos[path] = info
        if sum(entry.size for entry in found) > MOST_TOTAL_BYTES:
            raise UsageError(
                f"it unpacks to more than {MOST_TOTAL_BYTES // 1024**3} GiB",
                where,
                "Hand over the submissions without their data.",
            )
        if infos and all(info.flag_bits & _ENCRYPTED_FLAG for info in infos):
            raise UsageError(
                "the archive is encrypted", where, "Hand it over without a password."
            )
        self.entries, alike = apart(found)
        self.refused = (*refused, *alike)
        self.folders = tuple(folders)

    def read(self, entry: Entry, most: int) -> bytes:
        """The first bytes of an entry; its checksum is compared if that is all."""
        info = self._infos[entry.path]
        try:
            with self._zip.open(info) as file:
                data = file.read(most)
        except _BROKEN as error:
            raise UnreadableEntry("it is damaged in the archive") from error
        if len(data) < min(most, info.file_size):
            raise UnreadableEntry("it is shorter than the archive says")
        return data

    def close(self) -> None:
        """Closes the archive and its file."""
        self._zip.close()
        self._file.close()

    def _open(self) -> zipfile.ZipFile:
        try:
            if _directory_bytes(self._file) > _MOST_DIRECTORY_BYTES:
                raise self._too_many()
            return zipfile.ZipFile(self._file)
        except UnicodeDecodeError as error:
            raise UsageError(
                "a name in the archive is not UTF-8 text, though it says so",
                self._where,
                "Pack the files anew, and leave out the one with the broken name.",
            ) from error
        except _BROKEN as error:
            raise self._damaged() from error

    def _refuse_overlaps(self, infos: list[zipfile.ZipInfo]) -> None:
        """Entries that share bytes are how small archives unpack to gigabytes.

        CVE-2024-0450: Python's own library looks for them only since 3.11.8.
        """
        try:
            ends = sorted((info.header_offset, self._end_of(info)) for info in infos)
        except _BROKEN as error:
            raise self._damaged() from error
        limit = (self._zip.start_dir, self._zip.start_dir)
        for (_, end), (following, _) in pairwise([*ends, limit]):
            if end > following:
                raise UsageError(
                    "entries of the archive overlap, as those of a bomb do",
                    self._where,
                    _DOWNLOAD_AGAIN,
                )

    def _end_of(self, info: zipfile.ZipInfo) -> int:
        self._file.seek(info.header_offset)
        header = self._file.read(30)
        if header[:4] != b"PK\x03\x04":
            raise zipfile.BadZipFile("no local header")
        name, extra = struct.unpack("<HH", header[26:30])
        return info.header_offset + 30 + name + extra + info.compress_size

    def _too_many(self) -> UsageError:
        return UsageError(
            f"the archive has more than {MOST_ENTRIES:,} entries",
            self._where,
            "Hand over the submissions of one assignment only.",
        )

    def _damaged(self) -> UsageError:
        return UsageError(
            "the archive is damaged or cut off", self._where, _DOWNLOAD_AGAIN
        )


def _name(info: zipfile.ZipInfo) -> str:
    """The name before Python cut it at a NUL; of old packers, which wrote UTF-8."""
    name = info.orig_filename
    if info.flag_bits & _UTF8_FLAG:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _why_not(info: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "it is a link"
    if kind not in (0, stat.S_IFREG):
        return "it is not a regular file"
    if info.flag_bits & _ENCRYPTED_FLAG:
        return "it is encrypted"
    if info.compress_type not in _METHODS:
        return "it is packed by a method that platforms do not use"
    return too_large(info.file_size, info.compress_size)


def _directory_bytes(file: BinaryIO) -> int:
    """How large the list of entries is, before Python reads it into memory."""
    size = file.seek(0, 2)
    start = max(0, size - 66_000)
    file.seek(start)
    tail = file.read(66_000)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(tail):
        raise zipfile.BadZipFile("no end of the list of entries")
    told = int.from_bytes(tail[at + 12 : at + 16], "little")
    locator = tail[at - 20 : at] if at >= 20 else b""
    if locator[:4] != b"PK\x06\x07":
        return told
    file.seek(int.from_bytes(locator[8:16], "little"))
    record = file.read(56)
    large = record[40:48] if record[:4] == b"PK\x06\x06" else b""
    return max(int.from_bytes(large, "little"), 0 if told == 0xFFFFFFFF else told)
