"""Checks read like ordinary Python: `@check`, the `student` proxy, matchers."""

from graders.checks.artifact import Artifact, Model, Recipe
from graders.checks.catalogue import Catalogue, Misconception
from graders.checks.check import Check, check, fixture
from graders.checks.gate import Gate, Gates
from graders.checks.judging import Bench, judge
from graders.checks.matchers import (
    at_least,
    at_most,
    close,
    equal,
    failed,
    holds,
    is_array,
    passed,
    same_dict,
    same_list,
    same_text,
)
from graders.checks.recording import Asks, Recorder, Replay
from graders.checks.student import Student, Verdict, Weight
from graders.checks.suite import Suite, is_public, load_suite

__all__ = [
    "Artifact",
    "Asks",
    "Bench",
    "Catalogue",
    "Check",
    "Gate",
    "Gates",
    "Misconception",
    "Model",
    "Recipe",
    "Recorder",
    "Replay",
    "Student",
    "Suite",
    "Verdict",
    "Weight",
    "at_least",
    "at_most",
    "check",
    "close",
    "equal",
    "failed",
    "fixture",
    "holds",
    "is_array",
    "is_public",
    "judge",
    "load_suite",
    "passed",
    "same_dict",
    "same_list",
    "same_text",
]
