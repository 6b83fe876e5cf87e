"""What a student may see of a grading: all of it, or nothing that hidden checks decide.

Reports of a student are made of this alone, so what is left out here is in none of
them: the findings of hidden checks, and all that would be different if a hidden check
had found something else.
"""

from dataclasses import dataclass, replace

from graders.records import (
    STYLE,
    Adjustment,
    Finding,
    ItemScore,
    Lateness,
    Mark,
    Outcome,
    Record,
)
from graders.reports.wording import unopened


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownItem:
    """One item.

    Args:
        id: of the rubric.
        title: of the rubric.
        points: that count; None if a person has yet to give them, or they are kept
            back.
        max_points: that can be had.
        automatic: points by checks; None if there are none, or they are kept back.
        outcome: of the checks; None likewise.
        bonus: whether its points come on top.
        manual: whether a person grades it.
        adjustment: points that a person gave.
        waiting: whether a person has yet to give its points.
        kept_back: whether hidden checks decide on its points, and may not be shown.
        findings: that are shown.
    """

    id: str
    title: str
    points: float | None
    max_points: float
    automatic: float | None = None
    outcome: Outcome | None = None
    bonus: bool = False
    manual: bool = False
    adjustment: Adjustment | None = None
    waiting: bool = False
    kept_back: bool = False
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A grading, as its student may see it.

    Args:
        items: those that points can come from.
        points: the final ones; None if they are kept back.
        max_points: that could be had, without a bonus.
        raw: sum of the items; None if it is kept back.
        kept_back: whether anything is.
        problem: the one finding behind all others, if the file could not be run.
        advice: the style, where it gives no points.
        unopened: why points for style are missing that no finding has cost.
        duration_s: of the grading; None if it is kept back.
        lateness: None without a mark.
        whole: points that a person gave to the whole.
    """

    items: tuple[ShownItem, ...]
    points: float | None
    max_points: float
    raw: float | None
    kept_back: bool
    problem: Finding | None
    advice: ShownItem | None
    unopened: str
    duration_s: float | None
    lateness: Lateness | None = None
    whole: Adjustment | None = None

    @property
    def waiting(self) -> bool:
        """Whether a person has yet to give some points."""
        return any(item.waiting for item in self.items)


def shown(record: Record, mark: Mark | None, *, hidden_shown: bool) -> Shown:
    """A grading, as its student may see it.

    Args:
        record: the grading.
        mark: what it counts; None if nothing but its checks does.
        hidden_shown: whether the student may see what hidden checks found.
    """
    score = record.score
    everything = Shown(
        items=_marked(record, mark) if mark else tuple(map(_by_checks, score.counted)),
        points=mark.points if mark else score.points,
        max_points=mark.max_points if mark else score.max_points,
        raw=mark.raw if mark else score.points,
        kept_back=False,
        problem=record.problem,
        advice=_by_checks(score.advice) if score.advice else None,
        unopened=unopened(score),
        duration_s=record.duration_s,
        lateness=mark.lateness if mark else None,
        whole=mark.whole if mark else None,
    )
    return everything if hidden_shown else _without_hidden(everything, record)


def _by_checks(item: ItemScore) -> ShownItem:
    return ShownItem(
        id=item.id,
        title=item.title,
        points=item.points,
        max_points=item.max_points,
        automatic=item.points,
        outcome=item.outcome,
        bonus=item.bonus,
        findings=item.findings,
    )


def _marked(record: Record, mark: Mark) -> tuple[ShownItem, ...]:
    """The items of a mark, but for those that are no items of this grading."""
    findings = {item.id: item.findings for item in record.score.counted}
    return tuple(
        ShownItem(
            id=item.id,
            title=item.title,
            points=None if item.waiting else item.points,
            max_points=item.max_points,
            automatic=item.automatic,
            outcome=item.outcome,
            bonus=item.bonus,
            manual=item.manual,
            adjustment=item.adjustment,
            waiting=item.id in mark.waiting,
            findings=findings.get(item.id, ()),
        )
        for item in mark.items
        if item.manual or item.outcome
    )


def _without_hidden(everything: Shown, record: Record) -> Shown:
    """Less what would be different if a hidden check had found something else.

    Points for the whole go too: who gave them knew what hidden checks found.
    """
    items = tuple(map(_without_hidden_checks, everything.items))
    if any(item.kept_back for item in items):
        # A task that earns points opens a part of those for style.
        items = tuple(_kept_back(i) if i.id == STYLE else i for i in items)
    elif not any(finding.hidden for finding in record.findings):
        return everything
    public = tuple(finding for finding in record.findings if not finding.hidden)
    return replace(
        everything,
        items=items,
        points=None,
        raw=None,
        kept_back=True,
        problem=replace(record, findings=public).problem,
        unopened="",
        duration_s=None,
        whole=None,
    )


def _without_hidden_checks(item: ShownItem) -> ShownItem:
    if item.manual or item.id == STYLE:
        return item
    is_open = item.findings and not any(finding.hidden for finding in item.findings)
    return item if is_open else _kept_back(item)


def _kept_back(item: ShownItem) -> ShownItem:
    return replace(
        item,
        points=None,
        automatic=None,
        outcome=None,
        adjustment=None,
        kept_back=True,
        findings=tuple(finding for finding in item.findings if not finding.hidden),
    )
