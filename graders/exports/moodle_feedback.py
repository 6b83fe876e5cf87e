"""Moodle: a zip of feedback files, in folders that Moodle knows students by."""

import io
import os
import re
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

from graders.errors import UsageError
from graders.exports.changes import Export, Left, Why
from graders.exports.class_to_export import ClassToExport
from graders.exports.lms_table import LmsTable
from graders.exports.matching import PlatformRow
from graders.exports.moodle import match_worksheet
from graders.exports.worksheet_headings import find_columns
from graders.reports.wording import visible

MAX_REPORT_BYTES = 16 * 1024 * 1024
_REPORTS = ("report.html", "report.md")
# Moodle parts a name at underscores, and a zip at slashes.
_NOT_IN_A_NAME = re.compile(r'[_/\\:*?"<>|\x00-\x1f�]+')
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


def export_moodle_feedback(
    the_class: ClassToExport,
    table: LmsTable,
    headings: Mapping[str, str],
    results: Path,
) -> Export:
    """A zip to upload as feedback files: each student's report.

    Args:
        the_class: marks.
        table: the grading worksheet, which knows everybody's number.
        headings: what its columns are called, where that cannot be told.
        results: the folder that `grade report` wrote.

    Raises:
        UsageError: if the table is no worksheet, or there are no reports.
    """
    matching = match_worksheet(the_class, table, find_columns(table, headings))
    files, left = {}, []
    for one in the_class.marked:
        row = matching.rows.get(one.student)
        if row is None:
            continue
        place = results / "students" / one.student
        if found := _report(place):
            name, content = found
            files[f"{folder_name(row)}/{name}"] = content
        else:
            told = f"there is no report in {place}"
            left.append(
                Left(student=one.student, row=row.shown, why=Why.NO_REPORT, told=told)
            )
    if matching.rows and not files:
        short = the_class.graded.rubric.names[0]
        raise UsageError(
            "there are no reports here",
            str(results),
            f"Write them first, `grade report {short}`, or name the folder with"
            " --results.",
        )
    return Export(
        content=_zipped(files),
        num_written=len(files),
        left=tuple(left),
        unmatched=matching.unmatched,
        held_back=the_class.held_back,
    )


def folder_name(row: PlatformRow) -> str:
    """`Full name_123_assignsubmission_file_`, which every version of Moodle reads."""
    number = row.keys["participant"]
    name = _NOT_IN_A_NAME.sub(" ", visible(row.keys["name"])).strip(" .")
    return f"{name or 'Participant'}_{number}_assignsubmission_file_"


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """The same files give the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, content)
    return stream.getvalue()


def _report(folder: Path) -> tuple[str, bytes] | None:
    """The report as it lies there: no link is followed, and none is too large."""
    for name in _REPORTS:
        try:
            handle = os.open(folder / name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        except OSError:
            continue
        with os.fdopen(handle, "rb") as file:
            content = file.read(MAX_REPORT_BYTES + 1)
        if len(content) > MAX_REPORT_BYTES:
            raise UsageError(
                f"the report is larger than {MAX_REPORT_BYTES // 2**20} MiB",
                str(folder / name),
                "Write the reports anew: `grade report`.",
            )
        return name, content
    return None
