"""A validation for people, in the terminal: one screen, the verdict last."""

import textwrap

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from graders.rubric.calibration import GateCalibration, Rate
from graders.validation.killing import LEAST_KILLED, tally, tally_by_task
from graders.validation.validating import Validation
from graders.validation.wording import (
    counted,
    effort,
    left_out,
    problem_rows,
)

MOST_PROBLEMS = 6
_LONGEST = 300


def print_validation(found: Validation, console: Console) -> None:
    """The counts, mutants by task, thresholds, and the problems that fit."""
    console.print(_counts(found))
    if found.cases:
        console.print(_killed(found))
    if found.calibration is not None and found.calibration.gates:
        console.print(_thresholds(found))
    rows = problem_rows(found.problems)
    for row in rows[:MOST_PROBLEMS]:
        seeds = f", seed {row.seeds}" if row.seeds else ""
        console.print(f"[bold red]{_plain(row.of)}[/] {_plain(row.solution)}{seeds}")
        console.print(Padding(_plain(row.what), (0, 0, 0, 2)))
    hidden = len(rows) - MOST_PROBLEMS
    if hidden > 0:
        console.print(f"... and {hidden} more, in the report.")
    console.print(_verdict(found))
    console.print(f"{effort(found)}.")


def _verdict(found: Validation) -> str:
    name = _plain(found.assignment.listing.names[0])
    if not found.accepted:
        problems = counted(len(found.problems), "problem")
        return f"[bold red]{name} is not accepted: {problems}.[/]"
    missing = left_out(found)
    without = f" Not looked at: {' and '.join(missing)}." if missing else ""
    return f"[bold green]{name} is accepted.[/]{without}"


def _counts(found: Validation) -> Table:
    table = Table.grid(padding=(0, 2))
    right = found.right
    whole = sum(trial.whole for trial in right)
    solutions = counted(len({trial.solution for trial in right}), "solution")
    seeds = counted(found.plan.seeds, "seed")
    table.add_row(
        "right solutions",
        f"{whole} of {len(right)} gradings with full marks ({solutions}, {seeds})",
    )
    table.add_row("stub", f"{found.stub.points:g} points")
    if found.catalogue:
        own = sum(
            trial.lost_tasks == [solution.task] for solution, trial in found.catalogue
        )
        table.add_row(
            "catalogue",
            f"{own} of {len(found.catalogue)} lose points in their own task only",
        )
    if found.cases:
        table.add_row("mutants", _sampled(found))
    return table


def _sampled(found: Validation) -> str:
    generated = sum(one.generated for one in found.drawn.values())
    sampled = sum(one.sampled for one in found.drawn.values())
    if sampled == generated:
        return f"all {generated:,} graded"
    return f"{sampled:,} of {generated:,} graded (--limit {found.plan.limit})"


def _killed(found: Validation) -> Table:
    """Killed by a value that was wrong, or only by an exception and the like."""
    table = _table(
        "task", "Generated mutants: killed by a wrong value, or only by an error"
    )
    for column in ("by value", "by error", "survived", "equivalent", "undecided"):
        table.add_column(column, justify="right")
    table.add_column("killed", justify="right")
    rows = [*tally_by_task(found.cases).items(), ("all", tally(found.cases))]
    for task, one in rows:
        counts = (
            *(one.killed - one.without_value, one.without_value, one.survived),
            *(one.equivalent, one.undecided),
        )
        style = "red" if one.share < LEAST_KILLED else ""
        table.add_row(_plain(task), *map(str, counts), f"{one.share:.1%}", style=style)
    return table


def _thresholds(found: Validation) -> Table:
    table = _table("threshold", "Thresholds")
    table.columns[0].overflow = "fold"
    for column in ("bound", "worst", "right that fail", "wrong unnoticed"):
        table.add_column(column, justify="right")
    assert found.calibration is not None
    for name, one in found.calibration.gates.items():
        table.add_row(
            _plain(name),
            f"{one.bound:g}",
            _worst(name, one, found),
            _rate(one.false_fail),
            _rate(one.false_pass),
        )
    return table


def _worst(name: str, one: GateCalibration, found: Validation) -> str:
    """Of right solutions, the value that is nearest to failing, or fails most."""
    gates = found.assignment.rubric.gates
    at_least = name not in gates or gates[name].at_least is not None
    values = [value for sample in one.right for value in sample.values]
    if not values:
        return "-"
    return f"{min(values) if at_least else max(values):.3g}"


def _rate(rate: Rate) -> str:
    """The count, and the bounds of the probability.

    >>> _rate(Rate(count=0, of=50, low=0.0, high=0.0713))
    '0/50, 0-7.1%'
    """
    if not rate.of:
        return "none measured"
    return f"{rate.count}/{rate.of}, {100 * rate.low:.2g}-{100 * rate.high:.2g}%"


def _table(first: str, title: str) -> Table:
    return Table(
        first,
        title=title,
        title_justify="left",
        title_style="bold",
        box=SIMPLE_HEAD,
        pad_edge=False,
    )


def _plain(text: str) -> str:
    """Text that is shown as it is: it cannot be markup, nor move the cursor."""
    shown = "".join(char if char.isprintable() else " " for char in text)
    return escape(textwrap.shorten(shown, _LONGEST, placeholder=" ..."))
