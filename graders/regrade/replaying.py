"""A check was corrected: what changed is judged again from the recorded answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graders.ledger import (
    Ledger,
    Proposal,
    judged_by_number,
    keep_judgements,
    known_rubrics,
    propose,
    standing_rubric,
)
from graders.loading import Assignment
from graders.marks import use_rubric
from graders.regrade.judging_again import judge_again
from graders.regrade.outdated import take_inventory
from graders.regrade.rescoring import score_rows

KIND = "replay"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What came of it.

    Args:
        proposal: what waits for a decision; None if nothing is to be decided.
        num_standing: submissions that have a score.
        num_judged: of them, those that were judged again now.
        num_changed: of those, the ones of which something else was found.
        to_run: those whose recorded answers do not do, by their contents, each with
            the reason.
    """

    proposal: Proposal | None
    num_standing: int
    num_judged: int
    num_changed: int
    to_run: Mapping[str, str]


def replay_class(
    ledger: Ledger,
    assignment: Assignment,
    *,
    reason: str,
    workers: int = 1,
    dry_run: bool = False,
    progress: Progress = lambda done, total: None,
) -> Replayed:
    """Proposes scores for what the checks of now find in the answers that are recorded.

    Only groups of checks that have changed are judged again, by inputs of the seed that
    each submission was graded with. Each judgement is recorded as it is made, and
    counts for nothing by itself; so a replay that was stopped goes on from there. All
    scores are recorded with their proposal, or none.

    Args:
        ledger: where.
        assignment: the checks and the rubric as they are now.
        reason: why, for whoever confirms.
        workers: how many processes judge.
        dry_run: whether nothing is recorded.
        progress: told how many are judged, and of how many.

    Raises:
        AssignmentError: if the rubric marks otherwise than one of its version did, or
            gives no points for a check.
        WorkerLost: if a process that judges was ended.
    """
    with ledger.reading() as connection:
        found = take_inventory(connection, assignment)
    to_run = dict(found.to_run)
    num_judged = num_changed = 0
    for answers in judge_again(found.orders, assignment, ledger, workers=workers):
        rows = [answer.row for answer in answers if answer.row is not None]
        to_run |= {one.content: one.never_asked for one in answers if one.row is None}
        num_judged += len(rows)
        num_changed += sum(answer.changed for answer in answers)
        if rows and not dry_run:
            keep_judgements(ledger, rows)
        progress(num_judged + len(to_run) - len(found.to_run), len(found.orders))
    return Replayed(
        proposal=None if dry_run else _propose(ledger, assignment, reason),
        num_standing=len(found.standing),
        num_judged=num_judged,
        num_changed=num_changed,
        to_run=to_run,
    )


def _propose(ledger: Ledger, assignment: Assignment, reason: str) -> Proposal | None:
    """New scores where there is another judgement, or where the rubric is another."""
    rubric, name = assignment.rubric, assignment.listing.name
    used = use_rubric(ledger, rubric)
    marks = {row.id: row.marks for row in known_rubrics(ledger, name)}
    with ledger.reading() as connection:
        base = standing_rubric(connection, name)
        found = take_inventory(connection, assignment)
        numbers = [
            number
            for content, number in found.current.items()
            if number != found.standing[content][0]
            or marks[found.standing[content][1]] != used.marks
        ]
        rows = list(score_rows(judged_by_number(connection, numbers), rubric, used))
    if not rows and base is not None and base.id == used.id:
        return None
    return propose(ledger, name, KIND, used.id, reason, rows)
