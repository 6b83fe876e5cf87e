"""One grading of one solution at one seed, and what is kept of it."""

import hashlib
import json

from pydantic import BaseModel, ConfigDict

from graders.checks.gate import runs_until_decided
from graders.errors import GradersError
from graders.keys import environment
from graders.loading import Assignment, calibrated_gates
from graders.pipeline import grade
from graders.records import Ending, Finding, Outcome, Record
from graders.sandbox import Sandbox
from graders.validation.solutions import Solution

# What an observation serves that no single check asked for: importing the file.
LOAD = "load"


class _Frozen(BaseModel):
    # A training that diverges has measured values that JSON has no number for.
    model_config = ConfigDict(frozen=True, ser_json_inf_nan="constants")


class Told(_Frozen):
    """What one check found.

    `without_value` tells that the last thing it asked for gave no value: it raised,
    ran too long, or ended its process. So nothing was compared.
    """

    check: str
    task: str
    outcome: Outcome
    what: str = ""
    where: str = ""
    misconception: str | None = None
    measured: tuple[tuple[str, float], ...] = ()
    without_value: bool = False

    @property
    def lost(self) -> bool:
        """Whether it costs points."""
        return self.outcome in (Outcome.FAILED, Outcome.BLOCKED)


class Trial(_Frozen):
    """A grading.

    Args:
        solution: its name.
        seed: of the grading.
        points: that it got.
        max_points: that it could get, with every bonus.
        seconds: that it took.
        findings: one for each check that was run.
        error: why it could not be graded; empty if it was.
    """

    solution: str
    seed: int
    points: float = 0.0
    max_points: float = 0.0
    seconds: float = 0.0
    findings: tuple[Told, ...] = ()
    error: str = ""

    @property
    def whole(self) -> bool:
        """Whether it was graded and got all points."""
        return not self.error and self.points == self.max_points

    @property
    def lost(self) -> list[Told]:
        """What cost points."""
        return [told for told in self.findings if told.lost]

    @property
    def lost_tasks(self) -> list[str]:
        """Tasks that are not whole, in order."""
        return list(dict.fromkeys(told.task for told in self.lost))

    @property
    def broken(self) -> list[Told]:
        """What a person would have to decide."""
        return [told for told in self.findings if told.outcome is Outcome.BROKEN]

    def measured(self, gate: str, task: str) -> list[float]:
        """All values that were measured for one gate in its task, in order."""
        return [
            value
            for told in self.findings
            for name, value in told.measured
            if name == gate and told.task == task
        ]


def run_trial(
    solution: Solution, seed: int, assignment: Assignment, sandbox: Sandbox
) -> Trial:
    """Grades; a failure of the grader becomes part of the result."""
    try:
        record = grade(
            solution.submission(assignment.rubric.file),
            assignment,
            sandbox,
            seed=seed,
            tasks=solution.tasks,
            lanes=1,
        )
    except GradersError as error:
        return Trial(solution=solution.name, seed=seed, error=str(error))
    return trial_of(record, solution.name, seed)


def trial_of(record: Record, name: str, seed: int) -> Trial:
    """What is kept of a grading."""
    endings = {seen.check: seen.answer.ending for seen in record.observations}
    without_value = {
        check for check, ending in endings.items() if ending is not Ending.RETURNED
    }
    return Trial(
        solution=name,
        seed=seed,
        points=record.score.points,
        max_points=round(sum(item.max_points for item in record.score.counted), 6),
        seconds=record.duration_s,
        findings=tuple(
            _told(finding, without_value=bool({finding.check, LOAD} & without_value))
            for finding in record.findings
        ),
    )


def trial_key(solution: Solution, seed: int, assignment: Assignment) -> str:
    """Names a trial by all that its findings depend on, but the calibration."""
    rubric = assignment.rubric
    parts = [
        assignment.suite.sha256,
        assignment.suite.data_sha256(),
        environment(),
        rubric.limits.model_dump_json(),
        {name: gate.bound for name, gate in rubric.gates.items()},
        [(task.id, task.packages, task.check_s) for task in rubric.tasks],
        rubric.packages,
        {
            name: hashlib.sha256(content).hexdigest()
            for name, content in assignment.provided.items()
        },
        solution.source,
        solution.tasks,
        seed,
        # An older journal has not kept all of these.
        sorted(Told.model_fields),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def still_holds(trial: Trial, assignment: Assignment) -> bool:
    """Whether the gates, as calibrated now, would take the values that were measured.

    How often a gate measures depends on how much its value varies, which may have been
    calibrated since.
    """
    gates = calibrated_gates(assignment)
    return all(
        runs_until_decided(gates[name], values) == len(values)
        for told in trial.findings
        for name in {name for name, _ in told.measured}
        if name in gates
        for values in [[value for other, value in told.measured if other == name]]
    )


def _told(finding: Finding, *, without_value: bool) -> Told:
    return Told(
        check=finding.check,
        task=finding.task,
        outcome=finding.outcome,
        what=finding.what,
        where=finding.where,
        misconception=finding.misconception,
        measured=finding.measured,
        without_value=without_value,
    )
