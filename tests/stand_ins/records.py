"""Small records, as a grading could have made them."""

from dataclasses import replace
from typing import Any

from graders.records import Finding, ItemScore, Outcome, Record, RecordKey, Score

KEY = RecordKey(
    submission="0123456789abcdef",
    suite="1123456789abcdef",
    data="2123456789abcdef",
    environment="3123456789abcdef",
    seed=0,
)


def finding(check: str = "A2.1.sizes", **parts: Any) -> Finding:
    defaults: dict[str, Any] = {
        "outcome": Outcome.FAILED,
        "task": check.rsplit(".", 1)[0],
        "title": "Sizes of small examples",
        "what": "`output_size` returned a wrong value.",
        "where": "cnn.py:12",
        "fix": "Work it out by hand.",
    }
    return Finding(check=check, **{**defaults, **parts})


def item(*findings: Finding, **parts: Any) -> ItemScore:
    defaults: dict[str, Any] = {
        "id": "A2.1",
        "title": "Output size and same padding",
        "points": 0.0,
        "max_points": 8.0,
        "outcome": Outcome.FAILED,
    }
    return ItemScore(findings=findings, **{**defaults, **parts})


def record(*items: ItemScore, **parts: Any) -> Record:
    if not items:
        passed = finding("A2.2.bias", outcome=Outcome.PASSED, what="", fix="")
        done = {"id": "A2.2", "title": "Convolution", "outcome": Outcome.PASSED}
        items = (item(finding()), item(passed, points=8.0, **done))
    defaults: dict[str, Any] = {
        "assignment": "assignment2_cnn",
        "student": "student_a",
        "filename": "cnn.py",
        "key": KEY,
        "public_only": False,
        "observations": (),
        "findings": tuple(found for one in items for found in one.findings),
        "score": Score(items=items),
        "duration_s": 1.5,
    }
    return Record(**{**defaults, **parts})


def style_finding(number: int = 1, **parts: Any) -> Finding:
    defaults: dict[str, Any] = {
        "task": "style",
        "title": "An unused import",
        "what": f"`os{number}` is imported and never used.",
        "where": f"cnn.py:{number}",
        "fix": "Delete the import.",
        "detail": "Whoever reads the file looks for its use in vain.",
    }
    return finding(f"style.unused_import.{number}", **{**defaults, **parts})


def styled_record(*findings: Finding, points: float = 0, **parts: Any) -> Record:
    """The usual record, with style that gives some points, or advice."""
    style = item(
        *findings,
        id="style",
        title="Style of a proof of concept"
        if points
        else "Style (advisory, no points)",
        points=points / 2,
        max_points=points,
        outcome=Outcome.FAILED if points else Outcome.PASSED,
    )
    plain = record(**parts)
    return replace(plain, style=findings, score=replace(plain.score, style=style))


def bonus_record(**parts: Any) -> Record:
    """All points of one task, and 2 of 3 points that come on top."""
    passed = finding(outcome=Outcome.PASSED)
    defaults = {"id": "A2.2", "title": "Convolution", "points": 2.0, "max_points": 3.0}
    return record(
        item(passed, points=8.0, outcome=Outcome.PASSED),
        item(finding("A2.2.bias"), bonus=True, **{**defaults, **parts}),
    )
