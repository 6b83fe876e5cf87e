"""A folder on disk as a source: what was extracted from an archive, or cloned."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from graders.errors import UsageError
from graders.intake.entry_names import is_litter, vetted
from graders.intake.python_file import read_regular_file
from graders.intake.sources import (
    MOST_ENTRIES,
    Entry,
    RefusedEntry,
    UnreadableEntry,
    apart,
    too_large,
)


class ExtractedFolder:
    """The files below a folder. Links are not followed; nothing in it is run.

    Args:
        folder: where.

    Raises:
        UsageError: if it cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths: dict[str, Path] = {}
        found, refused, folders = [], [], []
        for path, status in self._walk():
            name, why = vetted(path.relative_to(folder).as_posix())
            if not why and stat.S_ISDIR(status.st_mode):
                folders.append(name)
            elif why := why or _why_not(status):
                refused.append(RefusedEntry(path=name, why=why))
            else:
                found.append(Entry(path=name, size=status.st_size))
                self._paths[name] = path
        self.entries, alike = apart(found)
        self.refused = (*refused, *alike)
        self.folders = tuple(folders)

    def read(self, entry: Entry, most: int) -> bytes:
        """The first bytes of a file that is still a regular one."""
        try:
            return read_regular_file(self._paths[entry.path], most)
        except OSError as error:
            raise UnreadableEntry("it cannot be read") from error

    def close(self) -> None:
        """Nothing is held open."""

    def _walk(self) -> Iterator[tuple[Path, os.stat_result]]:
        seen = 0
        try:
            for parent, folders, files in os.walk(self._folder, onerror=_raise):
                inside = sorted({*folders, *files})
                # What systems leave behind is not looked into: clones, environments.
                folders[:] = [
                    name
                    for name in sorted(folders)
                    if not is_litter(name) and not Path(parent, name).is_symlink()
                ]
                for name in inside:
                    seen += 1
                    if seen > MOST_ENTRIES:
                        raise UsageError(
                            f"the folder has more than {MOST_ENTRIES:,} files",
                            str(self._folder),
                            "Give the folder of one assignment.",
                        )
                    path = Path(parent, name)
                    yield path, path.lstat()
        except OSError as error:
            raise UsageError(
                "this is not a folder that can be read",
                str(self._folder),
                "Give a folder or an archive of submissions.",
            ) from error


def _raise(error: OSError) -> None:
    raise error


def _why_not(status: os.stat_result) -> str:
    if stat.S_ISLNK(status.st_mode):
        return "it is a link"
    if not stat.S_ISREG(status.st_mode):
        return "it is not a regular file"
    return too_large(status.st_size)
