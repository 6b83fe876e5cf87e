"""`grade replay ASSIGNMENT`: judges recorded answers by the checks as they are now."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from graders.cli.options import num_workers, require_tier, scheduler
from graders.reports.wording import visible

if TYPE_CHECKING:
    from graders.ledger import Ledger
    from graders.loading import Assignment
    from graders.regrade import Replayed

_MOST_REASONS = 5


@click.command("replay")
@click.argument("assignment")
@click.option("--reason", default="", help="Why; for whoever confirms.")
@click.option(
    "--dry-run", is_flag=True, help="Only say what there is to do; record nothing."
)
@num_workers
@scheduler
@require_tier(default="B")
def command(assignment: str, reason: str, dry_run: bool, **options: Any) -> int:
    """Propose new points for a class after its checks were corrected.

    Checks that have changed judge the answers that were recorded. Student code runs
    only where one asks what was never asked. Nothing counts before `grade confirm`.
    """
    from graders.assignments import find_assignment
    from graders.cli.main import EXIT_BROKEN, EXIT_GRADED
    from graders.cli.progress import counting_progress
    from graders.cli.proposals import require_graded, tell_proposal
    from graders.ledger import open_ledger, open_proposal
    from graders.loading import load_assignment
    from graders.regrade import replay_class

    loaded = load_assignment(find_assignment(assignment))
    name, short = loaded.listing.name, loaded.listing.names[0]
    with open_ledger() as ledger:
        require_graded(ledger, assignment)
        with counting_progress("judging again") as progress:
            found = replay_class(
                ledger,
                loaded,
                reason=reason or "the checks were corrected",
                workers=options["workers"],
                dry_run=dry_run,
                progress=progress,
            )
        for line in _lines(found):
            click.echo(visible(line))
        if dry_run:
            return EXIT_GRADED
        failed = _run_again(ledger, loaded, found.to_run, **options)
        for line in failed:
            click.echo(visible(line))
        if proposal := open_proposal(ledger, name):
            tell_proposal(ledger, short, name, proposal)
        else:
            click.echo("Nothing is proposed: no score would be another.")
    return EXIT_BROKEN if failed else EXIT_GRADED


def _run_again(
    ledger: "Ledger",
    loaded: "Assignment",
    contents: Iterable[str],
    *,
    workers: int,
    scheduler: str | None,
    tier: str,
) -> list[str]:
    """Runs student code, and says of whom it could not be run.

    Scores join the proposal that is open.
    """
    from graders.batch import grade_class
    from graders.cli.progress import class_progress
    from graders.cli.workplaces import place_of
    from graders.ledger import submission_of
    from graders.records import Tier

    name = loaded.listing.name
    stored = ledger.read(
        lambda connection: [
            submission_of(connection, name, content) for content in contents
        ]
    )
    submissions = [item for item in stored if item is not None]
    if not submissions:
        return []
    with class_progress() as progress:
        outcome = grade_class(
            submissions,
            loaded,
            ledger,
            place_of(loaded, Tier(tier), workers, scheduler),
            tier=Tier(tier),
            new=False,
            progress=progress,
        )
    by_content = {item.content: item.student for item in submissions}
    return [f"{by_content[c]}: {why}" for c, why in outcome.reasons.items()]


def _lines(found: "Replayed") -> Iterator[str]:
    yield (
        f"{found.num_judged} of {found.num_standing} were judged again, and"
        f" {found.num_changed} of them otherwise than before."
    )
    if not found.to_run:
        return
    num, be = len(found.to_run), "needs" if len(found.to_run) == 1 else "need"
    yield f"{num} of {found.num_standing} {be} to be run again:"
    reasons = Counter(found.to_run.values()).most_common()
    for why, count in reasons[:_MOST_REASONS]:
        yield f"  {count}: {why}"
    if len(reasons) > _MOST_REASONS:
        yield f"  and {len(reasons) - _MOST_REASONS} reasons more"
