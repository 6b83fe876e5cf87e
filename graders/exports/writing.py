"""Puts files where somebody asked for them: whole, or not at all."""

from collections.abc import Mapping
from pathlib import Path

from graders.whole_files import write_whole


def write_file(path: Path, content: bytes) -> None:
    """Writes a file; what was there before stays if it cannot be written.

    Raises:
        ResultsNotWritten: if the disk does not take it.
    """
    write_whole(path, content, fix="Give another place with --out, or make room.")


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes files by their names in a folder, which is made if it is missing."""
    for name, content in files.items():
        write_file(folder / name, content)
