"""A small rubric with a policy, scores by it, and what persons decided."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from graders.records import Adjustment, ItemScore, Mark, Outcome, Score
from graders.reports.class_row import ClassRow
from graders.rubric import Policy, Rubric, mark

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str, fold: int = 0) -> datetime:
    """`2026-10-09 23:59` by the clocks of Berlin."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold)


def a_policy(**parts: Any) -> Policy:
    """Due on an evening in Berlin; each day late costs a tenth."""
    defaults = {
        "due": "2026-10-09 23:59",
        "timezone": "Europe/Berlin",
        "late": {"per_day": 0.1},
    }
    return Policy.model_validate({**defaults, **parts})


def a_rubric(policy: Policy | None = None, **parts: Any) -> Rubric:
    """Two tasks of 40 points, a bonus of 5, and 20 that a person gives."""
    tasks = [
        {
            **{"id": f"A9.{number}", "title": f"Task {number}", "points": points},
            **{"functions": {}, "checks": {"values": points}, "bonus": number == 3},
        }
        for number, points in ((1, 40), (2, 40), (3, 5))
    ]
    limits = {"load_s": 1, "check_s": 1, "submission_s": 9}
    return Rubric.model_validate(
        {
            **{"schema": 1, "assignment": "a9", "names": ["a9"], "version": 2},
            **{"title": "Small", "file": "a9.py", "points": 100, "tasks": tasks},
            "limits": {**limits, "memory_mib": 512, "output_kib": 16},
            "manual": [{"id": "A9.M1", "title": "The report", "points": 20}],
            "policy": policy,
            **parts,
        }
    )


def an_item(number: int, points: float, **parts: Any) -> ItemScore:
    defaults: dict[str, Any] = {
        "id": f"A9.{number}",
        "title": f"Task {number}",
        "points": points,
        "max_points": 40,
        "outcome": Outcome.PASSED,
        "findings": (),
    }
    return ItemScore(**{**defaults, **parts})


def a_score(first: float = 40, second: float = 40, bonus: float = 5) -> Score:
    """A score by the rubric."""
    return Score(
        items=(
            an_item(1, first),
            an_item(2, second),
            an_item(3, bonus, max_points=5, bonus=True),
        )
    )


def adjusted(
    item: str, points: float | None, hour: int = 0, **parts: Any
) -> Adjustment:
    """Made at an hour of one day."""
    defaults: dict[str, Any] = {"reason": "I read it.", "who": "instructor"}
    moment = datetime(2026, 10, 20, hour, tzinfo=UTC)
    return Adjustment(item=item, points=points, at=moment, **{**defaults, **parts})


def a_mark(
    score: Score | None = None,
    *,
    policy: Policy | None = None,
    manual: bool = False,
    **parts: Any,
) -> Mark:
    """By the small rubric, or by one without anything that a person gives."""
    rubric = a_rubric(policy)
    if not manual:
        rubric = a_rubric(policy, points=80, manual=[])
    return mark(rubric, score or a_score(), **parts)


def a_row(student: str = "student_a", **parts: Any) -> ClassRow:
    """Of a student who has all points."""
    defaults: dict[str, Any] = {"mark": a_mark()}
    return ClassRow(student=student, **{**defaults, **parts})
