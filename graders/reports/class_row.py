"""One student's row in the table of a class."""

from collections.abc import Iterable
from dataclasses import dataclass

from graders.records import Mark, MarkedItem


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRow:
    """One student, as the table of a class has them.

    Args:
        student: who.
        mark: None as long as there is none.
        group: whose submission it is, where that is not the student's own.
        note: the one reason, if the file could not be run.
        style_faults: how many findings of style there are; None if it was not judged.
        advised: whether style is advice here, and gives no points.
        undecided: why there is no mark.
    """

    student: str
    mark: Mark | None
    group: str = ""
    note: str = ""
    style_faults: int | None = None
    advised: bool = False
    undecided: str = ""

    @property
    def items(self) -> tuple[MarkedItem, ...]:
        """The items that have a column. Points for one that is not graded have none."""
        marked = self.mark.items if self.mark else ()
        return tuple(item for item in marked if item.manual or item.outcome)

    @property
    def outcome(self) -> str:
        """In a word or two."""
        if self.mark is None:
            return "not graded"
        if self.mark.broken:
            return "broken"
        return "waiting" if self.mark.waiting else "graded"


def columns(rows: Iterable[ClassRow]) -> dict[str, MarkedItem]:
    """An item for each column that some rows have between them, by id."""
    found: dict[str, MarkedItem] = {}
    for row in rows:
        for item in row.items:
            found.setdefault(item.id, item)
    return found
