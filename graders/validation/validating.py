"""The flow of a validation: right solutions, stub, catalogue, mutants, thresholds."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from graders.loading import Assignment
from graders.pipeline import open_sandbox
from graders.rubric import Calibration
from graders.validation.calibrating import calibrate, write_calibration
from graders.validation.campaign import Campaign, each_seed
from graders.validation.equivalence import (
    CallComparison,
    read_equivalents,
    same_measurements,
)
from graders.validation.fairness import (
    Problem,
    leak_problems,
    misconception_problems,
    right_solution_problems,
    stub_problems,
    threshold_problems,
)
from graders.validation.journal import Journal
from graders.validation.killing import (
    LEAST_KILLED,
    Case,
    Drawn,
    Fate,
    case_of,
    generated_mutants,
    tally,
)
from graders.validation.solutions import (
    Solution,
    catalogue_mutants,
    right_solutions,
    stub_of,
)
from graders.validation.trials import Trial

WRONG_SEEDS = 3
STATISTICS_SEEDS = 6


# For a phase of so many gradings: a context whose value is called once for each.
Progress = Callable[[str, int], AbstractContextManager[Callable[[], None]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How thorough a validation is.

    Args:
        seeds: that every right solution is graded at.
        catalogue: whether the catalogue's mutants are graded.
        generated: whether mutants are generated.
        limit: generated mutants of each right solution; 0 for all.
        workers: gradings at a time.
        calibrate: whether the thresholds are calibrated anew, and stored.
    """

    seeds: int
    catalogue: bool
    generated: bool
    limit: int
    workers: int
    calibrate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """What was found.

    Args:
        assignment: what was validated.
        plan: how.
        right: trials of the right solutions.
        stub: the trial of the stub.
        catalogue: the catalogue's mutants with their trials.
        cases: the generated mutants.
        drawn: of how many they were sampled, by right solution.
        calibration: of the thresholds, as stored now.
        problems: all that speaks against the assignment.
        gradings: how many it rests on.
        reused: how many of them an earlier run had done.
        seconds: that it took.
    """

    assignment: Assignment
    plan: Plan
    right: tuple[Trial, ...]
    stub: Trial
    catalogue: tuple[tuple[Solution, Trial], ...]
    cases: tuple[Case, ...]
    drawn: Mapping[str, Drawn]
    calibration: Calibration | None
    problems: tuple[Problem, ...]
    gradings: int
    reused: int
    seconds: float

    @property
    def accepted(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.problems


def validate(
    assignment: Assignment, plan: Plan, journal_path: Path, progress: Progress
) -> Validation:
    """Runs all of it; what an earlier run has done is not done again.

    Raises:
        WorkerUnavailable: if no worker can be started.
        ResultsNotWritten: if the journal cannot be kept.
    """
    began = time.monotonic()
    with Journal(journal_path) as journal, open_sandbox(assignment) as sandbox:
        campaign = Campaign(
            assignment=assignment,
            sandbox=sandbox,
            journal=journal,
            workers=plan.workers,
        )
        assignment.suite.prepare(assignment.suite.groups)
        originals, stub = right_solutions(assignment), stub_of(assignment)
        jobs = each_seed(originals, plan.seeds)
        with progress("right solutions", len(jobs)) as advance:
            right = campaign.run(jobs, advance)
        with progress("stub", 1) as advance:
            stub_trial = campaign.run([(stub, 0)], advance)[0]
        known = catalogue_mutants(assignment) if plan.catalogue else []
        with progress("catalogue", len(known)) as advance:
            wrong = campaign.run([(one, 0) for one in known], advance)
        cases, drawn = _generated(campaign, plan, originals, progress)
        if plan.calibrate:
            assignment = _calibrated(campaign, plan, right, progress)
    problems = [
        *right_solution_problems(right),
        *stub_problems(stub_trial, assignment, stub),
        *leak_problems(assignment),
        *(
            problem
            for one, trial in zip(known, wrong, strict=True)
            for problem in misconception_problems(trial, one)
        ),
        *_killing_problems(cases),
        *threshold_problems(assignment),
    ]
    return Validation(
        assignment=assignment,
        plan=plan,
        right=tuple(right),
        stub=stub_trial,
        catalogue=tuple(zip(known, wrong, strict=True)),
        cases=tuple(cases),
        drawn=drawn,
        calibration=assignment.calibration,
        problems=tuple(problems),
        gradings=campaign.counts["gradings"],
        reused=campaign.counts["reused"],
        seconds=time.monotonic() - began,
    )


def _generated(
    campaign: Campaign,
    plan: Plan,
    originals: Sequence[Solution],
    progress: Progress,
) -> tuple[list[Case], Mapping[str, Drawn]]:
    if not plan.generated:
        return [], {}
    made, drawn = generated_mutants(campaign.assignment, originals, plan.limit)
    with progress("generated mutants", len(made)) as advance:
        trials = campaign.run([(solution, 0) for _, solution, _ in made], advance)
    cases = [
        case_of(mutant, solution, original, trial)
        for (mutant, solution, original), trial in zip(made, trials, strict=True)
    ]
    return _without_equivalents(campaign, cases, originals, progress), drawn


def _without_equivalents(
    campaign: Campaign,
    cases: list[Case],
    originals: Sequence[Solution],
    progress: Progress,
) -> list[Case]:
    """The same cases; survivors that are still right are told apart."""
    assignment = campaign.assignment
    confirmed = read_equivalents(assignment.suite.folder)
    comparison = CallComparison(assignment, campaign.sandbox)
    by_name = {original.name: original for original in originals}
    survivors = sum(case.fate is Fate.SURVIVED for case in cases)
    decided = []
    with progress("survivors", survivors) as advance:
        for case in cases:
            if case.fate is not Fate.SURVIVED:
                decided.append(case)
                continue
            original = by_name[case.original]
            if case.mutant.id in confirmed:
                reason = confirmed[case.mutant.id]
                decided.append(case.equivalent(reason, confirmed=True))
            elif reason := (
                comparison.same_answers(case, original)
                or _same_training(campaign, case, original)
            ):
                decided.append(case.equivalent(reason))
            else:
                decided.append(case)
            advance()
    return decided


def _same_training(campaign: Campaign, case: Case, original: Solution) -> str:
    tasks = case.solution.tasks or ()
    gates = {
        name: gate.task
        for name, gate in campaign.assignment.rubric.gates.items()
        if gate.task in tasks
    }
    if not gates:
        return ""
    alike = Solution(
        name=original.name, role=original.role, source=original.source, tasks=tasks
    )
    mutants = campaign.run(each_seed([case.solution], STATISTICS_SEEDS))
    if any(trial.lost for trial in mutants):
        return ""
    return same_measurements(
        gates, mutants, campaign.run(each_seed([alike], STATISTICS_SEEDS))
    )


def _calibrated(
    campaign: Campaign,
    plan: Plan,
    right: Sequence[Trial],
    progress: Progress,
) -> Assignment:
    """The assignment with a new calibration, which is stored."""
    assignment = campaign.assignment
    measured = {gate.task for gate in assignment.rubric.gates.values()}
    wrong = [
        replace(solution, tasks=(solution.task,))
        for solution in catalogue_mutants(assignment)
        if solution.task in measured
    ]
    jobs = each_seed(wrong, WRONG_SEEDS)
    with progress("thresholds", len(jobs)) as advance:
        trials = campaign.run(jobs, advance)
    calibration = calibrate(
        assignment, right, trials, seeds=plan.seeds, today=date.today()
    )
    write_calibration(calibration, assignment.listing.folder)
    return replace(assignment, calibration=calibration)


def _killing_problems(cases: Sequence[Case]) -> list[Problem]:
    counted = tally(cases)
    found = [
        Problem(
            of="generated mutant",
            solution=case.solution.name,
            what=case.trial.error
            or f"It cannot be decided: {case.trial.broken[0].what}",
            seed=case.trial.seed,
        )
        for case in cases
        if case.fate is Fate.UNDECIDED
    ]
    if counted.share < LEAST_KILLED:
        what = (
            f"{counted.killed} of {counted.killed + counted.survived} mutants are"
            f" killed, {counted.share:.1%}; at least {LEAST_KILLED:.0%} is needed."
        )
        found.append(Problem(of="generated mutants", solution="all", what=what))
    return found
