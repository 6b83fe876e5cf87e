"""Everything about one grading."""

from dataclasses import dataclass

from graders.records.finding import Finding, Outcome
from graders.records.observation import Observation
from graders.records.score import Score
from graders.records.tier import Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKey:
    """What a grading depends on. The same key is never executed twice.

    The first four are SHA-256 hashes, shortened to 16 hexadecimal digits. What only
    decides how many points a finding is worth is in none of them.
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
    was found of style, apart from the findings of checks; `versions` are those that the
    key's environment is a hash of.
    """

    assignment: str
    student: str
    filename: str
    key: RecordKey
    public_only: bool
    observations: tuple[Observation, ...]
    findings: tuple[Finding, ...]
    score: Score
    duration_s: float
    tier: Tier = Tier.NONE
    layers: tuple[str, ...] = ()
    style: tuple[Finding, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()

    @property
    def problem(self) -> Finding | None:
        """The one finding behind all others: a file that could not be run at all."""
        first = self.findings[0] if self.findings else None
        if first is None or first.outcome is not Outcome.FAILED:
            return None
        same = all(
            (finding.outcome, finding.what) == (first.outcome, first.what)
            for finding in self.findings
        )
        return first if same and len(self.findings) > 1 else None

    @property
    def note(self) -> str:
        """The first line of that finding; empty if the file could be run."""
        # A database may refuse a NUL, which a file can hold.
        what = self.problem.what.replace("\0", "") if self.problem else ""
        return what.splitlines()[0] if what else ""
