"""A validation for people, in the terminal: one screen, problems last."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from graders.rubric.calibration import Rate
from graders.validation.killing import Fate, tally, tally_by_task
from graders.validation.validating import Validation

MOST_PROBLEMS = 20


def print_validation(found: Validation, console: Console) -> None:
    """The counts, the thresholds, and every problem that fits."""
    name = found.assignment.listing.names[0]
    console.print(_counts(found))
    if found.cases:
        console.print(_killed(found))
    if found.calibration is not None and found.calibration.gates:
        console.print(_thresholds(found))
    for problem in found.problems[:MOST_PROBLEMS]:
        seed = "" if problem.seed is None else f", seed {problem.seed}"
        console.print(f"[bold red]{problem.of}[/] {escape(problem.solution)}{seed}")
        console.print(f"  {escape(problem.what)}")
    hidden = len(found.problems) - MOST_PROBLEMS
    if hidden > 0:
        console.print(f"... and {hidden} more, in the report.")
    if found.accepted:
        console.print(f"[bold green]{name} is accepted.[/]")
    else:
        count = len(found.problems)
        noun = "problem" if count == 1 else "problems"
        console.print(f"[bold red]{name} is not accepted: {count} {noun}.[/]")


def _counts(found: Validation) -> Table:
    table = Table.grid(padding=(0, 2))
    right, whole = found.right, sum(t.points == t.max_points for t in found.right)
    solutions = len({trial.solution for trial in right})
    table.add_row(
        "right solutions",
        f"{whole} of {len(right)} gradings whole"
        f" ({solutions} solutions, {found.plan.seeds} seeds)",
    )
    table.add_row("stub", f"{found.stub.points:g} points")
    if found.catalogue:
        own = sum(
            trial.lost_tasks == [solution.task] for solution, trial in found.catalogue
        )
        table.add_row(
            "catalogue", f"{own} of {len(found.catalogue)} lose their own item only"
        )
    return table


def _killed(found: Validation) -> Table:
    table = Table("task", title="Generated mutants", title_justify="left")
    for fate in Fate:
        table.add_column(str(fate), justify="right")
    table.add_column("share", justify="right")
    rows = [*tally_by_task(found.cases).items(), ("all", tally(found.cases))]
    for task, one in rows:
        counts = (one.killed, one.survived, one.equivalent, one.undecided)
        table.add_row(task, *map(str, counts), f"{one.share:.1%}")
    return table


def _thresholds(found: Validation) -> Table:
    table = Table("threshold", title="Thresholds", title_justify="left")
    for column in ("bound", "right: worst", "spread", "false fail", "false pass"):
        table.add_column(column, justify="right")
    gates = found.assignment.rubric.gates
    assert found.calibration is not None
    for name, one in found.calibration.gates.items():
        values = [value for sample in one.right for value in sample.values]
        at_least = name not in gates or gates[name].at_least is not None
        worst = min(values, default=0.0) if at_least else max(values, default=0.0)
        table.add_row(
            name,
            f"{one.bound:g}",
            f"{worst:.3g}",
            f"{one.spread:.2g}",
            _rate(one.false_fail),
            _rate(one.false_pass),
        )
    return table


def _rate(rate: Rate) -> str:
    return f"{rate.count}/{rate.of} ({rate.low:.1%} to {rate.high:.1%})"
