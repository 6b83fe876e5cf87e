"""`grade report ASSIGNMENT`: write reports, pages and scores.csv from the ledger."""

from pathlib import Path

import click

from graders.cli.options import out


@click.command("report")
@click.argument("assignment")
@out
def command(assignment: str, out: Path | None) -> int:
    """Write every student's reports, the class and scores.csv, as marks stand now.

    Whatever has not changed since the last time is left as it is.
    """
    from graders.batch import ResultFolder
    from graders.cli.main import EXIT_GRADED
    from graders.cli.proposals import require_graded
    from graders.ledger import open_ledger

    with open_ledger(create=False) as ledger:
        name = require_graded(ledger, assignment).name
        results = ResultFolder(out or Path("grades", name))
        rows = results.write(ledger, name, {})
    click.echo(f"{len(rows)} students.")
    click.echo(f"Scores:  {results.scores}")
    click.echo(f"Class:   {results.class_page}")
    click.echo(f"Reports: {results.folder}/students/STUDENT/report.html, report.md")
    return EXIT_GRADED
