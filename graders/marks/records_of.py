"""Marks → the records behind them, with all words: what a report is made of."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import sqlalchemy as sa

from graders.ledger import judged_by_number, rubric_of, stored_record
from graders.marks.class_marks import StudentMark
from graders.records import Record
from graders.records.storing import unpack_observations
from graders.rubric import Rubric, award


def records_of(
    connection: sa.Connection,
    assignment: str,
    marks: Sequence[StudentMark],
    *,
    with_public: bool = False,
) -> Iterator[tuple[StudentMark, Record]]:
    """Each mark that has a score, with its record; without observations.

    Args:
        connection: of the ledger.
        assignment: its name.
        marks: whose records are wanted.
        with_public: with the observations of public checks, and of no others.
    """
    numbers = {one.standing.judgement for one in marks if one.standing}
    rows = judged_by_number(connection, sorted(numbers))
    judged = {row.id: row for row in rows}
    # Each score by its own rubric: a later one may not know its checks.
    rubrics = {
        number: Rubric.model_validate_json(rubric_of(connection, number).text)
        for number in {one.standing.rubric for one in marks if one.standing}
    }
    for one in marks:
        if one.standing is None:
            continue
        row = judged[one.standing.judgement]
        groups = [name for name in row.groups if with_public and _is_public(name)]
        stored = stored_record(connection, row, assignment, groups)
        record = stored.record
        score = award(rubrics[one.standing.rubric], record.findings, record.style)
        yield (
            one,
            replace(
                record,
                student=one.student,
                score=score,
                observations=tuple(
                    seen
                    for group in stored.observations.values()
                    for seen in unpack_observations(group)
                ),
            ),
        )


def _is_public(group: str) -> bool:
    """As suites name the modules of their checks."""
    return group.startswith("public")
