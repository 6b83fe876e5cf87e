"""What a reviewer looks at: the file, and what the checks found."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from graders.ledger import submission_of
from graders.marks import records_of
from graders.records import Finding, Outcome, Record
from graders.reports.wording import OUTCOMES, visible
from graders.review.cases import Case
from graders.review.code import Excerpt, excerpt

_ORDER = (Outcome.BROKEN, Outcome.FAILED, Outcome.BLOCKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What one case is decided by. All of its text is safe to be shown.

    Args:
        filename: of the submission.
        part: of the file, that the item is about.
        whole: all of the file.
        found: what checks found that is not passed, as lines; the title is first.
        num_passed: checks that passed.
        note: why nothing could be run; empty if it could.
    """

    filename: str
    part: Excerpt
    whole: Excerpt
    found: tuple[tuple[str, ...], ...]
    num_passed: int
    note: str = ""


def read_evidence(connection: sa.Connection, assignment: str, case: Case) -> Evidence:
    """Reads what is known of a case.

    Args:
        connection: of the ledger.
        assignment: its name.
        case: which.
    """
    attempt = case.one.attempt
    handed_in = submission_of(connection, assignment, attempt.content)
    source = handed_in.source if handed_in else ""
    records = [r for _, r in records_of(connection, assignment, [case.one])]
    findings = _findings(records[0], case) if records else ()
    unpassed = sorted(
        (one for one in findings if one.outcome in _ORDER),
        key=lambda one: _ORDER.index(one.outcome),
    )
    return Evidence(
        filename=visible(attempt.filename),
        part=excerpt(source, case.functions),
        whole=excerpt(source, ()),
        found=tuple(_told(one) for one in unpassed),
        num_passed=sum(one.outcome is Outcome.PASSED for one in findings),
        note=visible(case.one.standing.note) if case.one.standing else "",
    )


def _findings(record: Record, case: Case) -> Sequence[Finding]:
    """Those of the item; for one that a person grades, those of style.

    The reason why nothing could be run belongs to no item, so it is of each.
    """
    if not case.item:
        return (*record.findings, *record.style)
    if case.automatic is None:
        return record.style
    for item in (*record.score.items, record.score.style):
        if item is not None and item.id == case.item:
            return item.findings
    return ()


def _told(finding: Finding) -> tuple[str, ...]:
    """What, where and how; for the teacher, so what is hidden is told too."""
    hidden = " (hidden)" if finding.hidden else ""
    title = f"{OUTCOMES[finding.outcome]}: {finding.title or finding.check}{hidden}"
    what = f"{finding.what} {finding.detail}".strip()
    lines = [title, what, finding.where and f"at {finding.where}", finding.fix]
    return tuple(visible(line) for line in lines if line)
