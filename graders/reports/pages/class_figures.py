"""A class in figures: how points spread, which items tell students apart, and more."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import StatisticsError, correlation, mean, quantiles

from graders.records import Finding, MarkedItem, Outcome
from graders.reports.class_row import ClassRow, columns

FEWEST = 5
"""Students without whom a correlation is not told: it would say nothing."""
_TOO_LITTLE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """What there is of a student's grading beside the mark.

    Args:
        findings: of all checks.
        duration_s: of the whole grading.
    """

    findings: tuple[Finding, ...]
    duration_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Numbers of a class.

    Args:
        count: of them.
        mean: of all.
        lowest: of all.
        quartiles: a quarter of the numbers lies below the first, half below the second.
        highest: of all.
    """

    count: int
    mean: float
    lowest: float
    quartiles: tuple[float, float, float]
    highest: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread | None":
        """None if there are no numbers."""
        if not values:
            return None
        few = [*values, *values] if len(values) == 1 else values
        low, middle, high = quantiles(few, method="inclusive")
        return cls(
            count=len(values),
            mean=mean(values),
            lowest=min(values),
            quartiles=(low, middle, high),
            highest=max(values),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFigures:
    """One item over the class.

    Args:
        id: of the rubric.
        title: of the rubric.
        count: students who have points for it.
        share: of the points that they have, on average: 1 is easy, 0 is hard.
        whole: share of the students who have all of its points.
        none: share of the students who have none.
        discrimination: the correlation of its points with the sum of all other items;
            None if there are too few students, or all have the same.
    """

    id: str
    title: str
    count: int
    share: float
    whole: float
    none: float
    discrimination: float | None

    @property
    def doubt(self) -> str:
        """Why somebody should look at the item; empty if nothing speaks for it."""
        if self.discrimination is None:
            return ""
        if self.discrimination < 0:
            return "who does well elsewhere does worse here"
        if self.discrimination < _TOO_LITTLE:
            return "hardly goes with the rest"
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Misconception:
    """A mistake of the catalogue that was found in the class.

    Args:
        id: of the catalogue.
        tasks: in which it was found.
        hint: what students were told.
        students: in whose work, by name.
    """

    id: str
    tasks: tuple[str, ...]
    hint: str
    students: tuple[str, ...]


def item_figures(rows: Iterable[ClassRow]) -> list[ItemFigures]:
    """Every item that has points, in the order of the rubric."""
    rows = [row for row in rows if row.mark is not None]
    have: dict[str, list[tuple[MarkedItem, float]]] = defaultdict(list)
    for row in rows:
        total = sum(item.points for item in row.items if not item.waiting)
        for item in row.items:
            if not item.waiting and item.max_points:
                have[item.id].append((item, total - item.points))
    return [
        _figures(item, have[name]) for name, item in columns(rows).items() if have[name]
    ]


def _figures(item: MarkedItem, have: Sequence[tuple[MarkedItem, float]]) -> ItemFigures:
    shares = [one.points / one.max_points for one, _ in have]
    return ItemFigures(
        id=item.id,
        title=item.title,
        count=len(have),
        share=mean(shares),
        whole=sum(share >= 1 for share in shares) / len(shares),
        none=sum(share <= 0 for share in shares) / len(shares),
        discrimination=_correlation(
            [one.points for one, _ in have], [rest for _, rest in have]
        ),
    )


def _correlation(points: Sequence[float], rest: Sequence[float]) -> float | None:
    if len(points) < FEWEST:
        return None
    try:
        return correlation(points, rest)
    except StatisticsError:  # All of one kind: nothing goes with anything.
        return None


def misconceptions(graded: Mapping[str, Graded]) -> list[Misconception]:
    """Those that were found, the most frequent first; each counts a student once."""
    students: dict[str, list[str]] = defaultdict(list)
    tasks: dict[str, dict[str, None]] = defaultdict(dict)
    hints: dict[str, Counter[str]] = defaultdict(Counter)
    for student, one in graded.items():
        found = [f for f in one.findings if f.outcome is Outcome.FAILED]
        for name in dict.fromkeys(f.misconception for f in found if f.misconception):
            students[name].append(student)
        for finding in found:
            if finding.misconception:
                tasks[finding.misconception][finding.task] = None
                hints[finding.misconception][finding.fix] += 1
    found_all = [
        Misconception(
            id=name,
            tasks=tuple(tasks[name]),
            hint=hints[name].most_common(1)[0][0],
            students=tuple(names),
        )
        for name, names in students.items()
    ]
    return sorted(found_all, key=lambda one: (-len(one.students), one.id))


def in_tenths(rows: Iterable[ClassRow]) -> list[int]:
    """How many students have how much of what could be had, in ten equal steps.

    Who has a bonus beyond everything is in the last step.
    """
    counts = [0] * 10
    for row in rows:
        if row.mark is not None and row.mark.max_points:
            share = row.mark.points / row.mark.max_points
            counts[min(9, max(0, int(10 * share + 1e-9)))] += 1
    return counts


def durations(
    graded: Mapping[str, Graded], num_bins: int = 10
) -> list[tuple[str, int]]:
    """How many gradings took how long, in equal steps."""
    seconds = [one.duration_s for one in graded.values()]
    if not seconds:
        return []
    step = _round_up(max(seconds) / num_bins)
    counts = Counter(int(value / step) for value in seconds)
    return [(f"{index * step:g}", counts[index]) for index in range(max(counts) + 1)]


def _round_up(value: float) -> float:
    """To a step that people count in."""
    scale = 1e-3
    while True:
        for digit in (1, 2, 5):
            if digit * scale >= value:
                return digit * scale
        scale *= 10
