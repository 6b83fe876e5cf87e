"""A validation as one HTML file that needs nothing else: the survivors as diffs."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from graders.errors import ResultsNotWritten
from graders.reports.pages import render_page
from graders.validation.killing import (
    LEAST_KILLED,
    Case,
    Fate,
    kills_by_check,
    tally,
    tally_by_task,
)
from graders.validation.plotting import plot_threshold
from graders.validation.validating import Validation
from graders.validation.wording import (
    counted,
    effort,
    interval,
    left_out,
    problem_rows,
    spreads,
)

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Mutants of one function.

    Args:
        function: that was changed.
        cases: its mutants.
    """

    function: str
    cases: tuple[Case, ...]


def write_report(found: Validation, folder: Path) -> Path:
    """Writes `report.html`.

    Raises:
        ResultsNotWritten: if the folder takes no file.
    """
    path = folder / "report.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(render_html(found), "utf-8")
    except OSError as error:
        raise ResultsNotWritten(
            f"the report cannot be written: {error}",
            str(path),
            "Free some space, or name another folder with --out.",
        ) from error
    return path


def render_html(found: Validation) -> str:
    """The whole page."""
    gates = found.assignment.rubric.gates
    return render_page(
        "report.html",
        folder=_TEMPLATES,
        style="report.css",
        found=found,
        listing=found.assignment.listing,
        gates=gates,
        problems=problem_rows(found.problems),
        whole=sum(trial.whole for trial in found.right),
        right=_by_solution(found),
        own=sum(trial.lost_tasks == [one.task] for one, trial in found.catalogue),
        named=sum(
            any(told.misconception == one.misconception for told in trial.lost)
            for one, trial in found.catalogue
        ),
        tally=tally(found.cases),
        least_killed=LEAST_KILLED,
        by_task=tally_by_task(found.cases),
        by_original={
            name: tally(case for case in found.cases if case.original == name)
            for name in found.drawn
        },
        by_check=sorted(kills_by_check(found.cases).items()),
        survivors=places(c for c in found.cases if c.fate is Fate.SURVIVED),
        equivalents=places(c for c in found.cases if c.fate is Fate.EQUIVALENT),
        thresholds=found.calibration.gates if found.calibration else {},
        plot=lambda name, gate: plot_threshold(
            name,
            gate,
            at_least=name not in gates or gates[name].at_least is not None,
        ),
        spreads=spreads,
        counted=counted,
        effort=effort(found),
        interval=interval,
        left_out=left_out(found),
    )


def places(cases: Iterable[Case]) -> dict[str, list[Place]]:
    """Cases by the tasks that they count for, A2.10 after A2.9, and by function."""
    groups: dict[tuple[str, ...], dict[str, list[Case]]] = {}
    for case in cases:
        functions = groups.setdefault(case.solution.tasks or (), {})
        functions.setdefault(case.mutant.function, []).append(case)
    return {
        ", ".join(tasks) or "no task": [
            Place(function=function, cases=tuple(of_function))
            for function, of_function in sorted(functions.items())
        ]
        for tasks, functions in sorted(groups.items(), key=lambda item: _order(item[0]))
    }


def _order(tasks: Iterable[str]) -> list[list[int]]:
    return [[*map(int, task[1:].split("."))] for task in tasks]


def _by_solution(found: Validation) -> dict[str, tuple[int, int, float]]:
    """Gradings that are whole, all of them, and the seconds of the slowest."""
    counts: dict[str, tuple[int, int, float]] = {}
    for trial in found.right:
        whole, of, slowest = counts.get(trial.solution, (0, 0, 0.0))
        slowest = max(slowest, trial.seconds)
        counts[trial.solution] = (whole + trial.whole, of + 1, slowest)
    return counts
