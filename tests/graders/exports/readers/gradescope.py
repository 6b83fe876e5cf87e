"""What Gradescope does with `results.json`, by its documented rules.

Which fields there are and what they may hold; that a score is needed for the whole or
for every test; and what a student sees when.
"""

import json
from dataclasses import dataclass

_FORMATS = {"text", "html", "simple_format", "md", "ansi"}
_VISIBILITIES = {"hidden", "after_due_date", "after_published", "visible"}
_TOP = {
    **{"score": (int, float), "execution_time": (int, float), "output": str},
    **{"visibility": str, "stdout_visibility": str, "extra_data": dict},
    **{"tests": list, "leaderboard": list, "output_format": str},
    **{"test_output_format": str, "test_name_format": str},
}
_TEST = {
    **{"score": (int, float), "max_score": (int, float), "status": str, "name": str},
    **{"name_format": str, "number": str, "output": str, "output_format": str},
    **{"tags": list, "visibility": str, "extra_data": dict},
}


class AutograderError(Exception):
    """No score is taken: the submission is shown as not graded."""


@dataclass(frozen=True)
class Seen:
    """What a student sees."""

    text: str
    total: float | None
    names: list[str]


def read(content):
    """Checks all fields, and that there is a score.

    Raises:
        AutograderError: if the autograder is taken to have failed.
    """
    results = check_fields(content)
    tests = results.get("tests", [])
    if "score" not in results and not (tests and all("score" in t for t in tests)):
        raise AutograderError("no score")
    return results


def check_fields(content):
    """Every field is one that there is, and holds what it may."""
    results = json.loads(content)
    _check(results, _TOP)
    for test in results.get("tests", []):
        _check(test, _TEST)
        assert test.get("status", "passed") in {"passed", "failed"}
    return results


def total(results):
    """The score of the whole overrides the sum."""
    return results.get("score", sum(test["score"] for test in results.get("tests", [])))


def seen_by_student(results, *, is_past_due, is_published):
    """Tests that a student sees, and the total, which any hidden test hides."""
    shown = {"visible"}
    shown |= {"after_due_date"} if is_past_due else set()
    shown |= {"after_published"} if is_published else set()
    default = results.get("visibility", "visible")
    tests = results.get("tests", [])
    visible = [t for t in tests if t.get("visibility", default) in shown]
    stdout = results.get("stdout_visibility", "hidden")
    assert stdout == "hidden"
    return Seen(
        text=json.dumps(
            [results.get("output", ""), [_without_extra(t) for t in visible]],
            ensure_ascii=False,
        ),
        total=total(results) if len(visible) == len(tests) else None,
        names=[test["name"] for test in visible],
    )


def _without_extra(test):
    return {key: value for key, value in test.items() if key != "extra_data"}


def _check(found, fields):
    unknown = found.keys() - fields.keys()
    assert not unknown, unknown
    for key, value in found.items():
        assert isinstance(value, fields[key]), (key, value)
        assert not isinstance(value, bool), key
        if key.endswith("visibility"):
            assert value in _VISIBILITIES, value
        if key.endswith("format"):
            assert value in _FORMATS, value
