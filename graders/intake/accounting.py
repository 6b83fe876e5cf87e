"""What became of every file that was handed over, and of every student."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graders.intake.sources import HAND_IN_AGAIN, Source
from graders.records import Submission


class Category(StrEnum):
    """Where a file ends up; each in exactly one."""

    GRADED = "graded"
    NOT_PYTHON = "nothing to run"
    OLDER = "older attempt"
    BESIDE = "beside the submission"
    IGNORED = "ignored"
    REFUSED = "refused"
    UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAccount:
    """One file.

    Args:
        path: in what was handed over; may hold any character.
        category: where it ends up.
        student: whose it is, if that is known.
        why: a sentence, where the category does not say it all.
        fix: what a person can do about it.
    """

    path: str
    category: Category
    student: str = ""
    why: str = ""
    fix: str = ""


def refused_by(source: Source) -> list[FileAccount]:
    """What a source does not give out; two of them may have the same name."""
    return [
        FileAccount(
            path=one.path, category=Category.REFUSED, why=one.why, fix=HAND_IN_AGAIN
        )
        for one in source.refused
    ]


class Standing(StrEnum):
    """How it is known who somebody is."""

    MATCHED = "matched"
    BY_PLATFORM = "by the platform"
    AMBIGUOUS = "ambiguous"
    UNMATCHED = "unmatched"
    NOT_HANDED_IN = "not handed in"


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentAccount:
    """One who handed in, or who is in the roster.

    Args:
        student: the name in the ledger; empty if nobody can say.
        place: where the files lie, or the line of the roster.
        standing: how it is known.
        why: a sentence, where the standing does not say it all.
        fix: what a person can do about it.
    """

    student: str
    place: str
    standing: Standing
    why: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that a person should know, and that changes nothing.

    Args:
        about: a student, or what was handed over.
        what: a sentence.
    """

    about: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAs:
    """What a platform calls a student.

    Args:
        student: the name in the ledger.
        system: `canvas`, `moodle`, `roster`, ...
        known_as: by the keys of the ledger's identities.
    """

    student: str
    system: str
    known_as: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What would be graded, and all that would not.

    Args:
        source: its name.
        dialect: which platform it comes from, as people call it.
        submissions: what is graded.
        files: every file, by path.
        students: everybody.
        identities: to be kept, so that marks find their way back.
        groups: members of each.
        notes: what a person should know.
    """

    source: str
    dialect: str
    submissions: Sequence[Submission]
    files: Sequence[FileAccount]
    students: Sequence[StudentAccount]
    identities: Sequence[KnownAs]
    groups: Mapping[str, Sequence[str]]
    notes: Sequence[Note]
