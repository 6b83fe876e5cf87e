"""The rubric that marks are made by now, read again from the ledger."""

import sqlalchemy as sa

from graders.ledger import KnownRubric, standing_rubric
from graders.rubric import Rubric


def read_standing_rubric(
    connection: sa.Connection, assignment: str
) -> tuple[KnownRubric, Rubric] | None:
    """The row and the rubric; None if nothing of the assignment was graded yet."""
    known = standing_rubric(connection, assignment)
    if known is None:
        return None
    return known, Rubric.model_validate_json(known.text)
