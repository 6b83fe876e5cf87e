"""Files become submissions. Nothing in here runs them."""

from graders.intake.accounting import (
    Category,
    FileAccount,
    Intake,
    KnownAs,
    Note,
    Standing,
    StudentAccount,
)
from graders.intake.asked import Asked
from graders.intake.choosing import Attempts
from graders.intake.class_folder import find_submissions, read_entry
from graders.intake.class_tables import read_groups, read_times
from graders.intake.python_file import read_submission
from graders.intake.sniffing import DIALECTS
from graders.intake.taking_in import take_in

__all__ = [
    "DIALECTS",
    "Asked",
    "Attempts",
    "Category",
    "FileAccount",
    "Intake",
    "KnownAs",
    "Note",
    "Standing",
    "StudentAccount",
    "find_submissions",
    "read_entry",
    "read_groups",
    "read_submission",
    "read_times",
    "take_in",
]
