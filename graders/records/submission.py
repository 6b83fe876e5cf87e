"""What a student handed in."""

from dataclasses import dataclass

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
    """

    student: str
    filename: str
    source: str
    sha256: str
    problem: Finding | None = None
