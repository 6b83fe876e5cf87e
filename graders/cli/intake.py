"""`grade intake ASSIGNMENT SOURCE`: what would be graded, and what would not."""

from pathlib import Path
from typing import Any

import click

from graders.cli.intake_options import of_a_class


@click.command("intake")
@click.argument("assignment")
@click.argument("source", type=click.Path(path_type=Path))
@of_a_class
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(assignment: str, source: Path, as_json: bool, **options: Any) -> int:
    """Tell what `grade batch` would make of a folder or an archive. Nothing is graded.

    SOURCE is the archive that Canvas, Moodle, Gradescope or Blackboard gave, a folder
    extracted from it, clones of GitHub Classroom, or a folder with one sub-folder or
    one file per student. Every file of it is accounted for.
    """
    import json

    from graders.assignments import find_assignment
    from graders.cli.intake_options import take_in_class
    from graders.cli.intake_text import document, tell_intake
    from graders.cli.main import EXIT_GRADED
    from graders.loading import load_assignment

    loaded = load_assignment(find_assignment(assignment))
    taken = take_in_class(source, loaded, options, modified=False)
    if as_json:
        click.echo(json.dumps(document(taken), ensure_ascii=True, indent=2))
    else:
        tell_intake(taken)
    return EXIT_GRADED
