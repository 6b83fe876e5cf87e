"""The pipeline over many submissions."""

from graders.batch.results import ResultFolder
from graders.batch.running import BatchOutcome, grade_class

__all__ = ["BatchOutcome", "ResultFolder", "grade_class"]
