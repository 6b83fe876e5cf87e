"""Findings → Score. The only place where points are made."""

from collections.abc import Iterable

from graders.errors import AssignmentError
from graders.records import STYLE, Finding, ItemScore, Outcome, Score
from graders.rubric.reading import Rubric, StyleItem, Task

_EARNS = {Outcome.PASSED, Outcome.BROKEN}


def award(
    rubric: Rubric, findings: Iterable[Finding], style: Iterable[Finding] = ()
) -> Score:
    """Points per task, over the checks that were run.

    A check that passed earns its points. So does a broken one, provisionally: our
    own fault never costs a student anything, and the item says that a person must
    look. Tasks without any finding (another task was asked for) are left out, and so
    are items that a person grades.

    Args:
        rubric: the points.
        findings: one per check that was run.
        style: what was found of style; none if it was not looked at.

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
    kept = tuple(item for item in items if item.findings)
    found = tuple(style)
    if rubric.style is None or not found:
        return Score(items=kept)
    if not rubric.style.points:
        return Score(items=kept, style=_advice(found))
    return Score(items=kept, style=_style(rubric.style, found, kept))


def _advice(found: tuple[Finding, ...]) -> ItemScore:
    """Findings that change nothing: with them, the item has still passed."""
    outcomes = {finding.outcome for finding in found} - {Outcome.FAILED}
    return ItemScore(
        id=STYLE,
        title="Style (advisory, no points)",
        points=0,
        max_points=0,
        outcome=_outcome(list(outcomes)),
        findings=found,
    )


def _style(
    style: StyleItem, found: tuple[Finding, ...], tasks: tuple[ItemScore, ...]
) -> ItemScore:
    """Points for style, an equal part of them for each task that has earned any.

    A file in which nothing works yet is not praised for being tidy. A bonus opens no
    part: who leaves it out loses nothing.
    """
    tasks = tuple(item for item in tasks if not item.bonus)
    outcomes = [finding.outcome for finding in found]
    num_earning = sum(item.points > 0 for item in tasks)
    points = 0.0
    if Outcome.BLOCKED not in outcomes and tasks:
        opened = style.points * num_earning / len(tasks)
        cost = style.per_finding * outcomes.count(Outcome.FAILED)
        points = round(max(0.0, opened - cost), 2)
    if num_earning < len(tasks):
        outcomes.append(Outcome.BLOCKED)
    return ItemScore(
        id=STYLE,
        title=f"Style of a {style.stage.words}",
        points=points,
        max_points=style.points,
        outcome=_outcome(outcomes),
        findings=found,
    )


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
        bonus=task.bonus,
    )


def _outcome(outcomes: list[Outcome]) -> Outcome:
    """The one that asks for attention first."""
    for outcome in (Outcome.BROKEN, Outcome.FAILED, Outcome.BLOCKED):
        if outcome in outcomes:
            return outcome
    return Outcome.PASSED
