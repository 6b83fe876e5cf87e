"""Which of the generated mutants the checks notice, per check and per task."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from graders.loading import Assignment
from graders.records import Outcome
from graders.rubric.reading import Task
from graders.validation.mutating import Mutant, generate_mutants, sample
from graders.validation.solutions import Role, Solution
from graders.validation.trials import Trial

LEAST_KILLED = 0.95


class Fate(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    EQUIVALENT = "equivalent"
    """It is still right: by the specification, or by what was measured."""
    UNDECIDED = "undecided"
    """A check could not decide, or the grader itself failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A mutant, graded.

    Args:
        mutant: what was changed.
        original: the right solution that it was made from.
        solution: the file that was graded.
        trial: the grading.
        fate: what became of it.
        reason: why it counts as equivalent.
        confirmed: whether a person has agreed that it does.
    """

    mutant: Mutant
    original: str
    solution: Solution
    trial: Trial
    fate: Fate
    reason: str = ""
    confirmed: bool = False

    def equivalent(self, reason: str, *, confirmed: bool = False) -> "Case":
        """The same, found to be right."""
        return replace(self, fate=Fate.EQUIVALENT, reason=reason, confirmed=confirmed)


@dataclass(frozen=True, slots=True)
class Drawn:
    """How many mutants of a right solution there are, and how many were graded."""

    generated: int
    sampled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Mutants by their fate.

    `without_value` counts those of the killed that no check compared a value of.
    """

    killed: int
    survived: int
    equivalent: int
    undecided: int
    without_value: int = 0

    @property
    def share(self) -> float:
        """Killed, of those that are not equivalent; 1 where there are none."""
        judged = self.killed + self.survived
        return self.killed / judged if judged else 1.0


def generated_mutants(
    assignment: Assignment, originals: Sequence[Solution], limit: int
) -> tuple[list[tuple[Mutant, Solution, str]], dict[str, Drawn]]:
    """Mutants of every right solution: what was changed, the file, and its original.

    Beside them, how many there are of each original.

    Args:
        assignment: whose functions may be changed.
        originals: the right solutions.
        limit: how many of each, spread over functions and operators; 0 for all.
    """
    names = _names(assignment.rubric.tasks)
    found, drawn = [], {}
    for original in originals:
        mutants = generate_mutants(original.source, functions=names)
        chosen = sample(mutants, limit, seed=0) if limit else mutants
        drawn[original.name] = Drawn(len(mutants), len(chosen))
        for mutant in chosen:
            tasks = _tasks_of(mutant, assignment.rubric.tasks)
            solution = Solution(
                name=f"{original.name}#{mutant.id}",
                role=Role.GENERATED,
                source=mutant.source,
                tasks=tasks,
            )
            found.append((mutant, solution, original.name))
    return found, drawn


def case_of(mutant: Mutant, solution: Solution, original: str, trial: Trial) -> Case:
    """A mutant is killed by any lost point."""
    fate = Fate.SURVIVED
    if trial.lost:
        fate = Fate.KILLED
    elif trial.error or trial.broken:
        fate = Fate.UNDECIDED
    return Case(
        mutant=mutant, original=original, solution=solution, trial=trial, fate=fate
    )


def killed_without_value(case: Case) -> bool:
    """Whether it was killed by exceptions, time-outs and the like alone.

    Such a mutant says little of how well the checks compare values.
    """
    noticed = [told for told in case.trial.lost if told.outcome is Outcome.FAILED]
    return case.fate is Fate.KILLED and all(told.without_value for told in noticed)


def tally(cases: Iterable[Case]) -> Tally:
    """How many met which fate."""
    cases = list(cases)
    counts = Counter(case.fate for case in cases)
    without_value = sum(map(killed_without_value, cases))
    return Tally(
        killed=counts[Fate.KILLED],
        survived=counts[Fate.SURVIVED],
        equivalent=counts[Fate.EQUIVALENT],
        undecided=counts[Fate.UNDECIDED],
        without_value=without_value,
    )


def tally_by_task(cases: Sequence[Case]) -> dict[str, Tally]:
    """The same, for each task that the changed function belongs to."""
    tasks = sorted({task for case in cases for task in case.solution.tasks or ()})
    return {
        task: tally(case for case in cases if task in (case.solution.tasks or ()))
        for task in sorted(tasks, key=lambda task: [*map(int, task[1:].split("."))])
    }


def kills_by_check(cases: Iterable[Case]) -> dict[str, tuple[int, int]]:
    """For each check: how many mutants it noticed, and how many it alone."""
    noticed: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for case in cases:
        for told in case.trial.findings:
            noticed[told.check] += 0
        by = [t.check for t in case.trial.lost if t.outcome is Outcome.FAILED]
        noticed.update(by)
        if len(by) == 1:
            alone.update(by)
    return {check: (count, alone[check]) for check, count in noticed.items()}


def _names(tasks: Iterable[Task]) -> list[str]:
    """Functions and classes that students write."""
    names = (name.split(".")[0] for task in tasks for name in task.functions)
    return list(dict.fromkeys(names))


def _tasks_of(mutant: Mutant, tasks: Sequence[Task]) -> tuple[str, ...]:
    """The tasks whose functions reach what was changed."""
    reached: Collection[str] = {name.split(".")[0] for name in mutant.reached_by}
    return tuple(
        task.id
        for task in tasks
        if any(name.split(".")[0] in reached for name in task.functions)
    )
