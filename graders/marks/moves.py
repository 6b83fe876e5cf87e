"""One mark and the one that would take its place: what moves in it, and why."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from graders.marks.class_marks import StudentMark
from graders.records import Finding, Lateness, Mark, MarkedItem, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckMove:
    """A finding that another one takes the place of.

    Args:
        check: id.
        title: of the check.
        before: outcome; None if there was no such check.
        after: outcome; None if there is none any more.
        what_before: in words.
        what_after: in words.
    """

    check: str
    title: str
    before: Outcome | None
    after: Outcome | None
    what_before: str = ""
    what_after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemMove:
    """An item whose points move, those that count or those by checks.

    Args:
        id: of the rubric.
        title: of the rubric.
        before: as it is; None if there is no such item.
        after: as it would be; None if there is none any more.
        checks: findings that have changed.
        kept: whether points that a person gave stay over others by checks.
        why: for what else than findings, in words.
    """

    id: str
    title: str
    before: MarkedItem | None
    after: MarkedItem | None
    checks: tuple[CheckMove, ...] = ()
    kept: bool = False
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A student's mark that moves.

    Args:
        student: who.
        before: as it is; None if there is none yet.
        after: as it would be.
        items: those that move.
        why: for what else than its items, in words.
    """

    student: str
    before: Mark | None
    after: Mark | None
    items: tuple[ItemMove, ...]
    why: tuple[str, ...]

    @property
    def by(self) -> float:
        """Points of the mark, more or less."""
        before = self.before.points if self.before else 0.0
        return round((self.after.points if self.after else 0.0) - before, 2)

    @property
    def raw_by(self) -> float:
        """The same before lateness."""
        before = self.before.raw if self.before else 0.0
        return round((self.after.raw if self.after else 0.0) - before, 2)

    @property
    def kept(self) -> tuple[str, ...]:
        """Items whose points a person gave over other ones by checks."""
        return tuple(item.id for item in self.items if item.kept)

    @property
    def reasons(self) -> tuple[str, ...]:
        """All that is not a finding, in words."""
        return (*(why for item in self.items for why in item.why), *self.why)


def moves_at_all(before: StudentMark, after: StudentMark) -> bool:
    """Whether anything that counts is another.

    Points of the mark and of every item, by checks and by persons; and that something
    is undecided which was decided. Not the words of a finding, nor why there are no
    points for it; and not the most that could be had, which is the same for all.
    """
    return _counted(before.mark) != _counted(after.mark) or (
        not _is_broken(before.mark) and _is_broken(after.mark)
    )


def move_of(
    before: StudentMark,
    after: StudentMark,
    words: Callable[[int], Sequence[Finding]],
) -> Move:
    """What moves in a mark, and why."""
    one, other = before.mark, after.mark
    checks: Sequence[CheckMove] = ()
    if before.standing and after.standing:
        numbers = before.standing.judgement, after.standing.judgement
        if numbers[0] != numbers[1]:
            checks = _check_moves(*map(words, numbers))
    return Move(
        student=after.student,
        before=one,
        after=other,
        items=tuple(_item_moves(one, other, checks)),
        why=tuple(_why(before, after)),
    )


def _counted(mark: Mark | None) -> object:
    if mark is None:
        return None
    # An item without points is as good as none.
    items = {item.id: own for item in mark.items if any(own := _points(item))}
    return mark.points, mark.raw, mark.flagged, items


def _points(item: MarkedItem | None) -> tuple[float, float]:
    """Those that count, and those by checks."""
    return (item.points, item.automatic or 0.0) if item else (0.0, 0.0)


def _is_broken(mark: Mark | None) -> bool:
    return mark is not None and mark.broken


def _item_moves(
    before: Mark | None, after: Mark | None, checks: Sequence[CheckMove]
) -> Iterator[ItemMove]:
    old = {item.id: item for item in before.items} if before else {}
    new = {item.id: item for item in after.items} if after else {}
    for name in dict.fromkeys((*old, *new)):
        one, other = old.get(name), new.get(name)
        if _points(one) == _points(other) and not _breaks(one, other):
            continue
        own = tuple(check for check in checks if check.check.startswith(f"{name}."))
        some = other or one
        assert some is not None
        yield ItemMove(
            id=name,
            title=some.title,
            before=one,
            after=other,
            checks=own,
            kept=_is_kept(one, other),
            # Before there was a mark, no item is new.
            why=tuple(_why_item(one, other, own)) if before and after else (),
        )


def _breaks(one: MarkedItem | None, other: MarkedItem | None) -> bool:
    if other is None or other.outcome is not Outcome.BROKEN:
        return False
    return one is None or one.outcome is not Outcome.BROKEN


def _is_kept(one: MarkedItem | None, other: MarkedItem | None) -> bool:
    """Whether a person's points stay, and what they were given over does not."""
    if one is None or other is None or other.adjustment is None:
        return False
    return one.automatic != other.automatic


def _why_item(
    one: MarkedItem | None, other: MarkedItem | None, checks: tuple[CheckMove, ...]
) -> Iterator[str]:
    if one is None and other is not None:
        yield f"rubric: {other.id} is new, with {other.max_points:g} points"
    elif other is None and one is not None:
        yield f"rubric: {one.id} is gone, with {one.max_points:g} points"
    elif one is not None and other is not None:
        if _is_lost(other) and not _is_lost(one):
            yield f"rubric: {one.id} is gone; what a person gave for it does not count"
        elif one.max_points != other.max_points:
            yield (
                f"rubric: {one.max_points:g} → {other.max_points:g} points for"
                f" {other.id}"
            )
        elif one.automatic != other.automatic and not checks:
            yield f"rubric: points for {other.id} are given otherwise"


def _is_lost(item: MarkedItem) -> bool:
    """Whether only a person's points are left of it."""
    return not item.manual and item.outcome is None


def _why(before: StudentMark, after: StudentMark) -> Iterator[str]:
    one, other = before.mark, after.mark
    if one is None or other is None:
        yield "no mark yet" if one is None else "no mark any more"
        return
    if before.attempt.number != after.attempt.number:
        yield (
            f"policy: attempt {after.attempt.number} counts, not"
            f" {before.attempt.number}"
        )
    if one.lateness != other.lateness:
        yield f"lateness: {_late(one.lateness)} → {_late(other.lateness)}"
    if not one.broken and other.broken:
        yield "undecided now, through our own fault"


def _late(late: Lateness) -> str:
    """`2 days, 80 % kept`."""
    if not late.known:
        return "not counted"
    if late.closed:
        return f"{late.days} days, closed"
    bank = f", {late.from_bank} from the bank" if late.from_bank else ""
    days = "1 day" if late.days == 1 else f"{late.days} days"
    return f"{days}{bank}, {late.factor * 100:g} % kept"


def _check_moves(
    before: Sequence[Finding], after: Sequence[Finding]
) -> tuple[CheckMove, ...]:
    """Checks of another outcome, in the order of those that are, and then were."""
    old = {finding.check: finding for finding in before}
    new = {finding.check: finding for finding in after}
    found = []
    for check in dict.fromkeys((*new, *old)):
        one, other = old.get(check), new.get(check)
        if one and other and one.outcome is other.outcome:
            continue
        some = other or one
        assert some is not None
        found.append(
            CheckMove(
                check=check,
                title=some.title,
                before=one.outcome if one else None,
                after=other.outcome if other else None,
                what_before=one.what if one else "",
                what_after=other.what if other else "",
            )
        )
    return tuple(found)
