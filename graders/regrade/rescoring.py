"""A rubric was edited: new points from the findings that are stored; nothing is run."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from graders.errors import UsageError
from graders.ledger import (
    Judged,
    KnownRubric,
    Ledger,
    Proposal,
    judged_by_number,
    known_rubrics,
    open_proposal,
    propose,
    rubric_of,
    score_row,
    standing,
    standing_rubric,
)
from graders.marks import use_rubric
from graders.records import Stage
from graders.rubric import Rubric, award

KIND = "rescore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescored:
    """What came of it.

    Args:
        proposal: what waits for a decision; None if this very rubric stands, and all
            scores are by it.
        num_scores: how many submissions have new scores in it.
        num_standing: how many have a score at all.
    """

    proposal: Proposal | None
    num_scores: int
    num_standing: int


def rescore(ledger: Ledger, rubric: Rubric, *, reason: str) -> Rescored:
    """Proposes scores by another rubric for whatever has one by now.

    No word of a finding is read and nothing is judged: only outcomes count. All scores
    are recorded with their proposal, or none.

    Args:
        ledger: where.
        rubric: as its file is now.
        reason: why, for whoever confirms.

    Raises:
        AssignmentError: if it marks otherwise than one of the same version did.
        UsageError: if outcomes alone do not do: a check is new or gone, a threshold is
            another; or if what another command proposed is not decided.
    """
    name = rubric.assignment
    waiting = open_proposal(ledger, name)
    with ledger.reading() as connection:
        if waiting is not None:
            _require_nothing_judged(connection, waiting, rubric)
    used = use_rubric(ledger, rubric)
    marks = {row.id: row.marks for row in known_rubrics(ledger, name)}
    with ledger.reading() as connection:
        base = standing_rubric(connection, name)
        rubrics = {row.judgement: row.rubric for row in standing(connection, name)}
        other = {
            judgement: number
            for judgement, number in rubrics.items()
            if marks[number] != used.marks
        }
        judged = _enough(connection, other, rubric)
        rows = list(score_rows(judged, rubric, used))
    proposal = None
    if rows or base is None or base.id != used.id:
        proposal = propose(ledger, name, KIND, used.id, reason, rows)
    return Rescored(proposal=proposal, num_scores=len(rows), num_standing=len(rubrics))


def score_rows(
    judged: Iterable[Judged], rubric: Rubric, used: KnownRubric
) -> Iterator[dict[str, Any]]:
    """Rows of scores for judgements, of no proposal yet.

    Args:
        judged: what gets points.
        rubric: that gives them.
        used: its row.
    """
    for one in judged:
        score = award(rubric, one.findings, one.style)
        content = one.key.submission
        yield score_row(rubric.assignment, content, one.id, score, used.id, None)


def _enough(
    connection: sa.Connection, judgements: Mapping[int, int], rubric: Rubric
) -> Iterator[Judged]:
    """The judgements, each of which holds all that the rubric wants.

    Args:
        connection: of the ledger.
        judgements: their numbers, each with the row of the rubric that gave the points
            before.
        rubric: that is to give them.

    Raises:
        UsageError: if outcomes alone do not do.
    """
    wanted = {
        number: _Wanted(_rubric(connection, number), rubric)
        for number in set(judgements.values())
    }
    for one in judged_by_number(connection, list(judgements)):
        wanted[judgements[one.id]].require(one)
        yield one


class _Wanted:
    """What findings a rubric wants that another rubric gave points for before.

    Args:
        old: the rubric before.
        new: the one that is to give points.

    Raises:
        UsageError: if the new one wants findings that are not stored.
    """

    def __init__(self, old: Rubric, new: Rubric) -> None:
        self._name = new.names[0]
        self._known = _checks(new)
        # What the old one had as well was left out for a reason: no hidden checks.
        self._required = self._known - _checks(old)
        for name in sorted({*old.gates, *new.gates}):
            if old.gates.get(name) != new.gates.get(name):
                raise self._too_little(f"the threshold {name!r} is another")
        if _stage(new) not in (None, _stage(old)):
            raise self._too_little("the stage of style is another")

    def require(self, one: Judged) -> None:
        """Raises if there is a finding too many, or too few."""
        found = {finding.check for finding in one.findings}
        for check in sorted(found - self._known):
            raise self._too_little(f"the rubric has no check {check!r} any more")
        for check in sorted(self._required - found):
            raise self._too_little(f"the check {check!r} is new")

    def _too_little(self, what: str) -> UsageError:
        return UsageError(
            f"{what}: what was found before does not tell the points",
            "rubric.yaml",
            f"Judge the recorded answers again: `grade replay {self._name}`.",
        )


def _rubric(connection: sa.Connection, number: int) -> Rubric:
    return Rubric.model_validate_json(rubric_of(connection, number).text)


def _checks(rubric: Rubric) -> set[str]:
    return {f"{task.id}.{name}" for task in rubric.tasks for name in task.checks}


def _stage(rubric: Rubric) -> Stage | None:
    return rubric.style.stage if rubric.style else None


def _require_nothing_judged(
    connection: sa.Connection, waiting: Proposal, rubric: Rubric
) -> None:
    """What was judged anew must not get lost under points for what was before."""
    counted = {row.judgement for row in standing(connection, rubric.assignment)}
    proposed = standing(connection, rubric.assignment, proposal=waiting.id)
    if {row.judgement for row in proposed} - counted:
        name = rubric.names[0]
        raise UsageError(
            f"what `grade {waiting.kind}` proposed is not decided yet",
            f"proposal {waiting.id}",
            f"Look at it with `grade diff {name}`, then accept it with `grade confirm"
            f" {name}`, or turn it down with `grade confirm {name} --discard`.",
        )
