"""The nouns: small frozen types that every stage shares."""

from graders.records.finding import Finding, Outcome
from graders.records.mark import Adjustment, Lateness, Mark, MarkedItem
from graders.records.observation import Answer, Ending, Observation, StudentError
from graders.records.record import Record, RecordKey
from graders.records.score import STYLE, ItemScore, Score
from graders.records.stage import Stage
from graders.records.submission import Submission
from graders.records.tier import Tier

__all__ = [
    "STYLE",
    "Adjustment",
    "Answer",
    "Ending",
    "Finding",
    "ItemScore",
    "Lateness",
    "Mark",
    "MarkedItem",
    "Observation",
    "Outcome",
    "Record",
    "RecordKey",
    "Score",
    "Stage",
    "StudentError",
    "Submission",
    "Tier",
]
