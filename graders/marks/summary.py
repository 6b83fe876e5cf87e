"""What the marks of a class come to, counted while they go by."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from graders.marks.class_marks import StudentMark
from graders.records import MarkedItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Some numbers of points, in short.

    Args:
        mean: of them.
        quartiles: the smallest, the lower quartile, the median, the upper quartile and
            the largest, in between where need be.

    >>> Spread.of([1, 2, 3, 10])
    Spread(mean=4.0, quartiles=(1.0, 1.75, 2.5, 4.75, 10.0))
    """

    mean: float
    quartiles: tuple[float, float, float, float, float]

    @classmethod
    def of(cls, values: Iterable[float]) -> "Spread":
        """Of one value at least."""
        ordered = sorted(values)
        smallest, lower, median, upper, largest = (
            _at(ordered, part) for part in (0, 0.25, 0.5, 0.75, 1)
        )
        return cls(
            mean=round(sum(ordered) / len(ordered), 2),
            quartiles=(smallest, lower, median, upper, largest),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSummary:
    """One item over a class.

    Args:
        id: of the rubric.
        title: of the rubric.
        max_points: that could be had.
        count: students who have points for it, or none for it.
        mean: of their points.
        full: part of them who have full marks for it.
    """

    id: str
    title: str
    max_points: float
    count: int
    mean: float
    full: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassSummary:
    """A class in short.

    Args:
        num_students: all of them.
        num_marked: those with a mark.
        marks: their points; None if nobody has a mark.
        max_points: that could be had.
        items: in the order of the rubric.
        num_late: that came after the due date and its grace.
        num_waiting: whose items a person has yet to look at.
        num_undecided: that something of is broken.
        num_flagged: with points of a person over automatic ones that have changed.
    """

    num_students: int
    num_marked: int
    marks: Spread | None
    max_points: float
    items: tuple[ItemSummary, ...]
    num_late: int
    num_waiting: int
    num_undecided: int
    num_flagged: int


@dataclass(slots=True)
class _Item:
    title: str
    max_points: float
    count: int = 0
    sum: float = 0.0
    full: int = 0

    def add(self, item: MarkedItem) -> None:
        self.count += 1
        self.sum += item.points
        self.full += item.points >= item.max_points


@dataclass(slots=True)
class Tally:
    """Counts marks, and keeps a number of each student."""

    num_students: int = 0
    num_late: int = 0
    num_waiting: int = 0
    num_undecided: int = 0
    num_flagged: int = 0
    max_points: float = 0.0
    _points: "array[float]" = field(default_factory=lambda: array("d"))
    _items: dict[str, _Item] = field(default_factory=dict)

    def of(self, marks: Iterable[StudentMark]) -> Iterator[StudentMark]:
        """The same marks, counted as they go by."""
        for one in marks:
            self._add(one)
            yield one

    def summary(self) -> ClassSummary:
        """What was counted so far."""
        return ClassSummary(
            num_students=self.num_students,
            num_marked=len(self._points),
            marks=Spread.of(self._points) if self._points else None,
            max_points=self.max_points,
            items=tuple(
                ItemSummary(
                    id=name,
                    title=item.title,
                    max_points=item.max_points,
                    count=item.count,
                    mean=round(item.sum / item.count, 2),
                    full=round(item.full / item.count, 4),
                )
                for name, item in self._items.items()
            ),
            num_late=self.num_late,
            num_waiting=self.num_waiting,
            num_undecided=self.num_undecided,
            num_flagged=self.num_flagged,
        )

    def _add(self, one: StudentMark) -> None:
        self.num_students += 1
        mark = one.mark
        if mark is None:
            return
        self._points.append(mark.points)
        self.max_points = max(self.max_points, mark.max_points)
        self.num_late += mark.lateness.days > 0
        self.num_waiting += bool(mark.waiting)
        self.num_undecided += mark.broken
        self.num_flagged += mark.flagged
        for item in mark.items:
            if item.waiting or not (item.manual or item.outcome):
                continue
            known = self._items.get(item.id)
            if known is None:
                known = self._items[item.id] = _Item(item.title, item.max_points)
            known.add(item)


def _at(ordered: list[float], part: float) -> float:
    """The value that so large a part of the others lies below."""
    place = (len(ordered) - 1) * part
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    value = ordered[low] + (ordered[high] - ordered[low]) * (place - low)
    return round(float(value), 2)
