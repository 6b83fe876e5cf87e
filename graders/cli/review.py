"""`grade review ASSIGNMENT`: what a person must decide, one item at a time."""

import sys
from typing import TYPE_CHECKING

import click

from graders.cli.options import yes
from graders.reports.wording import visible

if TYPE_CHECKING:
    from graders.ledger import Ledger
    from graders.review.selection import Selection


@click.command("review")
@click.argument("assignment")
@click.option(
    "--item", metavar="ID", help="One item only: A2.M1; or `all`, as `adjust` has it."
)
@click.option("--student", metavar="NAME", help="One student or group only.")
@click.option("--anonymous", is_flag=True, help="Numbers in place of names.")
@click.option("--near", metavar="MARKS", help="Also marks just below these: 50,60.")
@click.option(
    "--within",
    type=click.FloatRange(min=0),
    default=2.0,
    show_default=True,
    help="How many points below is just below.",
)
@click.option("--shard", metavar="I/N", help="Part I of N, each for one reviewer.")
@click.option("--seed", type=int, default=0, help="Of the order of students.")
@click.option("--plain", is_flag=True, help="Ask line by line, without a screen.")
@click.option("--list", "listing", is_flag=True, help="Print what waits, and end.")
@click.option("--json", "as_json", is_flag=True, help="With --list: one JSON document.")
@click.option("--confirm", is_flag=True, help="Let your drafts count, after a look.")
@yes
def command(
    assignment: str,
    item: str | None,
    student: str | None,
    anonymous: bool,
    near: str | None,
    within: float,
    shard: str | None,
    seed: int,
    plain: bool,
    listing: bool,
    as_json: bool,
    confirm: bool,
    yes: bool,
) -> int:
    """Decide what waits for a person: points, broken checks, changed ground.

    Every decision is kept as a draft at once. Nothing counts before `--confirm`.
    """
    from graders.cli.main import EXIT_GRADED
    from graders.ledger import open_ledger
    from graders.review.cases import Nearness
    from graders.review.ordering import Shard
    from graders.review.selection import Selection

    if as_json and not listing:
        raise click.UsageError("--json is for --list.")
    selection = Selection(
        item="" if item == "all" else item,
        student=student,
        near=Nearness(boundaries=_boundaries(near), within=within),
        shard=Shard.parse(shard) if shard else Shard(),
        seed=seed,
        anonymous=anonymous,
    )
    with open_ledger(create=False) as ledger:
        if confirm:
            _confirm(ledger, assignment, selection, yes=yes)
        elif listing:
            _list(ledger, assignment, selection, as_json=as_json)
        else:
            _walk(ledger, assignment, selection, plain=plain)
    return EXIT_GRADED


def _none_of(who: str) -> str:
    return visible(f"There are no drafts of {who}; GRADES_USER says who you are.")


def _boundaries(text: str | None) -> tuple[float, ...]:
    try:
        return tuple(sorted(float(part) for part in (text or "").split(",") if part))
    except ValueError as error:
        raise click.UsageError("--near takes numbers: 50,60.") from error


def _list(
    ledger: "Ledger", assignment: str, selection: "Selection", *, as_json: bool
) -> None:
    from rich.console import Console

    from graders.review.listing import as_json as to_json
    from graders.review.listing import as_table
    from graders.review.session import Review

    review = Review(ledger, assignment, selection)
    if as_json:
        click.echo(to_json(review))
    elif review.cases:
        Console(highlight=False).print(as_table(review))
    else:
        click.echo(f"Nothing of {review.name} waits for a person.")


def _walk(
    ledger: "Ledger", assignment: str, selection: "Selection", *, plain: bool
) -> None:
    from graders.errors import UsageError
    from graders.review.counting import draft_moves
    from graders.review.session import Review
    from graders.review.wording import count_line

    review = Review(ledger, assignment, selection)
    if not review.cases:
        click.echo(f"Nothing of {review.name} waits for a person.")
        return
    if plain:
        from graders.review.plain import Plain

        Plain(review, sys.stdin, sys.stdout).run()
    elif not all(one.isatty() for one in (sys.stdin, sys.stdout, sys.stderr)):
        raise UsageError(
            "a screen can only be shown in a terminal",
            "grade review",
            "Give --plain to be asked line by line, or --list to see what waits.",
        )
    else:
        from graders.review.screen import ReviewApp

        app = ReviewApp(review, ledger)
        app.run(mouse=False)  # so that text can be selected as ever
        if app.failure is not None:
            raise app.failure
    moves = draft_moves(ledger, review.graded, selection)
    click.echo(count_line(moves))
    if moves:
        click.echo(f"Let them count: grade review {assignment} --confirm")


def _confirm(
    ledger: "Ledger", assignment: str, selection: "Selection", *, yes: bool
) -> None:
    from graders.cli.proposals import require_graded, sure
    from graders.review.counting import draft_moves, keep_in_mind, make_count
    from graders.review.wording import count_line, move_line

    graded = require_graded(ledger, assignment)
    for one in draft_moves(ledger, graded, selection):
        if one.doubts and one.can_count and not yes:
            click.echo(move_line(one))
            if sure("Still give it?", yes=False, command="grade review --confirm"):
                keep_in_mind(ledger, graded, [one])
            else:
                click.echo("It stays a draft; in the review, d takes it back.")
    shown = None
    # Somebody may grade while a person reads: then they are asked once more.
    while shown != (moves := draft_moves(ledger, graded, selection)):
        if shown is not None:
            click.echo("Something has changed meanwhile. As of now:")
        for one in moves:
            click.echo(move_line(one))
        click.echo(count_line(moves) if moves else _none_of(ledger.who))
        if not any(one.is_sound for one in moves):
            return
        if not sure("Let them count?", yes=yes, command="grade review --confirm"):
            click.echo("Nothing was made to count. The drafts are kept.")
            return
        shown = moves
        if yes:
            break
    counted = make_count(ledger, graded, moves)
    points = "1 draft counts" if len(counted) == 1 else f"{len(counted)} drafts count"
    click.echo(f"{points} now. Write the reports anew: grade report {assignment}")
