"""A class as a page, for its teachers: what to look at, and whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from graders.records import Mark
from graders.reports.class_notes import Attention, attention, notes
from graders.reports.class_row import ClassRow, columns
from graders.reports.mark_wording import lost_by_lateness
from graders.reports.pages.class_figures import (
    Graded,
    Spread,
    durations,
    in_tenths,
    item_figures,
    misconceptions,
)
from graders.reports.pages.drawing import bars
from graders.reports.pages.rendering import render_page
from graders.reports.wording import points

_MOST_NOTES = 200
_MOST_NAMES = 20
_MOST_SLOW = 5
_ASKS = {
    Attention.UNDECIDED: "not graded",
    Attention.BROKEN: "broken",
    Attention.FLAGGED: "flagged",
    Attention.NOT_RUN: "could not be run",
    Attention.WAITING: "waiting",
    Attention.ADJUSTED: "adjusted",
    Attention.LATE: "late",
    Attention.NONE: "",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A student, and where the student's page is.

    Args:
        student: who.
        address: relative to the page of the class; empty if there is none.
    """

    student: str
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that must be known, and of whom.

    Args:
        what: in words.
        names: the first of them.
        more: how many others.
    """

    what: str
    names: tuple[Named, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LateDay:
    """Those who were late by the same number of days.

    Args:
        days: begun.
        students: who.
        lost: points that it costs them altogether.
        closed: for how many it was too late to count.
    """

    days: int
    students: tuple[Named, ...]
    lost: float
    closed: int


def render_class_page(
    assignment: str,
    rows: Sequence[ClassRow],
    graded: Mapping[str, Graded],
    lessons: Mapping[str, str],
) -> str:
    """One HTML file for the teachers of a class. It tells what hidden checks found.

    Args:
        assignment: its name.
        rows: of the class.
        graded: findings and times of who was graded, by student; who has a page.
        lessons: where each task is taught, by its id.
    """
    named = {row.student: _named(row.student, graded) for row in rows}
    final = [100 * _share(row.mark) for row in rows if row.mark]
    seconds = sorted(one.duration_s for one in graded.values())
    slowest = sorted(graded, key=lambda name: -graded[name].duration_s)[:_MOST_SLOW]
    tenths, times = in_tenths(rows), durations(graded)
    return render_page(
        "class.html",
        style="class.css",
        script="class.js",
        assignment=assignment,
        rows=rows,
        columns=columns(rows),
        by_id=lambda row: {item.id: item for item in row.items},
        named=named,
        marked=sum(row.mark is not None for row in rows),
        spread=Spread.of(final),
        tenths=tenths,
        tenths_drawn=bars(
            [float(n) for n in tenths],
            [str(10 * n) for n in range(10)],
            "students by percent of the points",
        ),
        items=item_figures(rows),
        misconceptions=misconceptions(graded),
        lessons=lessons,
        times=Spread.of(seconds),
        times_drawn=bars(
            [float(n) for _, n in times],
            [name for name, _ in times],
            "gradings by seconds",
        )
        if times
        else "",
        times_table=times,
        slowest=[(named[name], graded[name].duration_s) for name in slowest],
        asks=_notes(rows, named),
        num_asking=sum(attention(row) <= Attention.WAITING for row in rows),
        late=_late(rows, named),
        word=lambda row: _ASKS[attention(row)],
        told=lambda row: "; ".join(notes(row)),
        words=sorted({_ASKS[attention(row)] for row in rows} - {""}),
        most_names=_MOST_NAMES,
        duration=lambda row: (
            graded[row.student].duration_s if row.student in graded else None
        ),
        points=points,
    )


def _named(student: str, graded: Mapping[str, Graded]) -> Named:
    if student not in graded:
        return Named(student)
    folder = quote(student, safe="", errors="surrogateescape")
    return Named(student, f"students/{folder}/report.html")


def _share(mark: Mark) -> float:
    return mark.points / mark.max_points if mark.max_points else 0.0


def _notes(rows: Iterable[ClassRow], named: Mapping[str, Named]) -> list[Note]:
    """What asks for somebody, the most urgent first, each with its students."""
    urgent = sorted(
        (row for row in rows if attention(row) <= Attention.WAITING), key=attention
    )
    whom: dict[str, list[Named]] = defaultdict(list)
    for row in urgent:
        for note in notes(row):
            whom[note].append(named[row.student])
    return [
        Note(
            what=what,
            names=tuple(names[:_MOST_NAMES]),
            more=max(0, len(names) - _MOST_NAMES),
        )
        for what, names in list(whom.items())[:_MOST_NOTES]
    ]


def _late(rows: Iterable[ClassRow], named: Mapping[str, Named]) -> list[LateDay]:
    by_days: dict[int, list[ClassRow]] = defaultdict(list)
    for row in rows:
        if row.mark and row.mark.lateness.days:
            by_days[row.mark.lateness.days].append(row)
    return [
        LateDay(
            days=days,
            students=tuple(named[row.student] for row in late),
            lost=sum(lost_by_lateness(row.mark) for row in late if row.mark),
            closed=sum(bool(row.mark and row.mark.lateness.closed) for row in late),
        )
        for days, late in sorted(by_days.items())
    ]
