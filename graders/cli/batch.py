"""`grade batch ASSIGNMENT FOLDER`: grade a class, print the table of scores."""

import os
from pathlib import Path

import click

from graders.cli.options import require_tier


@click.command("batch")
@click.argument("assignment")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=lambda: os.cpu_count() or 1,
    show_default="one per core",
    help="Submissions graded at a time.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    show_default="grades/ASSIGNMENT",
    help="Where results are kept; a second run goes on from there.",
)
@require_tier(default="B")
def command(
    assignment: str, folder: Path, workers: int, out: Path | None, tier: str
) -> int:
    """Grade a folder: one sub-folder, or one .py file, per student."""
    from rich.console import Console

    from graders.assignments import find_assignment
    from graders.batch import ResultFolder, grade_class
    from graders.cli.main import EXIT_BROKEN, EXIT_GRADED
    from graders.cli.progress import class_progress
    from graders.intake import find_submissions
    from graders.loading import load_assignment
    from graders.records import Tier
    from graders.reports.class_scores import class_table
    from graders.sandbox import choose_walls

    loaded = load_assignment(find_assignment(assignment))
    submissions = list(find_submissions(folder, loaded.rubric.file))
    results = ResultFolder(out or Path("grades", loaded.listing.name))
    walls = choose_walls(Tier(tier))
    with class_progress(len(submissions)) as progress:
        outcome = grade_class(
            submissions,
            loaded,
            results,
            workers=workers,
            walls=walls,
            progress=progress,
        )
    console = Console(highlight=False)
    console.print(class_table(outcome.records, outcome.undecided))
    if outcome.reused:
        console.print(f"{outcome.reused} were there from an earlier run.")
    layers = ", ".join(walls.layers) or "nothing but limits"
    console.print(f"Walls:   {walls.tier} ({layers})", soft_wrap=True)
    console.print(f"Scores:  {results.folder / 'scores.csv'}", soft_wrap=True)
    console.print(
        f"Reports: {results.folder}/students/STUDENT/report.md", soft_wrap=True
    )
    broken = outcome.undecided or any(r.score.broken for r in outcome.records)
    return EXIT_BROKEN if broken else EXIT_GRADED
