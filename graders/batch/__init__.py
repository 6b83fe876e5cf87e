"""The pipeline over many submissions."""

from graders.batch.results import ResultFolder
from graders.batch.running import BatchOutcome, OpenWorkplace, Progress, grade_class

__all__ = [
    "BatchOutcome",
    "OpenWorkplace",
    "Progress",
    "ResultFolder",
    "grade_class",
]
