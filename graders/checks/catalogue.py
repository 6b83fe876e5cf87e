"""The misconceptions of an assignment: what feedback names, what mutants plant."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Misconception:
    """One mistake that students make.

    Args:
        id: name used by checks, for example `kernel_flipped`.
        task: the task it belongs to.
        title: one sentence that says what is wrong.
        hint: what to look at; shown to the student.
        mutant: file in `mutants/` that makes the mistake.
        row: row of the curriculum's table, if it is from there.
    """

    id: str
    task: str
    title: str
    hint: str
    mutant: str
    row: int | None = None


Catalogue = Mapping[str, Misconception]
