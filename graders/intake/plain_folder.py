"""A folder on disk without any platform → submissions, with the same account of it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from graders.intake.accounting import (
    Category,
    FileAccount,
    Intake,
    Note,
    Standing,
    refused_by,
)
from graders.intake.asked import Asked
from graders.intake.class_folder import Found, find_all
from graders.intake.entry_names import is_litter, vetted
from graders.intake.extracted_folder import ExtractedFolder
from graders.intake.handed import HandedIn, Person
from graders.intake.matching import Matched, Matching
from graders.intake.other_assignments import of_another_assignment
from graders.intake.people import identities_of, students_of
from graders.intake.roster import Roster
from graders.intake.sniffing import DIALECTS, PLAIN


def take_in_folder(
    path: Path,
    source: ExtractedFolder,
    asked: Asked,
    roster: Roster | None,
    *,
    notes: tuple[str, ...] = (),
    modified: bool = False,
) -> Intake:
    """Every entry of the folder is a student.

    Args:
        path: the folder.
        source: the same, with all its files.
        asked: what students were asked for.
        roster: of the class, if there is one.
        notes: what a person should know of the whole.
        modified: whether a file's date is when it was handed in.

    Raises:
        UsageError: if the folder is empty, or two entries have one name.
    """
    found = list(find_all(path, asked.file, modified=modified))
    matching = Matching(PLAIN, roster, {}, asked.largest_group)
    handed = [_handed_in(one) for one in found]
    # Without a roster an entry's name is the student's, as it stands on this disk.
    matched = matching.match(handed) if roster else [*map(_by_entry, handed)]
    submissions = []
    told = [Note(about=str(path), what=what) for what in notes]
    for one, who in zip(found, matched, strict=True):
        if not who.student:
            continue
        moments = [row.submitted_at for row in who.rows if row.submitted_at]
        submission = replace(
            one.submission,
            student=who.student,
            submitted_at=one.submission.submitted_at or max(moments, default=None),
        )
        submissions.append(submission)
        if what := of_another_assignment(submission, asked.defines, asked.other_files):
            told.append(Note(about=who.student, what=what))
    files = [*_accounts(path, source, found, matched)]
    return Intake(
        source=str(path),
        dialect=DIALECTS[PLAIN].title,
        submissions=sorted(submissions, key=lambda one: one.student),
        files=sorted(files, key=lambda one: one.path),
        students=students_of(matched, matching.missing(matched)),
        identities=list(identities_of(matched, PLAIN)),
        groups={},
        notes=told,
    )


def _handed_in(found: Found) -> HandedIn:
    name = found.submission.student
    return HandedIn(
        place=name,
        people=(Person(key=name, known_as={}),),
        files=(),
        submitted_at={},
    )


def _by_entry(handed: HandedIn) -> Matched:
    return Matched(
        handed=handed, standing=Standing.BY_PLATFORM, student=handed.people[0].key
    )


def _accounts(
    path: Path, source: ExtractedFolder, found: list[Found], matched: list[Matched]
) -> Iterator[FileAccount]:
    owners = {
        _name(path, one.entry): (one, who)
        for one, who in zip(found, matched, strict=True)
    }
    chosen = {_name(path, one.chosen) for one in found if one.chosen}
    for entry in source.entries:
        top = entry.path.partition("/")[0]
        if top not in owners or is_litter(entry.path):
            yield FileAccount(path=entry.path, category=Category.IGNORED)
        else:
            yield _account(entry.path, *owners[top], counts=entry.path in chosen)
    graded = {
        _name(path, one.chosen): (one, who)
        for one, who in zip(found, matched, strict=True)
        if one.chosen and not one.submission.problem
    }
    for refused in refused_by(source):
        # An odd name, or two that differ in case, are no harm on a disk that has them.
        if refused.path in graded:
            yield _account(refused.path, *graded[refused.path], counts=True)
        else:
            yield refused
    for folder in source.folders:
        if is_litter(folder):
            yield FileAccount(path=f"{folder}/", category=Category.IGNORED)


def _account(path: str, one: Found, who: Matched, *, counts: bool) -> FileAccount:
    problem = one.submission.problem
    if not who.student:
        category, why, fix = Category.UNMATCHED, who.why, who.fix
    elif not counts:
        category, why, fix = Category.BESIDE, "", ""
    elif problem:
        category, why, fix = Category.NOT_PYTHON, problem.what, problem.fix
    else:
        category, why, fix = Category.GRADED, "", ""
    return FileAccount(
        path=path, category=category, student=who.student, why=why, fix=fix
    )


def _name(folder: Path, path: Path) -> str:
    return vetted(path.relative_to(folder).as_posix())[0]
