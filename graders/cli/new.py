"""`grade new NAME`: begin an assignment of one's own."""

from pathlib import Path

import click


@click.command("new")
@click.argument("name")
@click.option(
    "--project",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    show_default="the working folder",
    help="The folder that holds `assignments` and `graders`.",
)
def command(name: str, project: Path) -> int:
    """Write a small, whole assignment, to be changed into one's own.

    NAME is a number and a topic: assignment5_backprop. Its handout, stub, rubric,
    reference, checks, a misconception and another right solution are there, and
    `grade validate` accepts them.
    """
    from graders.authoring.starting import start_assignment
    from graders.cli.main import EXIT_GRADED

    for path in start_assignment(name, project):
        click.echo(path)
    short = name.split("_")[0]
    click.echo(f"\nNext: grade validate {short}")
    return EXIT_GRADED
