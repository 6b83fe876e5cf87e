"""Findings → Score. The only place where points are made."""

from collections.abc import Iterable

from graders.errors import AssignmentError
from graders.records import Finding, ItemScore, Outcome, Score
from graders.rubric.reading import Rubric, Task

_EARNS = {Outcome.PASSED, Outcome.BROKEN}


def award(rubric: Rubric, findings: Iterable[Finding]) -> Score:
    """Points per task, over the checks that were run.

    A check that passed earns its points. So does a broken one, provisionally: our
    own fault never costs a student anything, and the item says that a person must
    look. Tasks without any finding (another task was asked for) are left out.

    Raises:
        AssignmentError: if a finding has no points in the rubric.
    """
    by_check = {finding.check: finding for finding in findings}
    known = {f"{task.id}.{name}" for task in rubric.tasks for name in task.checks}
    unknown = sorted(set(by_check) - known)
    if unknown:
        raise AssignmentError(
            f"the rubric gives no points for the check {unknown[0]!r}",
            "rubric.yaml",
            f"Add {unknown[0].rsplit('.', 1)[1]!r} to the checks of its task.",
        )
    items = (_item(task, by_check) for task in rubric.tasks)
    return Score(items=tuple(item for item in items if item.findings))


def _item(task: Task, by_check: dict[str, Finding]) -> ItemScore:
    rows = [
        (by_check[check], points)
        for name, points in task.checks.items()
        if (check := f"{task.id}.{name}") in by_check
    ]
    return ItemScore(
        id=task.id,
        title=task.title,
        points=sum(points for found, points in rows if found.outcome in _EARNS),
        max_points=sum(points for _, points in rows),
        outcome=_outcome([found.outcome for found, _ in rows]),
        findings=tuple(found for found, _ in rows),
    )


def _outcome(outcomes: list[Outcome]) -> Outcome:
    """The one that asks for attention first."""
    for outcome in (Outcome.BROKEN, Outcome.FAILED, Outcome.BLOCKED):
        if outcome in outcomes:
            return outcome
    return Outcome.PASSED
