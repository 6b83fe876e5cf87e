"""What an export would change, as a person reads it before it is imported."""

from collections.abc import Iterable
from itertools import islice

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graders.exports.changes import Export, Why
from graders.reports.wording import visible

_MOST_ROWS = 500
_COUNTED = {
    Why.UNCHANGED: "have this grade already",
    Why.EXCUSED: "excused",
    Why.LOCKED: "cannot be changed",
    Why.OUT_OF_RANGE: "out of range",
    Why.UNSAFE: "to be entered by hand",
    Why.NO_REPORT: "without a report",
}


def print_export(found: Export, console: Console, *, compared: bool) -> None:
    """The differences, who is left out and why, and how many there are of each.

    Args:
        found: the export.
        console: where.
        compared: whether there is a platform's table to differ from.
    """
    if found.column:
        console.print(Text(f"Column: {visible(found.column)}"))
    if compared and found.changes:
        console.print(_changes(found))
    _print_left(found, console)
    for note in found.notes:
        console.print(Text(f"Note: {visible(note)}"), soft_wrap=True)
    console.print(Text(_counts(found, compared=compared)), soft_wrap=True)


def _changes(found: Export) -> Table:
    table = Table(box=box.SIMPLE, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("student", overflow="fold")
    table.add_column("before", justify="right")
    table.add_column("after", justify="right")
    table.add_column("row in the table", overflow="fold")
    table.add_column("found by", overflow="fold")
    for one in islice(found.changes, _MOST_ROWS):
        cells = (one.student, one.before or "-", one.after, one.row, one.why)
        table.add_row(*(Text(_line(text)) for text in cells))
    if len(found.changes) > _MOST_ROWS:
        table.add_row(Text(f"... and {len(found.changes) - _MOST_ROWS} more"))
    return table


def _print_left(found: Export, console: Console) -> None:
    told = [one for one in found.left if one.why is not Why.UNCHANGED]
    _print_list(
        "Left as they are:", ((one.student, one.told, ()) for one in told), console
    )
    _print_list(
        "No row of their own:",
        (
            (one.student, f"{one.what}. {one.remedy}", one.candidates)
            for one in found.unmatched
        ),
        console,
    )
    _print_list(
        "Held back:", ((one.student, one.why, ()) for one in found.held_back), console
    )


def _print_list(
    title: str, rows: Iterable[tuple[str, str, tuple[str, ...]]], console: Console
) -> None:
    listed = list(rows)
    if not listed:
        return
    console.print(Text(title, style="bold"))
    for student, words, more in listed[:_MOST_ROWS]:
        console.print(Text(f"  {_line(student)}: {_line(words)}"), soft_wrap=True)
        for one in more:
            console.print(Text(f"    {_line(one)}"), soft_wrap=True)
    if len(listed) > _MOST_ROWS:
        console.print(Text(f"  ... and {len(listed) - _MOST_ROWS} more"))


def _counts(found: Export, *, compared: bool) -> str:
    num = found.num_written if not compared else len(found.changes)
    what = "to change" if compared else "to export"
    counts = [f"{num} {what}"]
    counts += [
        f"{found.num_left(why)} {words}"
        for why, words in _COUNTED.items()
        if found.num_left(why)
    ]
    if found.unmatched:
        counts.append(f"{len(found.unmatched)} without a row of their own")
    if found.held_back:
        counts.append(f"{len(found.held_back)} held back")
    return f"Students: {', '.join(counts)}."


def _line(text: str) -> str:
    """One line of a terminal, whatever a name has in it."""
    return visible(text).replace("\n", "�").replace("\t", "�")
