"""A source → submissions, and an account of every file of it. The flow of intake."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from graders.errors import UsageError
from graders.intake.accounting import (
    Category,
    FileAccount,
    Intake,
    Note,
    refused_by,
)
from graders.intake.asked import Asked
from graders.intake.choosing import Choice, choose
from graders.intake.entry_names import is_litter
from graders.intake.extracted_folder import ExtractedFolder
from graders.intake.handed import HandedFile, Sorted
from graders.intake.matching import Known, Matched, Matching
from graders.intake.opening import open_source
from graders.intake.other_assignments import of_another_assignment
from graders.intake.people import identities_of, students_of
from graders.intake.plain_folder import take_in_folder
from graders.intake.python_file import no_file
from graders.intake.reading import read_chosen
from graders.intake.roster import Roster, read_roster
from graders.intake.sniffing import PLAIN, Recognised, layout_of, recognise
from graders.intake.sources import Source
from graders.records import Submission

_SETTINGS = re.compile(
    r"(?:^|/)(?:tests?/|conftest\.py|(?:grader|rubric)\.ya?ml|otter_config\.json"
    r"|nbgrader_config\.py|setup\.(?:cfg|py)|pyproject\.toml|autograder)",
    re.IGNORECASE,
)


def take_in(
    path: Path,
    asked: Asked,
    *,
    dialect: str | None = None,
    roster: Path | None = None,
    known: Known | None = None,
    modified: bool = False,
) -> Intake:
    """What of a folder or an archive is graded, and what becomes of the rest.

    Args:
        path: as a platform gave it, or a folder extracted from that.
        asked: what students were asked for.
        dialect: the platform's, if it cannot be told by the names of entries.
        roster: a table of the class.
        known: who is who, from earlier runs.
        modified: whether a file's date is when it was handed in; of a folder only.

    Raises:
        UsageError: if nothing of it can be relied on.
    """
    people = read_roster(roster, asked.zone) if roster else None
    source = open_source(path)
    try:
        recognised = recognise(source, str(path), asked.file, dialect)
        if recognised.dialect.name == PLAIN and isinstance(source, ExtractedFolder):
            # Its entries are the students, also where there is only one of them.
            told = () if recognised.root else recognised.notes
            told = (*told, *(people.notes if people else ()))
            return take_in_folder(
                path, source, asked, people, notes=told, modified=modified
            )
        if modified:
            raise UsageError(
                "the dates of files are not when they were handed in",
                str(path),
                "Leave `--times modified` out, or give the times: --times FILE.",
            )
        return _Taking(path, source, recognised, people, asked, known or {}).all()
    finally:
        source.close()


class _Taking:
    """One source on its way in."""

    def __init__(
        self,
        path: Path,
        source: Source,
        recognised: Recognised,
        roster: Roster | None,
        asked: Asked,
        known: Known,
    ) -> None:
        self._path, self._source, self._asked = path, source, asked
        self._recognised, self._roster = recognised, roster
        self._dialect = recognised.dialect
        self._matching = Matching(
            self._dialect.name, roster, known, asked.largest_group
        )
        self._files: dict[str, FileAccount] = {}
        self._notes = [
            Note(about=str(path), what=what)
            for what in (*recognised.notes, *(roster.notes if roster else ()))
        ]

    def all(self) -> Intake:
        """Everything; the order is that of the names in the ledger."""
        found = self._dialect.sort(
            layout_of(self._source, self._recognised.root, self._asked.zone)
        )
        if not found.handed:
            raise UsageError(
                "nobody handed anything in",
                str(self._path),
                "Give the folder or the archive of the submissions.",
            )
        self._notes += [Note(about=str(self._path), what=what) for what in found.notes]
        matched = self._matching.match(found.handed)
        submissions = sorted(self._submissions(matched), key=lambda one: one.student)
        self._account_for_the_rest(found)
        return Intake(
            source=str(self._path),
            dialect=self._dialect.title,
            submissions=submissions,
            files=sorted(
                [*self._files.values(), *refused_by(self._source)],
                key=lambda one: one.path,
            ),
            students=students_of(matched, self._matching.missing(matched)),
            identities=list(identities_of(matched, self._dialect.name)),
            groups={one.student: one.members for one in matched if one.members},
            notes=self._notes,
        )

    def _submissions(self, matched: list[Matched]) -> Iterator[Submission]:
        for one in matched:
            files = []
            # In a flat archive the names of litter begin with that of its owner.
            for file in one.handed.files:
                if is_litter(file.name):
                    self._put(file, Category.IGNORED, one.student)
                else:
                    files.append(file)
            if not one.student:
                for file in files:
                    self._put(file, Category.UNMATCHED, "", one.why, one.fix)
                continue
            choice = choose(files, self._asked.file, self._asked.attempts)
            yield self._timed(self._submission(one, choice), one, choice)
            for what in (*one.handed.notes, *filter(None, [one.note])):
                self._notes.append(Note(about=one.student, what=what))

    def _submission(self, one: Matched, choice: Choice) -> Submission:
        student, chosen = one.student, choice.chosen
        for file in choice.older:
            counts = f"{chosen.name} counts" if chosen else "a later one counts"
            self._put(file, Category.OLDER, student, counts)
        for file in choice.beside:
            self._put(file, Category.BESIDE, student, _beside(file))
        if chosen is None:
            return no_file(student, self._asked.file, choice.found)
        read = read_chosen(self._source, chosen, student, self._asked.file)
        self._put(chosen, read.category, student, read.why, read.fix)
        self._note_another_assignment(read.submission)
        return read.submission

    def _timed(
        self, submission: Submission, one: Matched, choice: Choice
    ) -> Submission:
        """With the time of the attempt that counts, or that the roster has."""
        times = one.handed.submitted_at
        attempt = choice.chosen.attempt if choice.chosen else max(times, default="")
        moment: datetime | None = times.get(attempt)
        if moment is None:
            known = [row.submitted_at for row in one.rows if row.submitted_at]
            moment = max(known, default=None)
        return replace(submission, submitted_at=moment)

    def _note_another_assignment(self, submission: Submission) -> None:
        if what := of_another_assignment(
            submission, self._asked.defines, self._asked.other_files
        ):
            self._notes.append(Note(about=submission.student, what=what))

    def _account_for_the_rest(self, found: Sorted) -> None:
        for path, what in found.platform.items():
            self._files[path] = FileAccount(
                path=path, category=Category.BESIDE, why=what
            )
        for path, why in found.others.items():
            self._files[path] = FileAccount(
                path=path,
                category=Category.UNMATCHED,
                why=why,
                fix="Find out whose it is, and grade it in a folder of their name.",
            )
        left = [entry.path for entry in self._source.entries]
        left += [f"{name}/" for name in self._source.folders if is_litter(name)]
        outside = f"it lies outside {self._recognised.root!r}"
        for path in left:
            if path in self._files:
                continue
            self._files[path] = (
                FileAccount(path=path, category=Category.IGNORED)
                if is_litter(path)
                else FileAccount(path=path, category=Category.UNMATCHED, why=outside)
            )

    def _put(
        self,
        file: HandedFile,
        category: Category,
        student: str,
        why: str = "",
        fix: str = "",
    ) -> None:
        path = file.entry.path
        assert path not in self._files, "each file is in one place"
        self._files[path] = FileAccount(
            path=path, category=category, student=student, why=why, fix=fix
        )


def _beside(file: HandedFile) -> str:
    if file.by_platform:
        return file.by_platform
    if _SETTINGS.search(file.name):
        return "not read: a submission brings no rules of its own"
    return ""
