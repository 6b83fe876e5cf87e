"""What has been graded already, in a file that outlives a run that was stopped."""

import contextlib
import sqlite3
import threading
from pathlib import Path
from typing import Self

from graders.errors import ResultsNotWritten
from graders.validation.trials import Trial


class Journal:
    """Trials by their key; a context manager. Several threads may use it.

    Args:
        path: the SQLite file; made if it is not there.

    Raises:
        ResultsNotWritten: if it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(path, check_same_thread=False)
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute(
                "CREATE TABLE IF NOT EXISTS trials (key TEXT PRIMARY KEY, body TEXT)"
            )
            self._database.commit()
        except (OSError, sqlite3.Error) as error:
            raise self._unusable(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._database.close()

    def find(self, key: str) -> Trial | None:
        """The trial of that key, if it has been run."""
        try:
            with self._lock:
                row = self._database.execute(
                    "SELECT body FROM trials WHERE key = ?", (key,)
                ).fetchone()
        except sqlite3.Error as error:
            raise self._unusable(error) from error
        return None if row is None else Trial.model_validate_json(row[0])

    def keep(self, key: str, trial: Trial) -> None:
        """Writes a trial, so that it is there after any end of this process."""
        body = trial.model_dump_json()
        try:
            with self._lock, self._database:
                self._database.execute(
                    "INSERT OR REPLACE INTO trials VALUES (?, ?)", (key, body)
                )
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def _unusable(self, error: Exception) -> ResultsNotWritten:
        return ResultsNotWritten(
            f"the journal of the validation cannot be used: {error}",
            str(self._path),
            "Free some space, delete it, or name another folder with --out.",
        )
