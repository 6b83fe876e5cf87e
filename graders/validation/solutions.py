"""Solutions whose worth is known before they are graded."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from graders.authoring.composing import compose
from graders.authoring.stubbing import make_stub
from graders.loading import Assignment
from graders.records import Submission


class Role(StrEnum):
    """What a solution is worth."""

    RIGHT = "right"
    STUB = "stub"
    CATALOGUE = "catalogue"
    """One known misconception in an otherwise right solution."""
    GENERATED = "generated"
    """One change that a mutator made in a right solution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """A whole file that can be graded.

    Args:
        name: where it is from, `wheats/loops.py`.
        role: what it is worth.
        source: its text.
        tasks: ids of the tasks to grade; None for all.
        task: the one whose points a catalogued mistake must lose.
        misconception: the id that must be named then.
    """

    name: str
    role: Role
    source: str
    tasks: tuple[str, ...] | None = None
    task: str = ""
    misconception: str = ""

    def submission(self, filename: str) -> Submission:
        """The same, as if a student had handed it in."""
        return Submission(
            student=self.name,
            filename=filename,
            source=self.source,
            sha256=hashlib.sha256(self.source.encode()).hexdigest(),
        )


def right_solutions(assignment: Assignment) -> list[Solution]:
    """The reference and the wheats."""
    folder = assignment.suite.folder
    paths = [folder / "reference.py", *sorted((folder / "wheats").glob("*.py"))]
    return [
        Solution(
            name=path.relative_to(folder).as_posix(),
            role=Role.RIGHT,
            source=path.read_text("utf-8"),
        )
        for path in paths
    ]


def stub_of(assignment: Assignment) -> Solution:
    """What students receive, made anew from the reference."""
    return Solution(
        name=assignment.rubric.file,
        role=Role.STUB,
        source=make_stub(reference_of(assignment)),
    )


def catalogue_mutants(assignment: Assignment) -> list[Solution]:
    """The reference with one catalogued mistake each."""
    reference = reference_of(assignment)
    mutants = assignment.suite.folder / "mutants"
    return [
        Solution(
            name=f"mutants/{known.mutant}",
            role=Role.CATALOGUE,
            source=compose(reference, (mutants / known.mutant).read_text("utf-8")),
            task=known.task,
            misconception=known.id,
        )
        for known in assignment.suite.catalogue.values()
    ]


def reference_of(assignment: Assignment) -> str:
    """The text of the reference solution."""
    return (assignment.suite.folder / "reference.py").read_text("utf-8")


def text_of(path: Path) -> str:
    """A file that students receive; empty if it is not there."""
    return path.read_text("utf-8") if path.is_file() else ""
