"""Puts files where somebody asked for them: whole, or not at all."""

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

from graders.errors import ResultsNotWritten


def write_file(path: Path, content: bytes) -> None:
    """Writes a file; what was there before stays if it cannot be written.

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
            f"this cannot be written: {os.strerror(error.errno or 0)}",
            str(path),
            "Give another place with --out, or make room.",
        ) from error


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes files by their names in a folder, which is made if it is missing."""
    for name, content in files.items():
        write_file(folder / name, content)
