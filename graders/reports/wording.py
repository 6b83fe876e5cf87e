"""What every format says of a finding, and what it keeps back."""

import unicodedata
from collections.abc import Iterable

from graders.records import Finding, ItemScore, Outcome, Record, Score

OUTCOMES = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "to do",
    Outcome.BLOCKED: "not run",
    Outcome.BROKEN: "undecided",
}
MOST_OF_STYLE = 5
_TOLD = {Outcome.FAILED, Outcome.BROKEN}


def shown_what(finding: Finding) -> str:
    """What a student reads: details of public checks, never of hidden ones."""
    if finding.hidden or not finding.detail:
        return visible(finding.what)
    return visible(f"{finding.what} {finding.detail}")


def shown_printed(finding: Finding) -> str:
    """What the submission printed, for public checks: it could print a hidden input."""
    return "" if finding.hidden else visible(finding.printed).strip()


def unpassed(findings: Iterable[Finding]) -> list[Finding]:
    """The failed and broken findings, each only once where words repeat."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for finding in findings:
        mark = (finding.what, finding.where)
        if finding.outcome in _TOLD and mark not in seen:
            seen.add(mark)
            kept.append(finding)
    return kept


def untold(findings: Iterable[Finding]) -> list[str]:
    """Sentences about the checks that have no words of their own.

    Those that found the same as another one, and those that were not run: without
    them, the points that are told would not add up.
    """
    findings = list(findings)
    told = sum(finding.outcome in _TOLD for finding in findings)
    again = told - len(unpassed(findings))
    checks = "1 more check" if again == 1 else f"{again} more checks"
    same = [f"{checks} found the same."] if again else []
    return [*same, *filter(None, [waiting(findings)])]


def waiting(findings: Iterable[Finding]) -> str:
    """One sentence about the checks that were not run; empty if all were.

    >>> blocked = Finding(outcome=Outcome.BLOCKED, what="Not run, because of this.")
    >>> waiting([blocked, blocked])
    '2 checks were not run, because of this.'
    """
    blocked = [finding for finding in findings if finding.outcome is Outcome.BLOCKED]
    if not blocked:
        return ""
    reason = visible(blocked[0].what).removeprefix("Not run")
    count = "1 check was" if len(blocked) == 1 else f"{len(blocked)} checks were"
    return f"{count} not run{reason}"


def how(finding: Finding, told: set[str]) -> str:
    """What to do; a hint that was told already is not told again."""
    if finding.misconception is None:
        return visible(finding.fix)
    if finding.misconception in told:
        return "As above: it is the same mistake."
    told.add(finding.misconception)
    return visible(finding.fix)


def common_problem(record: Record) -> Finding | None:
    """The one finding behind all others: a file that could not be run at all."""
    first = record.findings[0] if record.findings else None
    if first is None or first.outcome is not Outcome.FAILED:
        return None
    same = all(
        (finding.outcome, finding.what) == (first.outcome, first.what)
        for finding in record.findings
    )
    return first if same and len(record.findings) > 1 else None


def of_style(item: ItemScore) -> tuple[list[Finding], str]:
    """The findings of style that are told, and a sentence about the others."""
    findings = [finding for finding in item.findings if finding.outcome in _TOLD]
    told = findings[:MOST_OF_STYLE]
    left = len(findings) - len(told)
    return told, f"... and {left} more of this kind." if left else ""


def unopened(score: Score) -> str:
    """Why points for style are missing that no finding has cost; empty if none are.

    Each task that has earned points opens an equal part of them.
    """
    num_tasks = len(score.items)
    num_earning = sum(item.points > 0 for item in score.items)
    if score.advice or not score.style or num_earning == num_tasks:
        return ""
    return (
        f"Each task that earns points opens a part of these: {num_earning} of"
        f" {num_tasks} so far."
    )


def points(value: float) -> str:
    """Points without needless zeros.

    >>> points(7.0), points(2.5)
    ('7', '2.5')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _is_unseen(category: str) -> bool:
    """Of characters that show nothing, or that end a line or a paragraph."""
    return category[0] == "C" or category in ("Zl", "Zp")


def visible(text: str) -> str:
    """Text without control, escape and direction-changing characters, in our lines.

    >>> visible("a\\x1b[31mb")
    'a�[31mb'
    """
    return "".join(
        c if c in "\n\t" or not _is_unseen(unicodedata.category(c)) else "�"
        for c in text
    )
