"""What every format for a student says of a grading as a whole, and of an item."""

from graders.records import STYLE
from graders.reports.shown import Shown, ShownItem
from graders.reports.wording import OUTCOMES, on_top, points, worst


def headline(seen: Shown, until: str) -> str:
    """The points, or why they are not told.

    Args:
        seen: the grading.
        until: when what is kept back is shown, as a sentence ends; empty if never.
    """
    most = points(seen.max_points)
    if seen.points is None:
        when = f"are shown {until}" if until else "are not shown here"
        return f"Of {most} points; yours {when}, as hidden checks decide on them"
    if seen.waiting:
        return f"{points(seen.points)} of {most} points so far"
    bonus = on_top(seen.items) if seen.points == seen.raw else ""
    return f"{points(seen.points)} of {most} points{bonus}"


def outcome_of(item: ShownItem) -> str:
    """The outcome of an item, in a word or a few."""
    if item.manual:
        if item.adjustment is not None:
            return "graded by a person"
        return "waits for a person" if item.waiting else "not graded on its own"
    if item.outcome is not None:
        return OUTCOMES[item.outcome]
    outcomes = [finding.outcome for finding in item.findings]
    if item.id == STYLE or not outcomes:
        return "not shown"
    return f"public checks: {OUTCOMES[worst(outcomes)]}"
