"""The file that counts → a submission, also out of an archive in the archive."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from graders.errors import UsageError
from graders.intake.accounting import Category
from graders.intake.choosing import choose
from graders.intake.entry_names import is_litter
from graders.intake.handed import HandedFile
from graders.intake.opening import open_nested
from graders.intake.python_file import no_file, submission_of
from graders.intake.sources import (
    HAND_IN_AGAIN,
    Source,
    UnreadableEntry,
    is_archive_name,
    most_read,
)
from graders.records import Submission

_MOST_DEPTH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """The file that counts, and what became of it.

    Args:
        submission: to be graded, also where nothing of it can be run.
        category: where the file ends up.
        why: a sentence, where that does not say it all.
        fix: what to do about it.
    """

    submission: Submission
    category: Category
    why: str = ""
    fix: str = ""


def read_chosen(
    source: Source, chosen: HandedFile, student: str, expected: str
) -> ReadFile:
    """Reads it. Whatever is in it becomes a finding.

    Args:
        source: where it lies.
        chosen: the file.
        student: whose it is.
        expected: what was asked for.
    """
    try:
        submission = _read(source, chosen, student, expected, depth=0)
    except UsageError as error:
        return _refused(chosen, student, expected, error.what, error.fix)
    except UnreadableEntry as error:
        return _refused(chosen, student, expected, str(error), HAND_IN_AGAIN)
    if problem := submission.problem:
        return ReadFile(
            submission=submission,
            category=Category.NOT_PYTHON,
            why=problem.what,
            fix=problem.fix,
        )
    inside = f"{submission.filename} in it" if is_archive_name(chosen.name) else ""
    return ReadFile(submission=submission, category=Category.GRADED, why=inside)


def _refused(
    chosen: HandedFile, student: str, expected: str, why: str, fix: str
) -> ReadFile:
    return ReadFile(
        submission=no_file(student, expected, f"{chosen.name}: {why}"),
        category=Category.REFUSED,
        why=why,
        fix=fix,
    )


def _read(
    source: Source, chosen: HandedFile, student: str, expected: str, *, depth: int
) -> Submission:
    """A file, or the one in an archive, or the one in an archive in that.

    Raises:
        UsageError: if an archive is refused.
        UnreadableEntry: if an entry is damaged.
    """
    if not is_archive_name(chosen.name):
        name = Path(PurePosixPath(chosen.name).name)
        data = source.read(chosen.entry, most_read(chosen.name))
        return submission_of(data, name, student)
    if depth >= _MOST_DEPTH:
        raise UsageError(
            "archives lie too deep in one another",
            chosen.name,
            "Hand in the .py file itself.",
        )
    packed = source.read(chosen.entry, most_read(chosen.name))
    inside = open_nested(packed, chosen.name)
    try:
        files = [
            HandedFile(entry=entry, name=entry.path)
            for entry in inside.entries
            if not is_litter(entry.path)
        ]
        choice = choose(files, expected)
        if choice.chosen:
            return _read(inside, choice.chosen, student, expected, depth=depth + 1)
        refused = [f"{one.path}: {one.why}" for one in inside.refused[:5]]
        found = "; ".join([f"in {chosen.name}, {choice.found}", *refused])
        return no_file(student, expected, found)
    finally:
        inside.close()
