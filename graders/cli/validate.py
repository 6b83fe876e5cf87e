"""`grade validate ASSIGNMENT`: measure how often the grading itself is wrong."""

import os
from pathlib import Path

import click

EXIT_NOT_ACCEPTED = 1


@click.command("validate")
@click.argument("assignment")
@click.option(
    "--seeds",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    help="Grade every right solution at so many seeds.",
)
@click.option(
    "--mutants",
    type=click.Choice(["all", "catalogue", "generated", "none"]),
    default="all",
    show_default=True,
    help="Wrong solutions to grade.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=100,
    show_default=True,
    help="Generated mutants of each right solution; 0 for all.",
)
@click.option(
    "--calibrate", is_flag=True, help="Calibrate the thresholds, store the result."
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=lambda: os.cpu_count() or 1,
    show_default="one per core",
    help="Gradings at a time.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    show_default="grades/validation/ASSIGNMENT",
    help="Where the report and the journal are; a second run goes on from there.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    assignment: str,
    seeds: int,
    mutants: str,
    limit: int,
    calibrate: bool,
    workers: int,
    out: Path | None,
    as_json: bool,
) -> int:
    """Grade solutions whose worth is known, and say where the grading is wrong.

    \b
    right solutions   full marks at every seed
    the stub          no points; no line of a solution in it
    catalogue         each mistake loses its own item, is named, costs nothing else
    generated         small changes of right solutions are noticed
    thresholds        calibrated, and no right solution fails one

    Exit status: 0 accepted, 1 not accepted, 2 and 3 as for `grade`.
    """
    from rich.console import Console

    from graders.assignments import find_assignment
    from graders.cli.main import EXIT_GRADED
    from graders.cli.progress import phases
    from graders.loading import load_assignment
    from graders.validation.document import render_json
    from graders.validation.html_report import write_report
    from graders.validation.terminal import print_validation
    from graders.validation.validating import Plan, validate

    loaded = load_assignment(find_assignment(assignment))
    folder = out or Path("grades", "validation", loaded.listing.name)
    plan = Plan(
        seeds=seeds,
        catalogue=mutants in ("all", "catalogue"),
        generated=mutants in ("all", "generated"),
        limit=limit,
        workers=workers,
        calibrate=calibrate,
    )
    with phases() as progress:
        found = validate(loaded, plan, folder / "journal.sqlite", progress)
    report = write_report(found, folder)
    if as_json:
        click.echo(render_json(found), nl=False)
    else:
        console = Console(highlight=False)
        print_validation(found, console)
        console.print(f"Report: {report}", soft_wrap=True, markup=False)
    return EXIT_GRADED if found.accepted else EXIT_NOT_ACCEPTED
