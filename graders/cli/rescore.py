"""`grade rescore ASSIGNMENT`: new points by the rubric as it is now; nothing is run."""

import click


@click.command("rescore")
@click.argument("assignment")
@click.option("--reason", default="", help="Why; for whoever confirms.")
def command(assignment: str, reason: str) -> int:
    """Propose new points for a class after its rubric was edited.

    They are made from the findings that are stored. Nothing counts before
    `grade confirm`.
    """
    from graders.assignments import find_assignment
    from graders.cli.main import EXIT_GRADED
    from graders.cli.proposals import require_graded, tell_proposal
    from graders.ledger import open_ledger
    from graders.regrade import rescore
    from graders.rubric import read_rubric

    listing = find_assignment(assignment)
    rubric = read_rubric(listing.folder / "rubric.yaml")
    with open_ledger() as ledger:
        require_graded(ledger, assignment)
        words = reason or f"the rubric was edited: version {rubric.version}"
        found = rescore(ledger, rubric, reason=words)
        if found.proposal is None:
            click.echo(
                f"Nothing to do: all {found.num_standing} scores are by this rubric."
            )
            return EXIT_GRADED
        click.echo(
            f"{found.num_scores} of {found.num_standing} submissions have new scores,"
            f" by version {rubric.version} of the rubric."
        )
        tell_proposal(ledger, listing.names[0], listing.name, found.proposal)
    return EXIT_GRADED
