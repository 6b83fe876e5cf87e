"""A backup: a whole ledger in one SQLite file; and the way back."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from graders.errors import GradersError, LedgerError, UsageError
from graders.ledger.connecting import sqlite_file
from graders.ledger.copying import copy_ledger, count_rows, require_empty
from graders.ledger.opening import Ledger
from graders.ledger.troubles import as_ledger_error
from graders.ledger.verifying import Fault, faults, own_faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What a copy holds.

    Args:
        rows: number of each table.
        faults: what is wrong with it; the same is wrong with what was copied.
    """

    rows: Mapping[str, int]
    faults: tuple[Fault, ...]


def back_up(ledger: Ledger, path: Path) -> Copied:
    """Writes all that is recorded to a file, and reads it again to see if it is whole.

    The file is there when it is complete and safe on the disk; if anything fails,
    nothing is. Others may write in the ledger meanwhile: the file holds one moment.

    Raises:
        UsageError: if there is a file of that name.
        LedgerError: if it cannot be read, or the file not be written.
    """
    path = path.absolute()
    url = _url(path)
    _refuse_existing(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _unfinished(path) as part:
            with Ledger(_url(part), ledger.who) as copy:
                num_rows = copy_ledger(ledger, copy)
                _require_sound(copy, path, _ANOTHER_DISK)
                copied = Copied(rows=count_rows(copy), faults=tuple(faults(copy)))
            if sum(copied.rows.values()) != num_rows:
                raise LedgerError("the copy is not whole", str(path), _ANOTHER_DISK)
            _finish(part)
            _refuse_existing(path)
            part.rename(path)
        _sync(path.parent)
    except (OSError, sqlite3.Error) as error:
        raise as_ledger_error(error, url) from error
    return copied


def restore(path: Path, ledger: Ledger) -> Copied:
    """Puts all that a backup holds into a ledger that is empty; all of it, or nothing.

    Raises:
        UsageError: if the ledger is not empty, or there is no such backup.
        LedgerError: if the backup is damaged, or the ledger cannot be written.
    """
    ledger.read(lambda connection: require_empty(connection, ledger))
    path = path.absolute()
    if not path.is_file():
        raise UsageError("there is no such file", str(path), "Name a backup.")
    # Room is needed where the ledger is, in any case.
    file = sqlite_file(ledger.url)
    folder = None if file is None else file.parent
    try:
        temporary = tempfile.TemporaryDirectory(prefix=".restore-", dir=folder)
    except OSError as error:
        raise as_ledger_error(error, ledger.url) from error
    with (
        temporary as name,
        _opened(path, Path(name, "backup.sqlite3"), ledger.who) as backup,
    ):
        _require_sound(backup, path, _ANOTHER_BACKUP)
        copied = Copied(rows=count_rows(backup), faults=tuple(faults(backup)))
        copy_ledger(backup, ledger)
        return copied


_ANOTHER_DISK = "Try another disk; this one may be failing."
_ANOTHER_BACKUP = "Keep it, and restore an older one."


def _opened(path: Path, copy: Path, who: str) -> Ledger:
    """A backup, as a copy of its own: nothing is written where it is.

    A newer version may have given the tables another form: the copy gets it.
    """
    try:
        _read_whole(path, copy)
        return Ledger(_url(copy), who, create=False)
    except sqlite3.Error as error:
        reason = str(error)
    except GradersError as error:
        reason = error.what
    raise LedgerError(
        f"this is no backup of a ledger, or it is damaged ({reason})",
        str(path),
        _ANOTHER_BACKUP,
    )


def _require_sound(copy: Ledger, path: Path, fix: str) -> None:
    broken = next(own_faults(copy), None)
    if broken is not None:
        raise LedgerError(f"the copy is damaged ({broken})", str(path), fix)


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise UsageError(
            "there is such a file, and a backup never overwrites one",
            str(path),
            "Give another name, or none: the default has the time in it.",
        )


@contextmanager
def _unfinished(path: Path) -> Iterator[Path]:
    """A name beside a file's; nothing of that name is left behind."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                part.with_name(part.name + ending).unlink()


def _finish(part: Path) -> None:
    """Makes it one file that can be read from any disk, and has it written."""
    with closing(sqlite3.connect(part)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    _sync(part)


def _sync(path: Path) -> None:
    """Has a file, or the names in a folder, written to the disk."""
    if path.is_dir() and not hasattr(os, "O_DIRECTORY"):
        return  # Windows: there a folder cannot be opened.
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _read_whole(path: Path, to: Path) -> None:
    """A copy of a file, and of what stands in the log beside it."""
    source = f"file:{quote(str(path))}?mode=ro"
    with (
        closing(sqlite3.connect(source, uri=True)) as reading,
        closing(sqlite3.connect(to)) as writing,
    ):
        reading.backup(writing)


def _url(path: Path) -> sa.URL:
    return sa.URL.create("sqlite", database=str(path))
