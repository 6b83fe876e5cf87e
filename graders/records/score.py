"""Points per rubric item."""

from dataclasses import dataclass

from graders.records.finding import Finding, Outcome

STYLE = "style"
"""Id of the item for style."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemScore:
    """One item of the rubric: its points and the findings they come from.

    The points of a bonus come on top of what could be had.
    """

    id: str
    title: str
    points: float
    max_points: float
    outcome: Outcome
    findings: tuple[Finding, ...]
    bonus: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The items and their sums.

    Args:
        items: one per task that was graded.
        style: the item for style, if the rubric has one; without points, it is advice.
    """

    items: tuple[ItemScore, ...]
    style: ItemScore | None = None

    @property
    def counted(self) -> tuple[ItemScore, ...]:
        """All items that points can come from."""
        if self.style is None or not self.style.max_points:
            return self.items
        return (*self.items, self.style)

    @property
    def advice(self) -> ItemScore | None:
        """The style, where it gives no points."""
        return None if self.style is None or self.style.max_points else self.style

    @property
    def points(self) -> float:
        """Sum of the points of all items, a bonus included."""
        return round(sum(item.points for item in self.counted), 6)

    @property
    def max_points(self) -> float:
        """Sum of the points that could be had, without a bonus."""
        return round(sum(item.max_points for item in self.counted if not item.bonus), 6)

    @property
    def broken(self) -> bool:
        """Whether anything that counts could not be decided through our own fault."""
        return any(item.outcome is Outcome.BROKEN for item in self.counted)
