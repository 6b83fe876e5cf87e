"""`grade ASSIGNMENT [FILE]`: grade one file, print what to do."""

from pathlib import Path
from typing import Any

import click

from graders.assignments import Listing
from graders.cli.options import require_tier
from graders.errors import UsageError


def make_command(listing: Listing) -> click.Command:
    """The command that grades one assignment."""

    @click.command(listing.names[0], short_help=f"Grade {listing.title}.")
    @click.argument("file", required=False, type=click.Path(path_type=Path))
    @click.option(
        "--task",
        "tasks",
        metavar="ID",
        multiple=True,
        help="Grade one task, for example A2.2; may be given again for another.",
    )
    @click.option("--public", is_flag=True, help="Run what a student has: no hidden.")
    @click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
    @click.option(
        "--seed",
        type=click.IntRange(min=0),
        default=0,
        show_default=True,
        help="Draw other inputs.",
    )
    @require_tier(default="none")
    def command(**options: Any) -> int:
        return run(listing, **options)

    command.help = (
        f"Grade {listing.title}.\n\nFILE is {listing.stub} in the working folder"
        f" unless given, or {listing.file} in it."
    )
    return command


def run(
    listing: Listing,
    *,
    file: Path | None,
    tasks: tuple[str, ...],
    public: bool,
    as_json: bool,
    seed: int,
    tier: str,
) -> int:
    """Grades one file and prints the result; returns the exit status."""
    from rich.console import Console

    from graders.cli.main import EXIT_BROKEN, EXIT_GRADED
    from graders.cli.progress import grading_progress
    from graders.intake import read_submission
    from graders.loading import load_assignment
    from graders.pipeline import grade, open_sandbox
    from graders.records import Tier
    from graders.reports.json_document import render_json
    from graders.reports.terminal import print_record
    from graders.sandbox import NO_WALLS, choose_walls

    path = find_file(listing, file)
    submission = read_submission(path, student=path.stem)
    assignment = load_assignment(listing)
    # One's own file needs no walls; somebody else's may be given some.
    walls = NO_WALLS if tier == Tier.NONE else choose_walls(Tier(tier))
    with (
        open_sandbox(assignment, walls=walls, slots=2) as sandbox,
        grading_progress(path.name) as progress,
    ):
        record = grade(
            submission,
            assignment,
            sandbox,
            seed=seed,
            public_only=public,
            tasks=tasks or None,
            progress=progress,
        )
    if as_json:
        click.echo(render_json(record), nl=False)
    else:
        print_record(record, Console(highlight=False))
    return EXIT_BROKEN if record.score.broken else EXIT_GRADED


def find_file(listing: Listing, given: Path | None) -> Path:
    """The file to grade.

    Raises:
        UsageError: if it is not there.
    """
    candidates = [given] if given else [listing.stub, Path(listing.file)]
    for path in candidates:
        if path.is_file():
            return path
    if given is None:
        raise UsageError(
            f"there is no {listing.stub} here",
            str(Path.cwd()),
            f"Go to the folder that holds `assignments`, or name the file:"
            f" `grade {listing.names[0]} FILE`.",
        )
    if given.is_dir():
        raise UsageError(
            "this is a folder",
            str(given),
            f"Name the file, or grade a class: `grade batch {listing.names[0]}"
            f" {given}`.",
        )
    near = _nearest(given)
    raise UsageError(
        "no such file",
        str(given),
        f"Did you mean {near}?" if near else "Check the path.",
    )


def _nearest(path: Path) -> str | None:
    import difflib

    if not path.parent.is_dir():
        return None
    names = [entry.name for entry in path.parent.iterdir()]
    near = difflib.get_close_matches(path.name, names, n=1)
    return str(path.parent / near[0]) if near else None
