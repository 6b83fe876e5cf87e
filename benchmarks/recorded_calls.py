"""The calls of one grading, as a file and a command that makes them once more."""

import sys
from pathlib import Path

from graders.intake import read_submission
from graders.loading import Assignment
from graders.pipeline import grade, open_sandbox
from graders.records.storing import pack_record

_BARE = Path(__file__).resolve().parent / "bare_calls.py"


def record_calls(assignment: Assignment, submission: Path, folder: Path) -> list[str]:
    """Grades a file once; returns the command that makes the same calls.

    `all` or `student`, and how many times, are still to be appended to it.
    """
    with open_sandbox(assignment) as sandbox:
        record = grade(read_submission(submission, "bare"), assignment, sandbox)
    if record.score.points != assignment.rubric.points:
        raise RuntimeError(f"{submission.name} did not get full marks")
    calls = folder / "record"
    calls.write_bytes(pack_record(record))
    return [sys.executable, str(_BARE), str(calls), str(submission)]
