"""Words and figures that the terminal and the report have in common."""

import statistics
from collections.abc import Iterable
from dataclasses import dataclass

from graders.rubric.calibration import GateCalibration, Rate
from graders.validation.fairness import Problem
from graders.validation.validating import Validation


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemRow:
    """A problem, together with the same at other seeds.

    Args:
        of: which rule.
        solution: whose grading shows it.
        seeds: as text; empty where there are none.
        what: the sentence of the first seed.
    """

    of: str
    solution: str
    seeds: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """What one solution was measured to have, in a few figures."""

    solution: str
    runs: int
    lowest: float
    median: float
    highest: float


def problem_rows(problems: Iterable[Problem]) -> list[ProblemRow]:
    """One row for each rule, solution and check."""
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        about = problem.check or problem.what
        groups.setdefault((problem.of, problem.solution, about), []).append(problem)
    return [
        ProblemRow(
            of=of,
            solution=solution,
            seeds=", ".join(str(p.seed) for p in group if p.seed is not None),
            what=group[0].what,
        )
        for (of, solution, _), group in groups.items()
    ]


def spreads(gate: GateCalibration, kind: str) -> list[Spread]:
    """The figures of each solution; `kind` is "right" or "wrong"."""
    return [
        Spread(
            solution=sample.solution,
            runs=len(sample.values),
            lowest=min(sample.values),
            median=statistics.median(sample.values),
            highest=max(sample.values),
        )
        for sample in (gate.right if kind == "right" else gate.wrong)
    ]


def left_out(found: Validation) -> list[str]:
    """What this validation did not look at."""
    missing = []
    if not found.plan.catalogue:
        missing.append("the catalogue")
    if not found.plan.generated:
        missing.append("generated mutants")
    return missing


def counted(count: int, noun: str) -> str:
    """A number and its noun.

    >>> counted(1, "problem"), counted(1200, "problem")
    ('1 problem', '1,200 problems')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def duration(seconds: float) -> str:
    """A time in the two units that matter.

    >>> duration(7.26), duration(125), duration(7300)
    ('7.3 s', '2 min 5 s', '2 h 1 min')
    """
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes_left = divmod(minutes, 60)
    return f"{hours} h {minutes_left} min" if hours else f"{minutes} min {rest} s"


def effort(found: Validation) -> str:
    """How many gradings it rests on, and what they cost.

    A second run is quick because an earlier one has done most of it.
    """
    text = f"{counted(found.gradings, 'grading')} in {duration(found.seconds)}"
    if not found.reused:
        return text
    return f"{text}, {found.reused:,} of them from an earlier run"


def interval(rate: Rate) -> str:
    """Bounds of a probability in percent.

    >>> interval(Rate(count=0, of=50, low=0.0, high=0.0713))
    '0 to 7.1 %'
    """
    return f"{100 * rate.low:.2g} to {100 * rate.high:.2g} %"
