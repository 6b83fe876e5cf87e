"""What commands say of a proposal, and how they ask a person."""

import sys

import click

from graders.errors import UsageError
from graders.ledger import Ledger, Proposal
from graders.marks import (
    Differences,
    GradedAssignment,
    find_graded,
    proposed_moves,
    settle,
)


def require_graded(ledger: Ledger, name: str) -> GradedAssignment:
    """The assignment, as the ledger has it.

    Raises:
        UsageError: if nothing of it was graded.
    """
    return ledger.read(lambda connection: find_graded(connection, name))


def read_differences(ledger: Ledger, name: str, proposal: Proposal) -> Differences:
    """What a proposal would change by now."""
    with ledger.reading() as connection:
        return proposed_moves(connection, find_graded(connection, name), proposal)


def tell_proposal(ledger: Ledger, short: str, name: str, proposal: Proposal) -> None:
    """Has it settled if it can be, and says what a person has to do else.

    Args:
        ledger: where.
        short: what the assignment is called on the command line.
        name: of the assignment.
        proposal: that was just made.
    """
    if settle(ledger, name, proposal):
        click.echo("No mark moves, so that counts from now on.")
        return
    found = read_differences(ledger, name, proposal)
    click.echo(summary(found))
    if not found.moves:
        click.echo("What is handed in later would be marked otherwise, so you decide.")
    click.echo(
        f"Nothing of it counts yet. Look at it: grade diff {short}\n"
        f"Then decide:                    grade confirm {short} [--discard]"
    )


def summary(found: Differences) -> str:
    """Two sentences about all moves together."""
    if not found.moves:
        return f"No mark moves, of {found.num_students}."
    most = signless(found.max_move)
    if len(found.moves) == 1:
        moved = f"1 mark moves, by {most} {'point' if most == '1' else 'points'}"
    else:
        mean = signless(found.mean_move)
        moved = (
            f"{len(found.moves)} marks move, by {mean} points on average and {most} at"
            " most"
        )
    kept = sum(bool(move.kept) for move in found.moves)
    overruled = (
        f" {kept} of them {'keeps' if kept == 1 else 'keep'} points that a person gave"
        " over other ones: look whether they are still right."
        if kept
        else ""
    )
    stay = "stays" if found.num_unmoved == 1 else "stay"
    return f"{moved}; {found.num_unmoved} {stay}.{overruled}"


def signless(value: float) -> str:
    """Points, at most two places.

    >>> signless(2.50), signless(0.333)
    ('2.5', '0.33')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")


def sure(question: str, *, yes: bool, command: str) -> bool:
    """Asks a person y or N, unless they said yes already.

    Raises:
        UsageError: if nobody can be asked.
    """
    if yes:
        return True
    if not sys.stdin.isatty():
        raise UsageError(
            "nobody can be asked here",
            command,
            "Give --yes if you have seen what it does, or use a terminal.",
        )
    return click.confirm(question, default=False)
