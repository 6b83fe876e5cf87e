"""What every format says of a finding, and what it keeps back."""

import unicodedata
from collections.abc import Iterable
from typing import Protocol

from graders.records import Finding, Outcome, Score

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


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """The one that asks for attention first.

    >>> worst([Outcome.PASSED, Outcome.BLOCKED])
    <Outcome.BLOCKED: 'blocked'>
    """
    found = set(outcomes)
    order = (Outcome.BROKEN, Outcome.FAILED, Outcome.BLOCKED)
    return next((outcome for outcome in order if outcome in found), Outcome.PASSED)


def how(finding: Finding, told: set[str]) -> str:
    """What to do; a hint that was told already is not told again."""
    if finding.misconception is None:
        return visible(finding.fix)
    if finding.misconception in told:
        return "As above: it is the same mistake."
    told.add(finding.misconception)
    return visible(finding.fix)


def of_style(found: Iterable[Finding]) -> tuple[list[Finding], str]:
    """The findings of style that are told, and a sentence about the others."""
    findings = [finding for finding in found if finding.outcome in _TOLD]
    told = findings[:MOST_OF_STYLE]
    left = len(findings) - len(told)
    return told, f"... and {left} more of this kind." if left else ""


def unopened(score: Score) -> str:
    """Why points for style are missing that no finding has cost; empty if none are.

    Each task that has earned points opens an equal part of them; a bonus opens none.
    """
    tasks = [item for item in score.items if not item.bonus]
    num_tasks = len(tasks)
    num_earning = sum(item.points > 0 for item in tasks)
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


class Earning(Protocol):
    """Something that points can come from."""

    @property
    def points(self) -> float | None:
        """None if they are not known."""

    @property
    def max_points(self) -> float:
        """That can be had."""

    @property
    def bonus(self) -> bool:
        """Whether they come on top."""


def points_of(item: Earning) -> str:
    """What an item came to: of how many points, or that they come on top.

    >>> from graders.records import ItemScore
    >>> item = {"id": "A2.1", "title": "", "outcome": Outcome.FAILED, "findings": ()}
    >>> points_of(ItemScore(points=3, max_points=8, **item))
    '3 / 8'
    >>> points_of(ItemScore(points=3, max_points=8, bonus=True, **item))
    '+3 bonus'
    """
    earned = "?" if item.points is None else points(item.points)
    return f"+{earned} bonus" if item.bonus else f"{earned} / {points(item.max_points)}"


def on_top(items: Iterable[Earning]) -> str:
    """How much of a sum is a bonus, as a sentence goes on; empty if none can be had."""
    bonus = [item for item in items if item.bonus]
    if not bonus:
        return ""
    earned = points(sum(item.points or 0 for item in bonus))
    return f", with {earned} of {points(sum(i.max_points for i in bonus))} bonus points"


def _is_unseen(category: str) -> bool:
    """Of characters that show nothing, or that end a line or a paragraph."""
    return category[0] == "C" or category in ("Zl", "Zp")


def visible(text: str) -> str:
    """Text without control, escape and direction-changing characters, in our lines.

    >>> visible("a\\x1b[31mb")
    'a�[31mb'
    """
    if text.isprintable():  # As nearly all are, and then nothing is unseen.
        return text
    return "".join(
        c if c in "\n\t" or not _is_unseen(unicodedata.category(c)) else "�"
        for c in text
    )
