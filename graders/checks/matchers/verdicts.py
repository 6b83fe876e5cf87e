"""Findings in a check's own words."""

from graders.records import Finding, Outcome


def passed() -> Finding:
    """Nothing to say."""
    return Finding(outcome=Outcome.PASSED)


def failed(
    what: str, *, fix: str = "", detail: str = "", misconception: str | None = None
) -> Finding:
    """A finding in the check's own words."""
    return Finding(
        outcome=Outcome.FAILED,
        what=what,
        fix=fix,
        detail=detail,
        misconception=misconception,
    )


def holds(
    condition: bool,
    what: str,
    *,
    fix: str = "",
    detail: str = "",
    misconception: str | None = None,
) -> Finding:
    """Passed if the condition holds; otherwise failed with `what`."""
    if condition:
        return passed()
    return failed(what, fix=fix, detail=detail, misconception=misconception)
