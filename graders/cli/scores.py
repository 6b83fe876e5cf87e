"""`grade scores ASSIGNMENT`: the marks of a class as they stand, and their sums."""

import click

from graders.cli.options import output_format


@click.command("scores")
@click.argument("assignment")
@output_format
@click.option("--student", metavar="NAME", help="Of one student, or of one group.")
def command(assignment: str, as_json: bool, as_csv: bool, student: str | None) -> int:
    """List the marks of a class, from what was graded before."""
    from rich.console import Console

    from graders.cli.main import EXIT_GRADED
    from graders.cli.scores_text import ClassScores
    from graders.ledger import open_ledger
    from graders.marks import find_graded, require_student

    with open_ledger() as ledger, ledger.reading() as connection:
        graded = find_graded(connection, assignment)
        if student is not None:
            require_student(connection, graded.name, student)
        scores = ClassScores(connection, graded, student)
        if as_json or as_csv:
            for line in scores.json_lines() if as_json else scores.csv_lines():
                click.echo(line, nl=False)
        else:
            Console(highlight=False).print(scores.table())
    return EXIT_GRADED
