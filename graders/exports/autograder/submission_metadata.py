"""`submission_metadata.json`: when it was handed in, and when it was due."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

_MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionMetadata:
    """What Gradescope says of one submission.

    Args:
        id: of the submission; empty if it is not known.
        created_at: when it was handed in, with its time zone; None if not known.
        due_at: when it was due for this student, with its time zone; None likewise.
        problem: why nothing is known; empty if all is well.
    """

    id: str = ""
    created_at: datetime | None = None
    due_at: datetime | None = None
    problem: str = ""


def read_metadata(path: Path) -> SubmissionMetadata:
    """Reads the file. Never raises: a grading is worth more than its time."""
    try:
        with path.open("rb") as file:
            raw = file.read(_MAX_BYTES + 1)
        found: Any = json.loads(raw[:_MAX_BYTES])
    except (OSError, ValueError, RecursionError) as error:
        return SubmissionMetadata(problem=f"it cannot be read: {error}")
    if not isinstance(found, dict):
        return SubmissionMetadata(problem="it is no JSON object")
    assignment = found.get("assignment")
    due = assignment.get("due_date") if isinstance(assignment, dict) else None
    created_at = _moment(found.get("created_at"))
    return SubmissionMetadata(
        id=str(found.get("id", ""))[:40],
        created_at=created_at,
        due_at=_moment(due),
        problem="" if created_at else "it says no time of submission",
    )


def _moment(text: object) -> datetime | None:
    """A time that names its zone."""
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
