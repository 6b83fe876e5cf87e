"""What a platform's archive says: who handed in which files, and when."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from graders.intake.sources import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody as a platform knows them.

    Args:
        key: a name that is the same at the next download.
        known_as: what the platform calls them, by the keys of `Identity`.
    """

    key: str
    known_as: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedFile:
    """One file of a student.

    Args:
        entry: where its bytes are.
        name: as the student called it; may have folders.
        attempt: of which attempt it is; a later one sorts after it.
        upload: number of the upload, where the platform renames files of equal names.
        by_platform: what the platform wrote by itself; empty if the student did.
    """

    entry: Entry
    name: str
    attempt: str = ""
    upload: int | None = None
    by_platform: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """All that one student, or one group, handed in.

    Args:
        place: where it lies in the source, for people.
        people: who did; several are a group.
        files: of all attempts.
        submitted_at: when each attempt was handed in, where that is known.
        notes: what a person should know, in sentences.
    """

    place: str
    people: tuple[Person, ...]
    files: tuple[HandedFile, ...]
    submitted_at: Mapping[str, datetime]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """A source, sorted by students.

    Args:
        handed: what each of them handed in.
        others: entries that belong to nobody, and why.
        platform: entries that are the platform's own, and what they are.
        notes: what a person should know of the whole.
    """

    handed: Sequence[HandedIn]
    others: Mapping[str, str]
    platform: Mapping[str, str]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An entry, and where it lies below the folder that holds everything."""

    entry: Entry
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What a dialect looks at.

    Args:
        files: all entries that are no litter.
        folders: below the same folder; of litter, too.
        read: gives the first bytes of an entry; raises `UnreadableEntry`.
        zone: of the clock that the platform shows, where it names none.
    """

    files: Sequence[Placed]
    folders: Sequence[str]
    read: Callable[[Entry, int], bytes]
    zone: ZoneInfo
