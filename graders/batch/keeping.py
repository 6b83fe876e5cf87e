"""Results → points → ledger; what would replace a mark that stands is proposed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from graders.keys import group_keys
from graders.ledger import (
    Graded,
    Judged,
    KnownRubric,
    Ledger,
    Run,
    Standing,
    keep,
    keep_scores,
    known_rubrics,
    open_proposal,
    propose,
    score_row,
    standing,
)
from graders.loading import Assignment
from graders.records import Score
from graders.records.storing import PackedRecord
from graders.rubric import award

_REASON = "graded again: the rubric, the checks or the environment has changed"


class Keeper:
    """Awards points by the rubric of the files, and records them.

    Args:
        ledger: where.
        run: that grades.
        assignment: what judges.
        rubric: its rubric's row.
    """

    def __init__(
        self, ledger: Ledger, run: Run, assignment: Assignment, rubric: KnownRubric
    ) -> None:
        self._ledger, self._run = ledger, run
        self._rubric_row, self._rubric = rubric, assignment.rubric
        self._groups = group_keys(assignment)
        self._standing = self._scores(None)

    def keep(self, packed: Sequence[PackedRecord]) -> list[Score]:
        """Records gradings, all or none; their scores, in the same order."""
        awarded = [self._award(one) for one in packed]
        contents = [one.record.key.submission for one in awarded]
        proposals, rubric = self._proposals_for(contents), self._rubric_row.id
        graded = [
            Graded(one, rubric, proposals[one.record.key.submission]) for one in awarded
        ]
        keep(self._ledger, self._run, graded, self._groups)
        return [one.record.score for one in awarded]

    def keep_stored(self, stored: Iterable[Judged]) -> None:
        """Gives points to what is judged already, where this rubric has given none."""
        scored = self._scored_by_this_rubric()
        left = [row for row in stored if row.id not in scored]
        proposals = self._proposals_for([row.key.submission for row in left])
        rows = [
            score_row(
                self._run.assignment,
                row.key.submission,
                row.id,
                award(self._rubric, row.findings, row.style),
                self._rubric_row.id,
                proposals[row.key.submission],
            )
            for row in left
        ]
        if rows:
            keep_scores(self._ledger, rows)

    def has_mark(self, content: str) -> bool:
        """Whether somebody has points for it already."""
        return content in self._standing

    def _award(self, packed: PackedRecord) -> PackedRecord:
        """With this rubric's points: a worker may have another version of it."""
        record = packed.record
        score = award(self._rubric, record.findings, record.style)
        return replace(packed, record=replace(record, score=score))

    def _scored_by_this_rubric(self) -> set[int]:
        """Numbers of the judgements whose points stand, or are proposed, already."""
        marks = {
            row.id: row.marks
            for row in known_rubrics(self._ledger, self._run.assignment)
        }
        waiting = open_proposal(self._ledger, self._run.assignment)
        rows = [*self._standing.values()]
        if waiting is not None:
            rows += self._scores(waiting.id).values()
        return {
            row.judgement for row in rows if marks[row.rubric] == self._rubric_row.marks
        }

    def _proposals_for(self, contents: Sequence[str]) -> dict[str, int | None]:
        """None where no decided score stands that another one would replace.

        The proposal is looked for each time: somebody may have decided it meanwhile.
        """
        replacing = {content for content in contents if self._is_decided(content)}
        proposal = self._join_or_propose() if replacing else None
        return {c: proposal if c in replacing else None for c in contents}

    def _is_decided(self, content: str) -> bool:
        before = self._standing.get(content)
        return before is not None and before.decided

    def _join_or_propose(self) -> int:
        waiting = open_proposal(self._ledger, self._run.assignment)
        if waiting is not None and waiting.rubric == self._rubric_row.id:
            return waiting.id
        name, rubric = self._run.assignment, self._rubric_row.id
        return propose(self._ledger, name, "batch", rubric, _REASON).id

    def _scores(self, proposal: int | None) -> Mapping[str, Standing]:
        name = self._run.assignment
        return self._ledger.read(
            lambda connection: {
                row.content: row
                for row in standing(connection, name, proposal=proposal)
            }
        )
