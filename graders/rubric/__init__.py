"""Findings become points and marks: the rubric YAML, a score, a mark."""

from graders.rubric.awarding import award
from graders.rubric.calibration import Calibration, read_calibration
from graders.rubric.late_days import lateness, spend_bank
from graders.rubric.marking import counting, mark
from graders.rubric.policy import Bank, Counts, HiddenItems, Late, Policy
from graders.rubric.reading import ManualItem, Rubric, StyleItem, Task, read_rubric
from graders.rubric.versions import marks_sha256, require_new_version
from graders.rubric.visibility import hidden_until, shows_hidden

__all__ = [
    "Bank",
    "Calibration",
    "Counts",
    "HiddenItems",
    "Late",
    "ManualItem",
    "Policy",
    "Rubric",
    "StyleItem",
    "Task",
    "award",
    "counting",
    "hidden_until",
    "lateness",
    "mark",
    "marks_sha256",
    "read_calibration",
    "read_rubric",
    "require_new_version",
    "shows_hidden",
    "spend_bank",
]
