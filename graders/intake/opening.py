"""A path, or the bytes of an archive in an archive → a source."""

import io
import stat
from pathlib import Path
from typing import BinaryIO

from graders.errors import UsageError
from graders.intake.extracted_folder import ExtractedFolder
from graders.intake.sources import MOST_NESTED_BYTES, Source
from graders.intake.tar_archive import TarArchive
from graders.intake.zip_archive import ZipArchive

_PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")


def open_source(path: Path) -> Source:
    """A folder or an archive, whatever it is called.

    Raises:
        UsageError: if it is neither, or not fit to be read.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return ExtractedFolder(path)
        if not stat.S_ISREG(mode):
            raise OSError("it is not a regular file")
        return _open_archive(path.open("rb"), str(path))
    except OSError as error:
        raise UsageError(
            "this is not a folder that can be read, nor an archive",
            str(path),
            "Give a folder or an archive of submissions.",
        ) from error


def open_nested(data: bytes, name: str) -> Source:
    """An archive that was handed in.

    Raises:
        UsageError: if it is not fit to be read.
    """
    if len(data) > MOST_NESTED_BYTES:
        raise UsageError(
            f"the archive is larger than {MOST_NESTED_BYTES // 1024**2} MiB",
            name,
            "Hand in the .py file itself.",
        )
    return _open_archive(io.BytesIO(data), name)


def _open_archive(file: BinaryIO, where: str) -> Source:
    start = file.read(512)
    file.seek(0)
    try:
        if start.startswith(b"PK"):
            return ZipArchive(file, where)
        if start.startswith(_PACKED) or start[257:262] == b"ustar":
            return TarArchive(file, where)
    except UsageError:
        file.close()
        raise
    file.close()
    raise UsageError(
        "this is neither a zip nor a tar archive",
        where,
        "Give the archive as the platform gave it, or a folder.",
    )
