"""Findings become points: the rubric YAML, and the awarding of a score."""

from graders.rubric.awarding import award
from graders.rubric.calibration import Calibration, read_calibration
from graders.rubric.reading import Rubric, StyleItem, Task, read_rubric

__all__ = [
    "Calibration",
    "Rubric",
    "StyleItem",
    "Task",
    "award",
    "read_calibration",
    "read_rubric",
]
