"""Where a batch keeps its results: written as each is made, found again later."""

import contextlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from graders.errors import ResultsNotWritten, UsageError
from graders.records import Record, RecordKey
from graders.records.storing import pack_record, unpack_record
from graders.reports.class_scores import render_csv
from graders.reports.json_document import render_json
from graders.reports.markdown import render_markdown


class ResultFolder:
    """`OUT/students/STUDENT/{report.md, result.json, record…}` and `OUT/scores.csv`.

    Args:
        folder: made if it is missing.

    Raises:
        UsageError: if the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            raise UsageError(
                f"results cannot be written here: {os.strerror(error.errno or 0)}",
                str(folder),
                "Give another folder with --out.",
            ) from error

    def find(self, student: str, key: RecordKey) -> Record | None:
        """The stored record of that key, if there is one that can be read."""
        try:
            record = unpack_record(self._record(student).read_bytes())
        except (OSError, ValueError):
            return None
        return record if record.key == key and not record.score.broken else None

    def write(self, record: Record) -> None:
        """Writes one student's result; the record last, since it says "done".

        Raises:
            ResultsNotWritten: if the disk does not take it; nothing of it stays.
        """
        folder = self.student_folder(record.student)
        _write(folder / "report.md", render_markdown(record).encode())
        _write(folder / "result.json", render_json(record).encode())
        _write(self._record(record.student), pack_record(record))

    def write_scores(
        self, records: Sequence[Record], undecided: Sequence[str] = ()
    ) -> Path:
        """Writes `scores.csv` over a class, and returns its path."""
        path = self.folder / "scores.csv"
        _write(path, render_csv(records, undecided).encode())
        return path

    def student_folder(self, student: str) -> Path:
        """Where one student's results are; apart from files of the whole class."""
        return self.folder / "students" / student

    def _record(self, student: str) -> Path:
        return self.student_folder(student) / "record.msgpack.gz"


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, even if the machine stops in between."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise ResultsNotWritten(
            f"this cannot be written: {os.strerror(error.errno or 0)}",
            str(path),
            "Make room, then give the same command again: it goes on from here.",
        ) from error
