"""Everything about one grading."""

from dataclasses import dataclass

from graders.records.finding import Finding
from graders.records.observation import Observation
from graders.records.score import Score
from graders.records.tier import Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKey:
    """What a grading depends on. The same key is never executed twice.

    The first four are SHA-256 hashes, shortened to 16 hexadecimal digits.
    """

    submission: str
    suite: str
    data: str
    environment: str
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One grading, complete enough to be scored and judged again.

    `tier` and `layers` tell which walls stood around the submission; `style` has what
    was found of style, apart from the findings of checks.
    """

    assignment: str
    student: str
    key: RecordKey
    public_only: bool
    observations: tuple[Observation, ...]
    findings: tuple[Finding, ...]
    score: Score
    duration_s: float
    tier: Tier = Tier.NONE
    layers: tuple[str, ...] = ()
    style: tuple[Finding, ...] = ()
