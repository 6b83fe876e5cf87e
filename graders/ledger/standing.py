"""Which score stands for each submission: the latest that is not merely proposed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from graders.ledger.streaming import in_parts
from graders.ledger.tables import decisions, judgements, scores
from graders.records import ItemScore, Outcome, Score
from graders.records.score import STYLE


@dataclass(frozen=True, slots=True)
class StyleFaults:
    """How many faults of style there are.

    Args:
        max_points: that style can give; none, if it is advice.
        num_faults: None if there was nothing to judge.
    """

    max_points: float
    num_faults: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One score.

    Args:
        id: its row.
        content: of the submission.
        judgement: what it was awarded for.
        rubric: row of the rubric it was awarded by.
        points: sum of the items.
        decided: whether nothing is broken.
        items: of each: id, points, most points, outcome, whether it is a bonus, and
            the number of faults.
        note: the one reason, if nothing could be run.
    """

    id: int
    content: str
    judgement: int
    rubric: int
    points: float
    decided: bool
    items: Sequence[Sequence[Any]]
    note: str

    @property
    def style(self) -> "StyleFaults | None":
        """What was found of style; None if the rubric does not ask."""
        for name, _, most, _, _, num_faults in self.items:
            if name == STYLE:
                return StyleFaults(most, num_faults)
        return None

    def score(self, titles: Mapping[str, str]) -> Score:
        """The score, without its findings."""
        return score_of(self.items, titles)


def score_of(stored: Iterable[Sequence[Any]], titles: Mapping[str, str]) -> Score:
    """The score that a row of `scores` has the items of."""
    items = tuple(
        _item(name, titles.get(name, name), points, most, outcome, bonus)
        for name, points, most, outcome, bonus, _ in stored
    )
    style = next((item for item in items if item.id == STYLE), None)
    return Score(items=tuple(item for item in items if item.id != STYLE), style=style)


@lru_cache(maxsize=4096, typed=True)  # In a class, the same few over and over.
def _item(
    name: str, title: str, points: float, most: float, outcome: str, bonus: bool
) -> ItemScore:
    return ItemScore(
        id=name,
        title=title,
        points=points,
        max_points=most,
        outcome=Outcome(outcome),
        findings=(),
        bonus=bonus,
    )


def standing(
    connection: sa.Connection,
    assignment: str,
    *,
    proposal: int | None = None,
    content: str | None = None,
) -> Iterator[Standing]:
    """The score of each submission that has one, in the order of their contents.

    Args:
        connection: of the ledger.
        assignment: its name.
        proposal: taken as if it had been accepted.
        content: of one submission; None for all.
    """
    accepted = sa.or_(
        scores.c.proposal_id.is_(None),
        decisions.c.accepted,
        scores.c.proposal_id == proposal,
    )
    last = (
        sa.select(sa.func.max(scores.c.id))
        .join(decisions, decisions.c.proposal_id == scores.c.proposal_id, isouter=True)
        .where(scores.c.assignment == assignment, accepted)
        .group_by(scores.c.content)
    )
    if content is not None:
        last = last.where(scores.c.content == content)
    query = (
        sa.select(
            scores.c.id,
            scores.c.content,
            scores.c.judgement_id,
            scores.c.rubric_id,
            scores.c.points,
            scores.c.decided,
            scores.c["items"],
            judgements.c.note,
        )
        .join(judgements, judgements.c.id == scores.c.judgement_id)
        .where(scores.c.id.in_(last))
        .order_by(scores.c.content)
    )
    for row in in_parts(connection, query):
        yield Standing(
            id=row[0],
            content=row[1],
            judgement=row[2],
            rubric=row[3],
            points=row[4],
            decided=row[5],
            items=row[6],
            note=row[7],
        )
