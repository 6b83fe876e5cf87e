"""How a student's points come about, in sentences."""

from collections.abc import Iterator

from graders.records import Lateness
from graders.reports.mark_wording import adjusted, counted, given, in_words, kept
from graders.reports.shown import Shown
from graders.reports.wording import on_top, points


def accounting(seen: Shown) -> list[str]:
    """A sentence each; none if the points are the sum of the checks, and in time."""
    late = seen.lateness
    if late is None or not _needs_words(seen, late):
        return []
    return [*_by_persons(seen), *_sum(seen), *_late(seen, late), *_final(seen)]


def _needs_words(seen: Shown, late: Lateness) -> bool:
    by_persons = seen.whole or seen.waiting or any(i.adjustment for i in seen.items)
    return bool(by_persons) or late.days > 0 or seen.raw != seen.points


def _by_persons(seen: Shown) -> Iterator[str]:
    for item in seen.items:
        name = f"{item.id} {item.title}"
        if item.adjustment is not None:
            words = adjusted(item.adjustment, item.automatic)
            yield f"{name}: {words}. Reason: {item.adjustment.reason}"
        elif item.waiting:
            most = points(item.max_points)
            yield f"{name}: a person has yet to give its points, {most} at most."


def _sum(seen: Shown) -> Iterator[str]:
    if seen.raw is not None:
        so_far = " so far" if seen.waiting else ""
        yield f"Sum{so_far}: {points(seen.raw)}{on_top(seen.items)}."


def _late(seen: Shown, late: Lateness) -> Iterator[str]:
    if not late.late_by:
        return
    handed_in = f"Handed in {in_words(late.late_by)} after the due date"
    if not late.days:
        yield f"{handed_in}, within the time of grace."
        return
    yield f"{handed_in}, which is {counted(late.days, 'day')} late."
    if late.from_bank:
        yield f"The bank of late days pays for {_part(late.from_bank, late.days)}."
    if late.closed:
        yield "By then it was closed: nothing of the sum is kept."
    elif late.factor < 1:
        left = "" if seen.points is None or seen.whole else f": {points(seen.points)}"
        yield f"Of the sum, {kept(late)} is kept{left}."


def _part(some: int, days: int) -> str:
    if some < days:
        return f"{some} of them"
    return "it" if days == 1 else "all of them"


def _final(seen: Shown) -> Iterator[str]:
    if seen.points is None or seen.raw is None:
        return
    if seen.whole is not None:
        yield (
            f"For the whole, in place of that sum: {given(seen.whole)}."
            f" Reason: {seen.whole.reason}"
        )
    elif seen.raw < 0:
        yield "Nobody gets less than 0."
    so_far = ", so far" if seen.waiting else ""
    yield f"Final{so_far}: {points(seen.points)} of {points(seen.max_points)} points."
