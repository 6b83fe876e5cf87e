"""A small class in a ledger: two tasks by checks, one item by a person."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from graders.ledger import Graded, Ledger, hand_in, keep, start_run
from graders.marks import StudentMark, read_marks, use_rubric
from graders.records import Finding, Outcome, Submission
from graders.records.storing import PackedRecord
from graders.rubric import Rubric, award
from tests.stand_ins.records import KEY, record

CHECKS = ("A9.1.sizes", "A9.1.shapes", "A9.2.bias", "A9.2.strides")
GROUPS = {"public": "aa", "hidden": "bb"}


def rubric(version: int = 1, points: str = "6 4 5 5", **parts: Any) -> Rubric:
    """Points of `CHECKS`, in their order."""
    values = list(map(float, points.split()))
    tasks = [
        {
            "id": name,
            "title": f"Task {name[-1]}",
            "functions": {},
            "points": sum(own),
            "checks": dict(zip(checks, own, strict=True)),
        }
        for name, checks, own in (
            ("A9.1", ("sizes", "shapes"), values[:2]),
            ("A9.2", ("bias", "strides"), values[2:]),
        )
    ]
    manual = [{"id": "A9.M1", "title": "The report", "points": 10}]
    limits = {"load_s": 1, "check_s": 1, "submission_s": 9}
    given = {
        **{"schema": 1, "assignment": "assignment9_small", "names": ["assignment9"]},
        **{"version": version, "title": "Small", "file": "small.py", "tasks": tasks},
        **{"limits": {**limits, "memory_mib": 512, "output_kib": 16}},
        **{"manual": manual, **parts},
    }
    of_tasks = sum(task["points"] for task in given["tasks"])
    others = [*given["manual"], given.get("style") or {}]
    total = of_tasks + sum(item.get("points", 0) for item in others)
    return Rubric.model_validate({"points": total, **given})


def late_policy(**parts: Any) -> dict[str, Any]:
    """Due on an evening in Berlin; a day late costs a tenth."""
    return {
        **{"due": "2026-10-09 23:59", "timezone": "Europe/Berlin"},
        **{"late": {"per_day": 0.1}, **parts},
    }


def grade_class(
    ledger: Ledger,
    by: Rubric,
    failed: Mapping[str, str],
    times: Mapping[str, datetime] | None = None,
    **parts: Any,
) -> None:
    """Grades students: of each, the checks that failed; the others have passed.

    Args:
        ledger: where.
        by: the rubric.
        failed: names of checks by student, `"sizes bias"`.
        times: when they handed in.
        parts: of their records.
    """
    row = use_rubric(ledger, by)
    run = start_run(ledger, "batch", by.assignment, {})
    for name, checks in failed.items():
        # One more word than the last time is another attempt.
        text = f"# {name}: {checks}\n"
        handed_in = Submission(
            student=name,
            filename=by.file,
            source=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            submitted_at=(times or {}).get(name),
        )
        hand_in(ledger, by.assignment, [handed_in], run)
        kept = graded(by, checks, handed_in.content, **parts)
        keep(ledger, run, [Graded(kept, row.id, None)], GROUPS)


def graded(by: Rubric, failed: str, content: str, **parts: Any) -> PackedRecord:
    """A grading in which some checks have failed."""
    findings = tuple(
        finding(name, Outcome.FAILED if _short(name) in failed else Outcome.PASSED)
        for name in (f"{task.id}.{check}" for task in by.tasks for check in task.checks)
    )
    made = record(
        assignment=by.assignment,
        filename=by.file,
        key=replace(KEY, submission=content),
        findings=findings,
    )
    given = replace(made, **parts)
    return PackedRecord(
        replace(given, score=award(by, given.findings, given.style)), {}
    )


def finding(check: str, outcome: Outcome, **parts: Any) -> Finding:
    name = _short(check)
    return Finding(
        check=check,
        task=check.rpartition(".")[0],
        title=f"The {name}",
        outcome=outcome,
        **{"what": f"The {name} are wrong." if outcome is Outcome.FAILED else ""}
        | parts,
    )


def marks(ledger: Ledger, by: Rubric, proposal: int | None = None) -> dict[str, float]:
    """Points by student."""
    return {
        name: one.mark.points
        for name, one in student_marks(ledger, by, proposal).items()
        if one.mark
    }


def student_marks(
    ledger: Ledger, by: Rubric, proposal: int | None = None
) -> dict[str, StudentMark]:
    with ledger.reading() as connection:
        found = read_marks(connection, by.assignment, by, proposal=proposal)
    return {one.student: one for one in found}


def _short(check: str) -> str:
    return check.rpartition(".")[2]
