"""Points per rubric item."""

from dataclasses import dataclass

from graders.records.finding import Finding, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemScore:
    """One task of the rubric: its points and the findings they come from."""

    id: str
    title: str
    points: float
    max_points: float
    outcome: Outcome
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The items and their sums."""

    items: tuple[ItemScore, ...]

    @property
    def points(self) -> float:
        """Sum of the points of all items."""
        return round(sum(item.points for item in self.items), 6)

    @property
    def max_points(self) -> float:
        """Sum of the points that could be had."""
        return round(sum(item.max_points for item in self.items), 6)

    @property
    def broken(self) -> bool:
        """Whether any check could not be decided through our own fault."""
        return any(item.outcome is Outcome.BROKEN for item in self.items)
