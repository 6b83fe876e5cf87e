"""What is handed over: files with names that were vetted, read up to a limit."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from graders.intake.entry_names import is_litter, same_name
from graders.intake.python_file import MAX_BYTES

MOST_ENTRIES = 50_000
MOST_ENTRY_BYTES = 64 * 1024 * 1024
MOST_TOTAL_BYTES = 4 * 1024**3
MOST_RATIO = 200
_ARCHIVES = (
    *(".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"),
)
MOST_NESTED_BYTES = 16 * 1024**2
MOST_METADATA_BYTES = 32 * 1024**2
HAND_IN_AGAIN = "Have the file handed in again, alone and under a plain name."


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A regular file of a source.

    Args:
        path: `/`-separated, in the source.
        size: in bytes, as the source says.
    """

    path: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedEntry:
    """What is not even opened.

    Args:
        path: as it is called; may hold any character.
        why: goes on after a colon: `it is a link`.
    """

    path: str
    why: str


class UnreadableEntry(Exception):
    """An entry that turned out to be damaged when it was read."""


class Source(Protocol):
    """A folder or an archive."""

    @property
    def entries(self) -> Sequence[Entry]:
        """All that may be read, in the order of their paths."""

    @property
    def refused(self) -> Sequence[RefusedEntry]:
        """All that may not."""

    @property
    def folders(self) -> Sequence[str]:
        """Paths of folders, also of empty ones."""

    def read(self, entry: Entry, most: int) -> bytes:
        """The first bytes of an entry.

        Raises:
            UnreadableEntry: if it is damaged.
        """

    def close(self) -> None:
        """Lets the file go."""


def is_archive_name(name: str) -> bool:
    """Whether a file is called like an archive that can be opened."""
    return name.casefold().endswith(_ARCHIVES)


def most_read(name: str) -> int:
    """How much is ever read of a file of that name: a byte more than its limit."""
    if is_archive_name(name):
        return MOST_NESTED_BYTES + 1
    if name.endswith(".yml"):
        return MOST_METADATA_BYTES + 1
    return MAX_BYTES + 1


def too_large(size: int, packed: int | None = None) -> str:
    """Why an entry of that size is refused; empty if it is not."""
    if size > MOST_ENTRY_BYTES:
        return f"it is larger than {MOST_ENTRY_BYTES // 1024**2} MiB"
    if packed is not None and size > 1024**2 and size > MOST_RATIO * max(packed, 1):
        return f"it unpacks to more than {MOST_RATIO} times its size, as a bomb does"
    return ""


def apart(
    found: Iterable[Entry],
) -> tuple[tuple[Entry, ...], tuple[RefusedEntry, ...]]:
    """Entries by path; those that a file system could take for one another refused."""
    alike: dict[str, list[Entry]] = defaultdict(list)
    for entry in found:
        alike[same_name(entry.path)].append(entry)
    kept, refused = [], []
    for entries in alike.values():
        # Litter is not read: nobody loses by two of it.
        if len(entries) == 1 or is_litter(entries[0].path):
            kept += entries
            continue
        names = ", ".join(sorted(repr(entry.path) for entry in entries))
        why = f"{len(entries)} entries have names that some systems take for one"
        refused += [
            RefusedEntry(path=entry.path, why=f"{why}: {names}") for entry in entries
        ]
    kept.sort(key=lambda entry: entry.path)
    return tuple(kept), tuple(refused)
