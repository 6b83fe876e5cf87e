"""Which part of what waits is looked at, and how far one is."""

from dataclasses import dataclass, field

import sqlalchemy as sa

from graders.errors import UsageError
from graders.marks import GradedAssignment, nearest, require_student
from graders.records import STYLE
from graders.review.cases import Nearness
from graders.review.ordering import Shard


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which part of what waits is looked at, and how.

    Args:
        item: id; empty for the whole mark, None for all.
        student: name of a student or a group; None for all.
        near: which marks are borderline.
        shard: the part that is this reviewer's.
        seed: of the order, and of neutral numbers.
        anonymous: whether students are told by numbers.
    """

    item: str | None = None
    student: str | None = None
    near: Nearness = field(default_factory=Nearness)
    shard: Shard = field(default_factory=Shard)
    seed: int = 0
    anonymous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a reviewer is.

    Args:
        decided: cases with a draft.
        total: cases.
        minutes: that are left, at this pace; None as long as it is not known.
    """

    decided: int
    total: int
    minutes: int | None

    def __str__(self) -> str:
        left = ""
        if self.minutes is not None and self.decided < self.total:
            unit = "minute" if self.minutes == 1 else "minutes"
            left = f", about {self.minutes} {unit} left"
        return f"{self.decided} of {self.total} decided{left}"


def items_of(graded: GradedAssignment) -> list[str]:
    """Ids of all items, as the rubric has them."""
    rubric = graded.rubric
    style = [STYLE] if rubric.style and rubric.style.points else []
    tasks = [task.id for task in rubric.tasks]
    return [*tasks, *style, *(one.id for one in rubric.manual)]


def require_known(
    connection: sa.Connection, graded: GradedAssignment, chosen: Selection
) -> None:
    """Refuses an item or a student that there is not.

    Raises:
        UsageError: with those that there are.
    """
    if chosen.student is not None:
        require_student(connection, graded.name, chosen.student)
    items = items_of(graded)
    if chosen.item and chosen.item not in items:
        raise UsageError(
            f"there is no item {chosen.item!r}",
            "--item",
            nearest(chosen.item, items) or f"Items: {', '.join(items)}.",
        )
