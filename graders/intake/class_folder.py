"""A folder with one file or one sub-folder per student → submissions."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from graders.errors import UsageError
from graders.intake.python_file import no_file, read_submission, readable
from graders.records import Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One entry of the folder.

    Args:
        entry: the student's sub-folder or file.
        chosen: the file that counts; none if that cannot be told.
        submission: what it says.
    """

    entry: Path
    chosen: Path | None
    submission: Submission


def find_submissions(
    folder: Path, expected: str, *, modified: bool = False
) -> Iterator[Submission]:
    """Every student's submission, in the order of their names; see `find_all`."""
    return (one.submission for one in find_all(folder, expected, modified=modified))


def find_all(folder: Path, expected: str, *, modified: bool = False) -> Iterator[Found]:
    """Every student's entry and submission, in the order of their names.

    A sub-folder is a student: its `expected` file, or the only `.py` file in it. A
    file is a student too, named by its stem. Hidden entries are left out.

    Args:
        folder: what the class handed in.
        expected: name of the file that was asked for, `cnn.py`.
        modified: whether a file's time of modification is when it was handed in.

    Raises:
        UsageError: if the folder cannot be read, holds nothing, or names a student
            twice.
    """
    try:
        entries = sorted(
            entry
            for entry in folder.iterdir()
            if not _has_hidden_part(Path(entry.name))
        )
    except OSError as error:
        raise UsageError(
            "this is not a folder that can be read",
            str(folder),
            "Give a folder with one sub-folder or one .py file per student.",
        ) from error
    if not entries:
        raise UsageError(
            "the folder is empty", str(folder), "Give the folder of the submissions."
        )
    names = [readable(_student(entry)) for entry in entries]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise UsageError(
            f"two entries are called {twice!r}",
            str(folder),
            "Keep one entry per student.",
        )
    for entry, name in zip(entries, names, strict=True):
        yield _read(entry, name, expected, modified=modified)


def _student(entry: Path) -> str:
    return entry.name if entry.is_dir() else entry.stem


def _has_hidden_part(path: Path) -> bool:
    """What systems leave behind: `.DS_Store`, `__MACOSX`, `.ipynb_checkpoints`."""
    return any(part.startswith((".", "__")) for part in path.parts)


def read_entry(entry: Path, student: str, expected: str) -> Submission:
    """One student's file, or folder of files, as `find_submissions` reads it."""
    return _read(entry, student, expected, modified=False).submission


def _read(entry: Path, student: str, expected: str, *, modified: bool) -> Found:
    found = _find(entry, student, expected)
    if isinstance(found, Submission):
        return Found(entry=entry, chosen=None, submission=found)
    submission = read_submission(found, student)
    if modified:
        submission = replace(submission, submitted_at=_modified(found))
    return Found(entry=entry, chosen=found, submission=submission)


def _modified(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.lstat().st_mtime, UTC)
    except OSError:
        return None


def _find(entry: Path, student: str, expected: str) -> Path | Submission:
    """The file to grade, or what is to be said in its place."""
    if not entry.is_dir() or entry.is_symlink():
        return entry
    files = sorted(
        path
        for path in entry.rglob("*")
        if path.is_file() and not _has_hidden_part(path.relative_to(entry))
    )
    exact = [path for path in files if path.name == expected]
    python = exact or [path for path in files if path.suffix == ".py"]
    if len(python) == 1:
        return python[0]
    if len(python) > 1:
        names = ", ".join(path.relative_to(entry).as_posix() for path in python[:5])
        return no_file(student, expected, f"there are several: {names}")
    if len(files) == 1:
        return files[0]
    found = ", ".join(path.name for path in files[:5])
    return no_file(student, expected, f"found {found}" if found else "no file at all")
