"""The rubric of the files, brought to the ledger; a change of marks needs a version."""

from graders.ledger import KnownRubric, Ledger, keep_rubric, known_rubrics
from graders.rubric import Rubric, marks_sha256, require_new_version


def use_rubric(ledger: Ledger, rubric: Rubric) -> KnownRubric:
    """Records the rubric that is about to give marks.

    Raises:
        AssignmentError: if it marks otherwise than one of the same version did.
    """
    known = {row.version: row.marks for row in known_rubrics(ledger, rubric.assignment)}
    require_new_version(rubric, known)
    text = rubric.model_dump_json(by_alias=True)
    marks = marks_sha256(rubric)
    return keep_rubric(ledger, rubric.assignment, rubric.version, marks, text)
