"""One grading as Gradescope's `results.json`.

Gradescope itself decides when a student sees what is hidden: each test says from when
on. A score that is not ours to give yet is left out, since Gradescope would take any
number for a mark.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from graders import __version__
from graders.records import Finding, Mark, Outcome, Record
from graders.reports.accounting import accounting
from graders.reports.shown import Shown, ShownItem, shown
from graders.reports.wording import shown_printed, shown_what, visible
from graders.rubric import HiddenItems, Rubric

_MOST_CHARACTERS = 8000
_FROM = {
    None: "visible",
    HiddenItems.AFTER_DUE: "after_due_date",
    HiddenItems.AFTER_PUBLISHING: "after_published",
    HiddenItems.NEVER: "hidden",
}
UNDECIDED = (
    "A check of the grader's own was broken, so there is no score yet. This is not a"
    " zero, and it costs you nothing: the course staff has to look at it."
)
_BROKEN = "Undecided: this check of the grader's own was broken. It costs you nothing."


def render_results(
    record: Record,
    rubric: Rubric,
    mark: Mark | None = None,
    *,
    notes: Sequence[str] = (),
    facts: dict[str, Any] | None = None,
) -> bytes:
    """The file; the arguments of `results_document`."""
    document = results_document(record, rubric, mark, notes=notes, facts=facts)
    return as_file(document)


def as_file(document: dict[str, Any]) -> bytes:
    """A document as the bytes of `results.json`; no NaN, which is no JSON."""
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    return text.encode() + b"\n"


def results_document(
    record: Record,
    rubric: Rubric,
    mark: Mark | None = None,
    *,
    notes: Sequence[str] = (),
    facts: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The document as plain values.

    Args:
        record: the grading.
        rubric: whose policy says when hidden checks are shown.
        mark: what it counts; None if nothing but its checks does.
        notes: sentences for the student, above the tests.
        facts: kept in `extra_data`, where students do not see them.
    """
    from_when = _FROM[rubric.policy.hidden_items if rubric.policy else None]
    seen = shown(record, mark, hidden_shown=from_when == "visible")
    whole = shown(record, mark, hidden_shown=True)
    undecided = mark.broken if mark else record.score.broken
    kept_back = {item.id for item in seen.items if item.kept_back}
    tests = [
        test
        for item in whole.items
        if not item.waiting
        for test in _tests(item, rubric, from_when, item.id in kept_back)
    ]
    if whole.problem is not None:
        # What is told above need not be told by every test again.
        tests = [{**test, "output": "Not run."} for test in tests]
    document: dict[str, Any] = {
        "output": _output(seen, [UNDECIDED, *notes] if undecided else notes),
        "output_format": "text",
        "test_output_format": "text",
        "stdout_visibility": "hidden",
        "tests": tests,
        "extra_data": _extra(record, rubric, facts or {}),
    }
    if whole.points is not None and not undecided:
        document["score"] = whole.points
    if seen.duration_s is not None:
        document["execution_time"] = seen.duration_s
    return document


def no_score(output: str, facts: dict[str, Any] | None = None) -> dict[str, Any]:
    """What is said where nothing could be graded, through no fault of the student's.

    There are no tests in it either: Gradescope would add none of them up to zero.
    """
    return {
        "output": _cut(output),
        "output_format": "text",
        "stdout_visibility": "hidden",
        "extra_data": {"survival_school": __version__, **(facts or {})},
    }


def _output(seen: Shown, notes: Iterable[str]) -> str:
    parts = [*notes, *accounting(seen)]
    if seen.problem is not None:
        parts += ["The file could not be graded.", *_words(seen.problem)]
    return _cut("\n".join(parts))


def _tests(
    item: ShownItem, rubric: Rubric, from_when: str, kept_back: bool
) -> list[dict[str, Any]]:
    """One test per check where their points are the item's, else one for the item."""
    task = next((task for task in rubric.tasks if task.id == item.id), None)
    worth = {f"{task.id}.{name}": p for name, p in task.checks.items()} if task else {}
    by_check = item.adjustment is None and bool(item.findings)
    if by_check and all(finding.check in worth for finding in item.findings):
        return [
            _of_check(finding, number, worth[finding.check], item, from_when)
            for number, finding in enumerate(item.findings, 1)
        ]
    return [_of_item(item, from_when if kept_back else "visible")]


def _of_check(
    finding: Finding, number: int, worth: float, item: ShownItem, from_when: str
) -> dict[str, Any]:
    test: dict[str, Any] = {
        "number": f"{item.id}.{number}",
        "name": _line(finding.title or finding.check),
        # What comes on top has no maximum of its own, or it would count as missing.
        "max_score": 0 if item.bonus else worth,
        "visibility": from_when if finding.hidden else "visible",
        "output": _cut("\n".join(_words(finding))),
        "extra_data": {"check": finding.check, "outcome": finding.outcome.value},
    }
    if finding.outcome is Outcome.BROKEN:
        return {**test, "output": _BROKEN}
    passed = finding.outcome is Outcome.PASSED
    return {
        **test,
        "score": worth if passed else 0,
        "status": "passed" if passed else "failed",
    }


def _of_item(item: ShownItem, visibility: str) -> dict[str, Any]:
    words = [_cut("\n".join(_words(f))) for f in item.findings if not f.hidden]
    if item.adjustment is not None:
        words.insert(0, f"Points by a person: {visible(item.adjustment.reason)}")
    test: dict[str, Any] = {
        "number": item.id,
        "name": _line(item.title or item.id),
        "max_score": 0 if item.bonus else item.max_points,
        "visibility": visibility,
        "output": _cut("\n\n".join(filter(None, words))),
    }
    if item.outcome is Outcome.BROKEN and item.adjustment is None:
        return {**test, "output": _BROKEN}
    return {**test, "score": item.points}


def _words(finding: Finding) -> list[str]:
    if finding.outcome is Outcome.PASSED:
        return []
    printed = shown_printed(finding)
    parts = [
        shown_what(finding),
        f"where: {visible(finding.where)}" if finding.where else "",
        f"how: {visible(finding.fix)}" if finding.fix else "",
        f"It printed:\n{printed}" if printed else "",
    ]
    return [part for part in parts if part]


def _extra(record: Record, rubric: Rubric, facts: dict[str, Any]) -> dict[str, Any]:
    """The receipt: what it takes to repeat this grading, or to explain it."""
    return {
        "survival_school": __version__,
        "assignment": record.assignment,
        "rubric_version": rubric.version,
        "key": asdict(record.key),
        "walls": {"tier": record.tier.value, "layers": list(record.layers)},
        "versions": dict(record.versions),
        "duration_s": record.duration_s,
        **facts,
    }


def _line(text: str) -> str:
    return visible(text).replace("\n", " ")[:200]


def _cut(text: str) -> str:
    """Text that Gradescope shows as it is: visible, and not without end."""
    if len(text) <= _MOST_CHARACTERS:
        return visible(text)
    return visible(text[:_MOST_CHARACTERS]) + "\n... and more, which is left out here."
