"""`grade autograde ASSIGNMENT`: one submission, inside Gradescope's container."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graders.cli.options import require_tier
from graders.errors import GradersError

if TYPE_CHECKING:
    from graders.assignments import Listing
    from graders.exports.autograder.submission_metadata import SubmissionMetadata

_FAULT = (
    "Your submission was not graded, through a fault of the autograder's own. This is"
    " not a zero. The course staff can see why, and grade it again."
)


@click.command("autograde")
@click.argument("assignment")
@click.option(
    "--root",
    type=click.Path(path_type=Path),
    default=Path("/autograder"),
    show_default=True,
    help="Holds submission, results and submission_metadata.json.",
)
@require_tier(default="B")
def command(assignment: str, root: Path, tier: str) -> int:
    """Grade ROOT/submission as Gradescope expects it, into ROOT/results/results.json.

    Whatever fails, that file is written, and says that it is no zero. What is printed
    is for teachers.
    """
    from graders.assignments import find_assignment
    from graders.cli.main import EXIT_BROKEN
    from graders.exports.gradescope import as_file, no_score
    from graders.exports.writing import write_file
    from graders.sandbox import WallsMissing

    results = root / "results" / "results.json"
    try:
        content, status = _graded(find_assignment(assignment), root, tier)
    except Exception as error:
        is_ours = isinstance(error, GradersError)
        told = str(error) if is_ours else f"{type(error).__name__}: {error}"
        facts = {"grader_problem": told[:4000]}
        write_file(results, as_file(no_score(_FAULT, facts)))
        if not is_ours:
            raise
        click.echo(f"Not graded. {told}")
        if isinstance(error, WallsMissing):
            click.echo(
                "If the container cannot be changed, it may be wall enough for you:"
                f" grade release {assignment} --gradescope --require-tier none"
            )
        return EXIT_BROKEN
    write_file(results, content)
    return status


def _graded(listing: "Listing", root: Path, tier: str) -> tuple[bytes, int]:
    """`results.json`, and the exit status."""
    from graders.cli.main import EXIT_BROKEN, EXIT_GRADED
    from graders.exports.autograder.submission_metadata import read_metadata
    from graders.exports.gradescope import render_results
    from graders.intake import read_entry
    from graders.loading import load_assignment
    from graders.pipeline import grade, open_sandbox
    from graders.records import Tier
    from graders.rubric import mark
    from graders.sandbox import choose_walls

    metadata = read_metadata(root / "submission_metadata.json")
    if metadata.problem:
        click.echo(f"submission_metadata.json: {metadata.problem}. Nothing is late.")
    found = read_entry(root / "submission", "submission", listing.file)
    # Graded under the name that was asked for, as in a class.
    submission = found if found.problem else replace(found, filename=listing.file)
    assignment = load_assignment(listing)
    # The strongest there are, and none only if that was said to be enough.
    walls = choose_walls(Tier(tier))
    click.echo(_walls_told(walls.tier.value, walls.layers))
    lanes = _lanes(assignment.rubric.limits.memory_mib)
    with open_sandbox(assignment, walls=walls, slots=lanes) as sandbox:
        record = grade(submission, assignment, sandbox, lanes=lanes)
    own = mark(
        assignment.rubric,
        record.score,
        submitted=metadata.created_at,
        extension=metadata.due_at,
    )
    click.echo(
        f"{own.points:g} of {own.max_points:g} points in {record.duration_s:.1f} s."
    )
    content = render_results(
        record, assignment.rubric, own, facts=_facts(metadata, own.broken)
    )
    return content, EXIT_BROKEN if own.broken else EXIT_GRADED


def _lanes(per_job_mib: int) -> int:
    """How many groups of checks side by side; a container that is small is told."""
    from graders.exports.autograder.container import (
        container_memory_mib,
        lanes_within,
        needed_mib,
    )

    memory = container_memory_mib()
    if memory is not None and memory < needed_mib(per_job_mib):
        click.echo(
            f"The container has {memory:,} MiB of memory; a submission may need up to"
            f" {needed_mib(per_job_mib):,}. Give it more in the settings of Gradescope."
        )
    return lanes_within(memory, per_job_mib)


def _walls_told(tier: str, layers: tuple[str, ...]) -> str:
    if tier == "none":
        return (
            "No walls: this container offers none, and --require-tier none allows that."
            " The submission can read this autograder, reach the network, and change"
            " what is written here."
        )
    return f"Walls of tier {tier}: {', '.join(layers)}."


def _facts(metadata: "SubmissionMetadata", undecided: bool) -> dict[str, Any]:
    created, due = metadata.created_at, metadata.due_at
    return {
        "gradescope_submission": metadata.id,
        "created_at": created and created.isoformat(),
        "due_at": due and due.isoformat(),
        "undecided": undecided,
    }
