"""Marks → rows of the table of a class."""

from graders.marks import StudentMark
from graders.reports.class_row import ClassRow

NOT_YET = "not graded yet"


def class_row(one: StudentMark, undecided: str = NOT_YET) -> ClassRow:
    """One mark, as the tables of a class have it.

    Args:
        one: the mark.
        undecided: why there is none, if there is none.
    """
    style = one.standing.style if one.standing else None
    return ClassRow(
        student=one.student,
        group=one.group,
        mark=one.mark,
        note=one.standing.note if one.standing else "",
        style_faults=style.num_faults if style else None,
        advised=style is not None and not style.max_points,
        undecided="" if one.mark else undecided,
    )
