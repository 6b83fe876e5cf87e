"""`grade release ASSIGNMENT --gradescope`: an autograder for Gradescope, as a zip."""

import math
from pathlib import Path

import click

from graders.cli.options import require_tier
from graders.errors import UsageError


@click.command("release")
@click.argument("assignment")
@click.option("--gradescope", is_flag=True, help="An autograder for Gradescope.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("autograder.zip"),
    show_default=True,
    help="The zip to write.",
)
@require_tier(default="B")
@click.option(
    "--timeout",
    "timeout_minutes",
    type=click.IntRange(min=2, max=40),
    default=20,
    show_default=True,
    help="Minutes that the assignment's autograder has in Gradescope.",
)
def command(
    assignment: str, gradescope: bool, out: Path, tier: str, timeout_minutes: int
) -> int:
    """Pack the grading of an assignment for another system.

    The zip holds hidden checks and the reference: it is for teachers only.
    """
    from graders.assignments import find_assignment
    from graders.cli.main import EXIT_GRADED
    from graders.exports.autograder.building import Release, build_autograder
    from graders.exports.autograder.container import needed_mib
    from graders.exports.autograder.wheel import make_wheel
    from graders.exports.writing import write_file
    from graders.rubric import read_rubric

    if not gradescope:
        raise UsageError(
            "there is nothing named to make", "grade release", "Add --gradescope."
        )
    listing = find_assignment(assignment)
    rubric = read_rubric(listing.folder / "rubric.yaml")
    click.echo("Packing the project ...")
    release = Release(
        assignment=listing.name,
        tier=tier,
        timeout_minutes=timeout_minutes,
        wheel=make_wheel(),
    )
    content = build_autograder(release)
    write_file(out, content)
    click.echo(f"Written: {out} ({len(content) / 2**20:.1f} MiB)")
    memory_gb = math.ceil(needed_mib(rubric.limits.memory_mib) / 1024)
    click.echo(
        f"In Gradescope, give the container {memory_gb} GB of memory or the most there"
        f" is, all processors there are, and a timeout of {timeout_minutes} minutes."
    )
    if tier == "none":
        click.echo(
            "Submissions run without walls if the container offers none: they can then"
            " read the hidden checks, and change their own results."
        )
    else:
        click.echo(
            f"If the container offers no walls of tier {tier}, nothing is graded, and"
            " its output says so; --require-tier none would grade without."
        )
    return EXIT_GRADED
