"""A folder with one file or one sub-folder per student → submissions."""

from collections.abc import Iterator
from pathlib import Path

from graders.errors import UsageError
from graders.intake.python_file import no_file, read_submission, readable
from graders.records import Submission


def find_submissions(folder: Path, expected: str) -> Iterator[Submission]:
    """Every student's submission, in the order of their names.

    A sub-folder is a student: its `expected` file, or the only `.py` file in it. A
    file is a student too, named by its stem. Hidden entries are left out.

    Args:
        folder: what the class handed in.
        expected: name of the file that was asked for, `cnn.py`.

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
        yield _read(entry, name, expected)


def _student(entry: Path) -> str:
    return entry.name if entry.is_dir() else entry.stem


def _has_hidden_part(path: Path) -> bool:
    """What systems leave behind: `.DS_Store`, `__MACOSX`, `.ipynb_checkpoints`."""
    return any(part.startswith((".", "__")) for part in path.parts)


def _read(entry: Path, student: str, expected: str) -> Submission:
    if not entry.is_dir() or entry.is_symlink():
        return read_submission(entry, student)
    files = sorted(
        path
        for path in entry.rglob("*")
        if path.is_file() and not _has_hidden_part(path.relative_to(entry))
    )
    exact = [path for path in files if path.name == expected]
    python = exact or [path for path in files if path.suffix == ".py"]
    if len(python) == 1:
        return read_submission(python[0], student)
    if len(python) > 1:
        names = ", ".join(path.relative_to(entry).as_posix() for path in python[:5])
        return no_file(student, expected, f"there are several: {names}")
    if len(files) == 1:
        return read_submission(files[0], student)
    found = ", ".join(path.name for path in files[:5])
    return no_file(student, expected, f"found {found}" if found else "no file at all")
