"""`grade extend ASSIGNMENT STUDENT TIME`: a due date of a student's own."""

from typing import TYPE_CHECKING

import click

from graders.reports.wording import visible

if TYPE_CHECKING:
    from graders.ledger import Ledger
    from graders.rubric import Policy


@click.command("extend")
@click.argument("assignment")
@click.argument("student")
@click.argument("until", metavar="TIME", required=False)
@click.option("--reason", required=True, help="Why; it is kept with your name.")
@click.option("--withdraw", is_flag=True, help="Take an extension back.")
@click.option("--new", is_flag=True, help="The student has handed in nothing yet.")
def command(
    assignment: str,
    student: str,
    until: str | None,
    reason: str,
    withdraw: bool,
    new: bool,
) -> int:
    """Give a student, or a group, until TIME, as "2026-10-12 23:59".

    That is by the clocks of the time zone in the rubric's policy.
    """
    from graders.cli.main import EXIT_GRADED
    from graders.ledger import open_ledger
    from graders.marks.extending import extend_due_date, withdraw_extension

    if withdraw == (until is not None):
        raise click.UsageError("Give either TIME or --withdraw.")
    with open_ledger() as ledger:
        name, policy = _find_policy(ledger, assignment)
        if until is None:
            for who in withdraw_extension(ledger, name, student, reason=reason):
                click.echo(f"{visible(who)}: due as for everybody again.")
            return EXIT_GRADED
        end, students = extend_due_date(
            *(ledger, name, policy, student, until), reason=reason, new=new
        )
    assert policy is not None
    for who in students:
        clock = end.astimezone(policy.zone)
        click.echo(f"{visible(who)}: due {clock:%a %Y-%m-%d %H:%M %Z}.")
    return EXIT_GRADED


def _find_policy(ledger: "Ledger", assignment: str) -> "tuple[str, Policy | None]":
    """That of the marks; before anything is graded, that of the file."""
    from graders.assignments import find_assignment
    from graders.errors import UsageError
    from graders.marks import find_graded
    from graders.rubric import read_rubric

    try:
        graded = ledger.read(lambda connection: find_graded(connection, assignment))
    except UsageError:
        listing = find_assignment(assignment)
        return listing.name, read_rubric(listing.folder / "rubric.yaml").policy
    return graded.name, graded.rubric.policy
