"""`grade doctor`: what walls this machine offers, what is missing, what mends it."""

import click


@click.command("doctor")
def command() -> int:
    """Show which walls this machine offers for grading other people's code."""
    from rich.console import Console
    from rich.table import Table

    from graders.cli.main import EXIT_GRADED
    from graders.records import Tier
    from graders.sandbox.machine import facts, read_machine, remedy
    from graders.sandbox.probing import probe_walls

    console = Console(highlight=False)
    machine = read_machine()
    about = Table(box=None, show_header=False, pad_edge=False)
    for name, value in facts(machine):
        about.add_row(name, value)
    console.print(about)
    console.print()
    with console.status("Building each wall, and attacking it from within ..."):
        probes = probe_walls()
    table = Table(box=None, pad_edge=False)
    for column in ("tier", "layers", "result"):
        table.add_column(column, overflow="fold")
    for probe in probes:
        result = "holds" if probe.holds else probe.problem
        table.add_row(probe.walls.tier, ", ".join(probe.walls.layers), result)
    if probes:
        console.print(table)
        console.print()
    best = max((probe.walls.tier for probe in probes if probe.holds), default=Tier.NONE)
    console.print(f"Strongest walls here: {best}.")
    if best < Tier.B:
        console.print(
            "`grade batch` refuses to grade here. Your own file needs no walls."
        )
    console.print(remedy(machine, probes), soft_wrap=True)
    return EXIT_GRADED
