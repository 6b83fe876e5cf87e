"""`grade publish ASSIGNMENT`: students see their marks from now on."""

from typing import TYPE_CHECKING

import click

from graders.cli.options import yes as yes_option

if TYPE_CHECKING:
    from graders.marks import ClassSummary


@click.command("publish")
@click.argument("assignment")
@yes_option
@click.option("--reason", default="", help="A note that is kept with your name.")
def command(assignment: str, yes: bool, reason: str) -> int:
    """Record that marks are published, once nothing is open any more.

    What a rubric shows only after publishing is in reports that are written from now
    on.
    """
    from graders.cli.main import EXIT_GRADED
    from graders.cli.proposals import sure
    from graders.errors import UsageError
    from graders.ledger import open_ledger, open_proposal, publish, published_at
    from graders.marks import ClassMarks, Tally, find_graded

    with open_ledger() as ledger:
        with ledger.reading() as connection:
            graded = find_graded(connection, assignment)
            before = published_at(connection, graded.name)
            tally = Tally()
            for _ in tally.of(ClassMarks(connection, graded.name, graded.rubric)):
                pass
        if open_proposal(ledger, graded.name) is not None:
            short = graded.rubric.names[0]
            raise UsageError(
                "marks that are proposed wait for a decision",
                graded.name,
                f"Look at them with `grade diff {short}`, and decide with"
                f" `grade confirm {short}`.",
            )
        if before is not None:
            click.echo(f"Published before: {before:%Y-%m-%d %H:%M} UTC.")
        summary = tally.summary()
        left = left_open(summary)
        click.echo(f"{summary.num_marked} of {summary.num_students} have a mark.")
        for line in left:
            click.echo(line)
        if summary.num_undecided or summary.num_waiting or summary.num_flagged:
            click.echo(f"  Decide about them: grade review {assignment}")
        question = "Publish nevertheless?" if left else "Publish?"
        if not sure(question, yes=yes, command="grade publish"):
            click.echo("Nothing was published.")
            return EXIT_GRADED
        publish(ledger, graded.name, reason or "published")
    click.echo(f"Published. Write the reports anew: grade report {assignment}")
    return EXIT_GRADED


def left_open(found: "ClassSummary") -> list[str]:
    """What somebody may want to look at before."""
    counts = {
        "not graded": found.num_students - found.num_marked,
        "undecided through the grader's own fault": found.num_undecided,
        "waiting for points that a person gives": found.num_waiting,
        "with a person's points over others that have changed": found.num_flagged,
    }
    return [f"  {count} {what}" for what, count in counts.items() if count]
