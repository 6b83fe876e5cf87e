"""What counts for each student: the ledger's layers, put together by the rubric."""

from graders.marks.class_marks import ClassMarks, StudentMark, read_marks
from graders.marks.differences import Differences, moves, proposed_moves
from graders.marks.graded_assignment import GradedAssignment, find_graded, nearest
from graders.marks.moves import CheckMove, ItemMove, Move
from graders.marks.records_of import records_of
from graders.marks.rubric_in_use import use_rubric
from graders.marks.settling import settle
from graders.marks.standing_rubric import read_standing_rubric
from graders.marks.students import known_students, require_student
from graders.marks.summary import ClassSummary, ItemSummary, Spread, Tally

__all__ = [
    "CheckMove",
    "ClassMarks",
    "ClassSummary",
    "Differences",
    "GradedAssignment",
    "ItemMove",
    "ItemSummary",
    "Move",
    "Spread",
    "StudentMark",
    "Tally",
    "find_graded",
    "known_students",
    "moves",
    "nearest",
    "proposed_moves",
    "read_marks",
    "read_standing_rubric",
    "records_of",
    "require_student",
    "settle",
    "use_rubric",
]
