"""Files become submissions. Nothing in here runs them."""

from graders.intake.class_folder import find_submissions, read_entry
from graders.intake.class_tables import read_groups, read_times
from graders.intake.python_file import read_submission

__all__ = [
    "find_submissions",
    "read_entry",
    "read_groups",
    "read_submission",
    "read_times",
]
