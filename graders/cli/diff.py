"""`grade diff ASSIGNMENT`: what the open proposal would change, for whom, and why."""

import click

from graders.cli.options import output_format


@click.command("diff")
@click.argument("assignment")
@output_format
def command(assignment: str, as_json: bool, as_csv: bool) -> int:
    """Show whose mark would move under what waits for `grade confirm`."""
    from rich.console import Console

    from graders.cli.main import EXIT_GRADED
    from graders.cli.moves_text import moves_csv, moves_json, moves_table
    from graders.cli.proposals import read_differences, require_graded, summary
    from graders.ledger import open_ledger, open_proposal
    from graders.marks import Differences

    with open_ledger() as ledger:
        name = require_graded(ledger, assignment).name
        proposal = open_proposal(ledger, name)
        found = (
            read_differences(ledger, name, proposal)
            if proposal
            else Differences(moves=(), num_students=0)
        )
    if as_json:
        click.echo(moves_json(name, proposal, found))
    elif as_csv:
        click.echo(moves_csv(found), nl=False)
    elif proposal is None:
        click.echo(f"Nothing is proposed for {name}.")
    else:
        console = Console(highlight=False)
        console.print(moves_table(proposal, found))
        console.print(summary(found))
    return EXIT_GRADED
