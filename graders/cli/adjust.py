"""`grade adjust ASSIGNMENT STUDENT ITEM POINTS`: points that a person gives."""

from typing import TYPE_CHECKING

import click

from graders.reports.wording import points as in_short
from graders.reports.wording import visible

if TYPE_CHECKING:
    from graders.records import Mark


@click.command("adjust")
@click.argument("assignment")
@click.argument("student")
@click.argument("item")
@click.argument("points", type=float, required=False)
@click.option("--reason", required=True, help="Why; it is kept with your name.")
@click.option("--withdraw", is_flag=True, help="Take earlier points back.")
@click.option(
    "--over-maximum", is_flag=True, help="Give more than the item has, on purpose."
)
def command(
    assignment: str,
    student: str,
    item: str,
    points: float | None,
    reason: str,
    withdraw: bool,
    over_maximum: bool,
) -> int:
    """Give points for an item, in place of those by checks, or for the whole.

    ITEM is an id such as A2.2, or `all` for the whole mark, lateness included. STUDENT
    may be a group: then all its members get them.
    """
    from graders.cli.main import EXIT_GRADED
    from graders.ledger import open_ledger
    from graders.marks import find_graded
    from graders.marks.overruling import overrule
    from graders.marks.overruling import withdraw as take_back

    if withdraw == (points is not None):
        raise click.UsageError("Give either POINTS or --withdraw.")
    with open_ledger() as ledger:
        graded = ledger.read(lambda connection: find_graded(connection, assignment))
        if points is None:
            changed = take_back(ledger, graded, student, item, reason=reason)
        else:
            changed = overrule(
                *(ledger, graded, student, item, points),
                reason=reason,
                over_maximum=over_maximum,
            )
    for one in changed:
        click.echo(f"{visible(one.student)}: {_mark(one.before)} → {_mark(one.after)}")
    return EXIT_GRADED


def _mark(mark: "Mark | None") -> str:
    return f"{in_short(mark.points)} points" if mark else "no mark"
