"""Score → Mark: what persons decided, what lateness costs, which attempt counts."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache

from graders.records import Adjustment, ItemScore, Mark, MarkedItem, Outcome, Score
from graders.rubric.late_days import in_utc, lateness
from graders.rubric.policy import Counts, Policy
from graders.rubric.reading import ManualItem, Rubric
from graders.rubric.rounding import exact, rounded


def mark(
    rubric: Rubric,
    score: Score,
    *,
    adjustments: Iterable[Adjustment] = (),
    submitted: datetime | None = None,
    extension: datetime | None = None,
    bank_left: int | None = None,
) -> Mark:
    """The mark of one submission.

    An adjustment replaces the points of its item, and then lateness takes its part of
    the sum. An adjustment of the whole replaces what is left after that; nothing of it
    is then waiting or broken. Each sum is rounded once, to two places, halves up.

    Args:
        rubric: the manual items and the policy.
        score: the automatic points.
        adjustments: in any order: the latest of each item counts. One of an item that
            is not in this grading is listed, flagged, and changes nothing.
        submitted: when, with its time zone; not known, it is not late.
        extension: a due date of this student, with its time zone.
        bank_left: days of the bank that no other assignment takes; None: all.

    Raises:
        ValueError: if a time has no time zone.
    """
    latest = _latest(adjustments)
    whole = latest.pop("", None)
    items = _items(rubric, score, latest)
    late = lateness(rubric.policy, submitted, extension=extension, bank_left=bank_left)
    raw = _sum(item.points for item in items)
    points = max(Decimal(0), raw * exact(late.factor))
    left_open = () if whole else items
    return Mark(
        items=items,
        raw=rounded(raw),
        lateness=late,
        points=rounded(points if whole is None else _given(whole)),
        max_points=rounded(_sum(item.max_points for item in items if not item.bonus)),
        whole=whole,
        flagged=any(item.flagged for item in items) or _differs(whole, score.points),
        waiting=tuple(item.id for item in left_open if item.waiting),
        broken=any(map(_is_undecided, left_open)),
    )


def counting(
    policy: Policy | None, attempts: Sequence[tuple[datetime | None, Mark]]
) -> int:
    """Index of the attempt that counts: the last, or of the best ones the earliest.

    What came after the assignment was closed counts only if nothing else does, or if a
    person gave points to the whole of it.

    Args:
        policy: of the rubric.
        attempts: at least one: when, with its time zone, and the mark. Where the time
            is not known, it is that of the attempt given before.
    """
    in_order = _in_order([submitted for submitted, _ in attempts])
    valid = [
        index
        for index in in_order
        if not attempts[index][1].lateness.closed or attempts[index][1].whole
    ]
    candidates = valid or in_order
    if policy is not None and policy.counts is Counts.BEST:
        return max(candidates, key=lambda index: attempts[index][1].points)
    return candidates[-1]


def _in_order(times: Sequence[datetime | None]) -> list[int]:
    """Indices by time."""
    last = datetime.min.replace(tzinfo=UTC)
    known = [last := in_utc(time) if time else last for time in times]
    return sorted(range(len(times)), key=lambda index: known[index])


def _latest(adjustments: Iterable[Adjustment]) -> dict[str, Adjustment]:
    """What counts, by item; of the same moment, the one that is given last."""
    latest = {one.item: one for one in sorted(adjustments, key=lambda one: one.at)}
    return {item: one for item, one in latest.items() if one.points is not None}


def _items(
    rubric: Rubric, score: Score, adjusted: dict[str, Adjustment]
) -> tuple[MarkedItem, ...]:
    items = [_automatic(item) for item in score.counted]
    items += [_manual(item) for item in rubric.manual]
    known = {item.id for item in items}
    return (
        *(_with(adjusted[i.id], i) if i.id in adjusted else i for i in items),
        *(_lost(one) for item, one in adjusted.items() if item not in known),
    )


@lru_cache(maxsize=4096)  # In a class, the same few over and over.
def _automatic(item: ItemScore) -> MarkedItem:
    points = float(exact(item.points))
    return MarkedItem(
        id=item.id,
        title=item.title,
        points=points,
        max_points=item.max_points,
        automatic=points,
        outcome=item.outcome,
        bonus=item.bonus,
    )


def _manual(item: ManualItem) -> MarkedItem:
    return MarkedItem(
        id=item.id,
        title=item.title,
        points=0.0,
        max_points=item.points,
        manual=True,
        waiting=True,
    )


def _with(adjustment: Adjustment, item: MarkedItem) -> MarkedItem:
    return replace(
        item,
        points=float(_given(adjustment)),
        adjustment=adjustment,
        flagged=_differs(adjustment, item.automatic),
        waiting=False,
    )


def _lost(adjustment: Adjustment) -> MarkedItem:
    """What a person once decided does not vanish with the item."""
    return MarkedItem(
        id=adjustment.item,
        title="No item of this grading",
        points=0.0,
        max_points=0.0,
        adjustment=adjustment,
        flagged=True,
    )


def _given(adjustment: Adjustment) -> Decimal:
    assert adjustment.points is not None
    return exact(adjustment.points)


def _differs(adjustment: Adjustment | None, automatic: float | None) -> bool:
    """Whether automatic points are not what they were under an adjustment."""
    if adjustment is None or adjustment.over_points is None or automatic is None:
        return False
    return exact(adjustment.over_points) != exact(automatic)


def _is_undecided(item: MarkedItem) -> bool:
    return item.outcome is Outcome.BROKEN and item.adjustment is None


def _sum(values: Iterable[float]) -> Decimal:
    return sum(map(exact, values), Decimal(0))
