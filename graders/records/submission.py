"""What a student handed in."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from graders.records.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """Files, who, and the content's hash.

    Args:
        student: an identifier, as the folder or the file gives it.
        filename: name of the file, without its folder.
        source: the decoded text; empty if there is a `problem`.
        sha256: hash of the bytes that were handed in.
        problem: set when there is nothing to run (no file, not text, empty).
        submitted_at: when it was handed in, if that is known; with a time zone.
    """

    student: str
    filename: str
    source: str
    sha256: str
    problem: Finding | None = None
    submitted_at: datetime | None = None

    @property
    def content(self) -> str:
        """Hash of all that a grading sees of it: the bytes, and the file's name.

        Code can read the name it was handed in under, and findings quote it. What
        cannot be run is told apart by why.
        """
        why = f"{self.problem.what}\0{self.problem.fix}" if self.problem else ""
        text = f"{self.filename}\0{self.sha256}\0{why}"
        return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]
