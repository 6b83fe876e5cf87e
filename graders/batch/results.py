"""What people read of a class: reports and pages, and the table of scores.

All of it is made from the ledger, and can be made again from it.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from graders import __version__
from graders.batch.class_rows import NOT_YET, class_row
from graders.errors import UsageError
from graders.ledger import (
    Executed,
    Ledger,
    executed,
    extended,
    findings_by_number,
    now,
    published_at,
)
from graders.marks import StudentMark, read_marks, read_standing_rubric, records_of
from graders.records import STYLE, Record
from graders.reports.class_row import ClassRow
from graders.reports.class_scores import render_csv
from graders.reports.json_document import render_json
from graders.reports.markdown import render_markdown
from graders.reports.pages import Graded, render_class_page, render_student_page
from graders.rubric import Rubric, hidden_until, shows_hidden
from graders.whole_files import write_whole


class ResultFolder:
    """`OUT/scores.csv`, `OUT/class.html`, and reports in `OUT/students/STUDENT/`.

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

    @property
    def scores(self) -> Path:
        """The table of the class."""
        return self.folder / "scores.csv"

    @property
    def class_page(self) -> Path:
        """The class to look at, for its teachers."""
        return self.folder / "class.html"

    def student_folder(self, student: str) -> Path:
        """Where one student's results are; apart from files of the whole class."""
        return self.folder / "students" / student

    def write(
        self, ledger: Ledger, assignment: str, undecided: Mapping[str, str]
    ) -> list[ClassRow]:
        """Writes what has changed since the last time; the rows of the table.

        Args:
            ledger: where the marks are.
            assignment: its name.
            undecided: why there is no result, by content, where that is known.

        Raises:
            ResultsNotWritten: if the disk does not take it.
        """
        with ledger.reading() as connection:
            known = read_standing_rubric(connection, assignment)
            if known is None:
                return []
            rubric = known[1]
            marks = read_marks(connection, assignment, rubric)
            rows = [
                class_row(one, undecided.get(one.attempt.content, NOT_YET))
                for one in marks
            ]
            self._write_changed(connection, assignment, rubric, marks, rows)
        text = "".join(render_csv(rows, _item_ids(rubric)))
        _write(self.scores, text.encode())
        return rows

    def _write_changed(
        self,
        connection: sa.Connection,
        assignment: str,
        rubric: Rubric,
        marks: Sequence[StudentMark],
        rows: Sequence[ClassRow],
    ) -> None:
        """Whatever was made of something else than there is now, or is missing."""
        written = self._read_written()
        shown = _hidden_shown(connection, assignment, rubric, marks)
        states = {one.student: _state(one, shown[one.student]) for one in marks}
        changed = [
            one
            for one in marks
            if one.standing and written.get(one.student) != states[one.student]
        ]
        whole = _state_of_class(states, rows)
        try:
            runs = executed(connection, _judgements(changed))
            for one, record in records_of(
                connection, assignment, changed, with_public=True
            ):
                assert one.standing is not None  # as it has a record
                run = runs[one.standing.judgement]
                self._write_reports(one, record, rubric, shown[one.student], run)
                written[one.student] = states[one.student]
            if written.get(_CLASS) != whole:
                self._write_class_page(connection, assignment, rubric, marks, rows)
                written[_CLASS] = whole
                changed = list(marks)
        finally:
            if changed:
                _write(self._written, json.dumps(written, indent=0).encode())

    def _write_reports(
        self,
        one: StudentMark,
        record: Record,
        rubric: Rubric,
        hidden_shown: bool,
        run: Executed,
    ) -> None:
        folder = self.student_folder(one.student)
        until = "" if hidden_shown else hidden_until(rubric.policy)
        for name, render in (
            ("report.md", render_markdown),
            ("report.html", partial(render_student_page, graded_at=run.at)),
            ("result.json", render_json),
        ):
            text = render(
                record, one.mark, hidden_shown=hidden_shown, hidden_until=until
            )
            _write(folder / name, text.encode())

    def _write_class_page(
        self,
        connection: sa.Connection,
        assignment: str,
        rubric: Rubric,
        marks: Sequence[StudentMark],
        rows: Sequence[ClassRow],
    ) -> None:
        numbers = _judgements(marks)
        runs = executed(connection, numbers)
        found = dict(findings_by_number(connection, numbers))
        graded = {
            one.student: Graded(
                findings=found[one.standing.judgement],
                duration_s=runs[one.standing.judgement].duration_s,
            )
            for one in marks
            if one.standing
        }
        text = render_class_page(assignment, rows, graded, _lessons(rubric))
        _write(self.class_page, text.encode())

    @property
    def _written(self) -> Path:
        return self.folder / ".written.json"

    def _read_written(self) -> dict[str, str]:
        """What each report was made of; a lost file only means to write them all."""
        try:
            found = json.loads(self._written.read_bytes())
        except (OSError, ValueError):
            return {}
        if not isinstance(found, dict):
            return {}
        return {name: state for name, state in found.items() if self._has(name)}

    def _has(self, name: str) -> bool:
        """Whether everything is there that is written of a student, or of the class."""
        if name == _CLASS:
            return self.class_page.is_file()
        folder = self.student_folder(name)
        return all((folder / one).is_file() for one in _REPORTS)


_REPORTS = ("report.md", "report.html", "result.json")
_CLASS = "/"
"""Stands for the class among the names of students, which are names of folders."""


def _judgements(marks: Iterable[StudentMark]) -> list[int]:
    return sorted({one.standing.judgement for one in marks if one.standing})


def _lessons(rubric: Rubric) -> dict[str, str]:
    """Where each task is taught, by its id."""
    return {
        task.id: "; ".join(dict.fromkeys(task.functions.values()))
        for task in rubric.tasks
    }


def _item_ids(rubric: Rubric) -> list[str]:
    ids = [f"{task.id}_bonus" if task.bonus else task.id for task in rubric.tasks]
    style = [STYLE] if rubric.style and rubric.style.points else []
    return [*ids, *style, *(item.id for item in rubric.manual)]


def _hidden_shown(
    connection: sa.Connection,
    assignment: str,
    rubric: Rubric,
    marks: Iterable[StudentMark],
) -> dict[str, bool]:
    """Whether each student may see the findings of hidden checks now."""
    published = published_at(connection, assignment)
    due_dates, moment = extended(connection, assignment), now()
    return {
        one.student: shows_hidden(
            rubric.policy, moment, published, due_dates.get(one.student)
        )
        for one in marks
    }


def _state(one: StudentMark, hidden_shown: bool) -> str:
    """Names all that the reports of a student are made of."""
    made_of = (one.standing and one.standing.id, one.mark, hidden_shown, __version__)
    return hashlib.sha256(repr(made_of).encode()).hexdigest()[:16]


def _state_of_class(states: Mapping[str, str], rows: Iterable[ClassRow]) -> str:
    """Names all that the page of the class is made of."""
    reasons = [(row.student, row.group, row.undecided) for row in rows]
    return hashlib.sha256(repr((states, reasons)).encode()).hexdigest()[:16]


def _write(path: Path, content: bytes) -> None:
    fix = "Make room, then give the same command again: it goes on from here."
    write_whole(path, content, fix=fix)
