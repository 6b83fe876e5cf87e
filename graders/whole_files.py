"""Puts a file where people look for it: whole, or not at all."""

import contextlib
import os
from pathlib import Path

from graders.errors import ResultsNotWritten


def write_whole(path: Path, content: bytes, *, fix: str) -> None:
    """Writes a file, for whoever reads it meanwhile; on failure the old one stays.

    Args:
        path: of the file; its folder is made if it is missing.
        content: all of it.
        fix: what to do if it cannot be written.

    Raises:
        ResultsNotWritten: if the disk does not take it.
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise ResultsNotWritten(
            f"this cannot be written: {os.strerror(error.errno or 0)}", str(path), fix
        ) from error
