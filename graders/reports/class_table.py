"""A class on the terminal: those first who need somebody, where not all have room."""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from graders.records import MarkedItem
from graders.reports.class_notes import Attention, attention, notes
from graders.reports.class_row import ClassRow, columns
from graders.reports.terminal import STYLES
from graders.reports.wording import points, visible

_NAMED = 3


def class_table(
    rows: Iterable[ClassRow], *, most_rows: int | None = None, file: str = ""
) -> Group:
    """One row per student, one column per item, and below it what needs words.

    Args:
        rows: of the class; gone through once.
        most_rows: if there are more, those are shown that need somebody soonest.
        file: where all of them are.
    """
    tally = _Tally()
    shown = _first(tally.of(rows), most_rows)
    lines = [*tally.notes_on(shown), *tally.not_shown(shown, file), *tally.advice()]
    return Group(_table(shown), *(Text(line) for line in lines))


class _Tally:
    """What is counted over all rows, while they go by."""

    def __init__(self) -> None:
        self._students: dict[str, list[str]] = {}
        """For each note, the first students that it is told of."""
        self._counts: dict[str, int] = {}
        self._num_rows = self._num_noted = self._num_judged = self._num_advised = 0

    def of(self, rows: Iterable[ClassRow]) -> Iterator[ClassRow]:
        for row in rows:
            self._num_rows += 1
            self._num_noted += attention(row) is not Attention.NONE
            self._num_judged += row.advised
            self._num_advised += row.advised and bool(row.style_faults)
            for note in notes(row):
                first = self._students.setdefault(note, [])
                if len(first) < _NAMED:
                    first.append(row.student)
                self._counts[note] = self._counts.get(note, 0) + 1
            yield row

    def notes_on(self, shown: Sequence[ClassRow]) -> Iterator[str]:
        """Each note on a row that is shown, once, with whom else it is told of."""
        for note in dict.fromkeys(note for row in shown for note in notes(row)):
            names = ", ".join(map(_line, self._students[note]))
            more = self._counts[note] - len(self._students[note])
            who = f"{names} and {more} more" if more else names
            yield f"{who}: {_line(note)}"

    def not_shown(self, shown: Sequence[ClassRow], file: str) -> Iterator[str]:
        left = self._num_rows - len(shown)
        if not left:
            return
        noted = sum(attention(row) is not Attention.NONE for row in shown)
        who = "1 more student is" if left == 1 else f"{left} more students are"
        where = f" All are in {_line(file)}." if file else ""
        yield f"{who} not shown, {self._num_noted - noted} of them with notes.{where}"

    def advice(self) -> Iterator[str]:
        if self._num_judged:
            yield (
                f"Style: advice for {self._num_advised} of {self._num_judged},"
                " without points."
            )


def _first(rows: Iterator[ClassRow], most_rows: int | None) -> list[ClassRow]:
    """All as they come, if there is room for them."""
    if most_rows is None:
        return list(rows)
    start = list(islice(rows, most_rows + 1))
    if len(start) <= most_rows:
        return start
    return heapq.nsmallest(most_rows, chain(start, rows), key=attention)


def _table(rows: Sequence[ClassRow]) -> Table:
    items = columns(rows)
    table = Table(box=box.SIMPLE, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("student", no_wrap=True, max_width=24)
    table.add_column("score", justify="right")
    for item in items.values():
        name = f"{item.id} bonus" if item.bonus else item.id
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        by_id = {item.id: item for item in row.items}
        score = points(row.mark.points) if row.mark else "?"
        table.add_row(
            Text(_line(row.student)),
            Text(score, style="bold"),
            *(_cell(by_id.get(item)) for item in items),
        )
    return table


def _cell(item: MarkedItem | None) -> Text:
    if item is None:
        return Text("")
    if item.waiting:
        return Text("?")
    shown = f"+{points(item.points)}" if item.bonus else points(item.points)
    return Text(
        f"{shown}*" if item.adjustment and not item.manual else shown,
        style=STYLES[item.outcome] if item.outcome else "",
    )


def _line(text: str) -> str:
    return " ".join(visible(text).splitlines())
