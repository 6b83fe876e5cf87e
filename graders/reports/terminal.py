"""A record on a terminal."""

from collections.abc import Iterator
from dataclasses import replace

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from graders.records import Finding, ItemScore, Outcome, Record, Score
from graders.reports.wording import (
    OUTCOMES,
    how,
    of_style,
    on_top,
    points,
    points_of,
    shown_printed,
    shown_what,
    unopened,
    unpassed,
    untold,
    visible,
)

STYLES = {
    Outcome.PASSED: "green",
    Outcome.FAILED: "red",
    Outcome.BLOCKED: "yellow",
    Outcome.BROKEN: "bold magenta",
}
_PRINTED_LINES = 8


def print_record(record: Record, console: Console) -> None:
    """Prints every task: outcome, points, and for each problem what, where, how."""
    problem = record.problem
    if problem is not None:
        console.print(_finding(replace(problem, title=""), set()))
        console.print()
        console.print(_totals(record))
        return
    for item in record.score.items:
        console.print(_heading(item))
        told: set[str] = set()
        for finding in unpassed(item.findings):
            console.print(Padding(_finding(finding, told), (0, 0, 0, 4)))
        for sentence in untold(item.findings):
            text = Text(sentence, style=STYLES[Outcome.BLOCKED])
            console.print(Padding(text, (0, 0, 0, 4)))
    for line in _style(record.score):
        console.print(line)
    console.print()
    console.print(_totals(record))


def _heading(item: ItemScore) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(width=6)
    grid.add_column(width=9)
    grid.add_column(min_width=9, justify="right", no_wrap=True)
    grid.add_column()
    grid.add_row(
        Text(item.id, style="bold"),
        Text(OUTCOMES[item.outcome], style=STYLES[item.outcome]),
        Text(points_of(item)),
        Text(item.title),
    )
    return grid


def _style(score: Score) -> Iterator[RenderableType]:
    """The item for style; what is advice stands apart, and only if there is some."""
    if score.style is None:
        return
    findings, more = of_style(score.style.findings)
    if score.advice is None:
        yield _heading(score.style)
    elif findings:
        yield Text(f"\n{score.style.title}", style="bold")
    for finding in findings:
        # Advice is not shown as what is missing for the points is.
        colour = "" if score.advice else STYLES[finding.outcome]
        words = _finding(replace(finding, title=""), set(), colour)
        yield Padding(words, (0, 0, 0, 4))
    for sentence in filter(None, (more, unopened(score))):
        yield Padding(Text(sentence), (0, 0, 0, 4))


def _finding(
    finding: Finding, told: set[str], colour: str | None = None
) -> RenderableType:
    lines: list[RenderableType] = []
    if finding.title:
        kind = "hidden check" if finding.hidden else "check"
        lines.append(Text(f"{finding.title} ({kind})", style="dim"))
    style = STYLES[finding.outcome] if colour is None else colour
    lines.append(Text(shown_what(finding), style=style))
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=6, style="dim")
    grid.add_column()
    if finding.where:
        grid.add_row("where", Text(visible(finding.where)))
    if finding.fix:
        grid.add_row("how", Text(how(finding, told)))
    lines.append(grid)
    if printed := shown_printed(finding).splitlines():
        cut = printed[:_PRINTED_LINES]
        if len(printed) > len(cut):
            cut.append(f"... and {len(printed) - len(cut)} more lines")
        text = Text("It printed:\n  " + "\n  ".join(cut), style="dim")
        lines.append(text)
    return Group(*lines)


def _totals(record: Record) -> RenderableType:
    score = record.score
    text = Text.assemble(
        ("Score ", "bold"),
        (f"{points(score.points)} / {points(score.max_points)}", "bold"),
        on_top(score.counted),
        f"   in {record.duration_s:.1f} s",
    )
    if record.public_only:
        text.append("\nPublic checks only: your teacher's copy runs hidden ones too.")
    if score.broken:
        text.append(
            "\nA check could not be decided. That is the grader's fault, costs no"
            " points, and a person must look.",
            style=STYLES[Outcome.BROKEN],
        )
    return text
