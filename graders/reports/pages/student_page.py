"""A grading as a page: what to do first, every item, pictures, and the receipt."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from graders.records import STYLE, Finding, Mark, Outcome, Record
from graders.reports.accounting import accounting
from graders.reports.pages.pictures import pictures
from graders.reports.pages.rendering import render_page
from graders.reports.shown import Shown, ShownItem, shown
from graders.reports.shown_wording import headline, outcome_of
from graders.reports.wording import (
    OUTCOMES,
    how,
    of_style,
    points,
    points_of,
    shown_printed,
    shown_what,
    unpassed,
    untold,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A finding, in words.

    Args:
        title: of the check.
        kind: whether it is hidden, and what it came to.
        what: was found.
        where: in the file.
        how: to mend it.
        printed: by the submission meanwhile; theirs, not ours.
        ours: whether it is our fault, and nothing for the student to do.
    """

    title: str
    kind: str
    what: str
    where: str
    how: str
    printed: str = ""
    ours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """An item with something to do.

    Args:
        item: which.
        told: what its checks found.
        notes: sentences about the others.
    """

    item: ShownItem
    told: tuple[Told, ...]
    notes: tuple[str, ...]


def render_student_page(
    record: Record,
    mark: Mark | None = None,
    *,
    hidden_shown: bool = True,
    hidden_until: str = "",
    graded_at: datetime | None = None,
) -> str:
    """One HTML file for the student.

    Args:
        record: the grading. Pictures are made of its observations of public checks.
        mark: what it counts; None if nothing but its checks does.
        hidden_shown: whether the student may see what hidden checks found. If not,
            nothing tells of it.
        hidden_until: when they may, as a sentence ends; empty if never.
        graded_at: when the file was run.
    """
    seen = shown(record, mark, hidden_shown=hidden_shown)
    problem = _told(seen.problem, set()) if seen.problem else None
    sections = [] if problem else list(_sections(seen))
    return render_page(
        "student.html",
        style="student.css",
        record=record,
        seen=seen,
        headline=headline(seen, hidden_until),
        problem=problem,
        first=problem or _first(sections, seen),
        sections=sections,
        undecided=any(told.ours for one in sections for told in one.told),
        accounting=accounting(seen),
        pictures=pictures(record),
        graded_at=graded_at and graded_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M"),
        explain=shlex.join(["grade", "explain", record.student, record.assignment]),
        outcome_of=outcome_of,
        points=points,
        points_of=points_of,
        share_of=_share,
    )


def _sections(seen: Shown) -> Iterator[Section]:
    for item in (*seen.items, *filter(None, [seen.advice])):
        section = _style(item, seen) if item.id == STYLE else _item(item)
        if section.told or section.notes:
            yield section


def _item(item: ShownItem) -> Section:
    told: set[str] = set()
    return Section(
        item=item,
        told=tuple(_told(finding, told) for finding in unpassed(item.findings)),
        notes=tuple(untold(item.findings)),
    )


def _style(item: ShownItem, seen: Shown) -> Section:
    findings, more = of_style(item.findings)
    return Section(
        item=item,
        told=tuple(replace(_told(finding, set()), kind="") for finding in findings),
        notes=tuple(filter(None, (more, seen.unopened))),
    )


def _told(finding: Finding, told: set[str]) -> Told:
    kind = "hidden check" if finding.hidden else "check"
    return Told(
        title=finding.title,
        kind=f"{kind}: {OUTCOMES[finding.outcome]}",
        what=shown_what(finding),
        where=finding.where,
        how=" ".join(how(finding, told).split()),
        printed=shown_printed(finding),
        ours=finding.outcome is Outcome.BROKEN,
    )


def _first(sections: list[Section], seen: Shown) -> Told | None:
    """What to do first: the first check that found something; never mere advice."""
    for section in sections:
        if section.item is not seen.advice:
            for told in section.told:
                if not told.ours:
                    return told
    return None


def _share(item: ShownItem) -> float | None:
    """Of the points that can be had, in percent; None if they are not known."""
    if item.points is None or not item.max_points:
        return None
    return round(100 * min(1.0, max(0.0, item.points / item.max_points)), 1)
