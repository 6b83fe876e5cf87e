"""`grade confirm ASSIGNMENT`: accept what was proposed, or turn it down."""

import click

from graders.cli.options import yes


@click.command("confirm")
@click.argument("assignment")
@click.option("--discard", is_flag=True, help="Turn it down: marks stay as they are.")
@yes
@click.option("--reason", default="", help="Why; it is kept with your name.")
def command(assignment: str, discard: bool, yes: bool, reason: str) -> int:
    """Accept what `rescore`, `replay` or `batch` proposed, after a look at it."""
    from rich.console import Console

    from graders.cli.main import EXIT_GRADED
    from graders.cli.moves_text import moves_table
    from graders.cli.proposals import (
        read_differences,
        require_graded,
        summary,
        sure,
    )
    from graders.ledger import decide, open_ledger, open_proposal

    console = Console(highlight=False)
    question = "Turn it down?" if discard else "Accept it?"
    with open_ledger() as ledger:
        name = require_graded(ledger, assignment).name
        proposal = open_proposal(ledger, name)
        if proposal is None:
            click.echo(f"Nothing is proposed for {name}.")
            return EXIT_GRADED
        shown = None
        # Somebody may grade while a person reads: then they are asked once more.
        while shown != (found := read_differences(ledger, name, proposal)):
            if shown is not None:
                click.echo("Somebody has graded meanwhile. As of now:")
            console.print(moves_table(proposal, found))
            click.echo(summary(found))
            if not sure(question, yes=yes, command="grade confirm"):
                click.echo("Nothing was decided.")
                return EXIT_GRADED
            shown = found
            if yes:
                break
        words = reason or ("turned down" if discard else "accepted as proposed")
        decide(ledger, proposal, accepted=not discard, reason=words)
    if discard:
        click.echo("Turned down. Marks are as they were.")
    else:
        click.echo(f"Accepted. {summary(found)}")
        click.echo(f"Write the reports anew: grade report {assignment}")
    return EXIT_GRADED
