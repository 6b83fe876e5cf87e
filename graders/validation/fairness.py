"""What trials say against an assignment: each rule that does not hold, as a problem."""

from collections.abc import Iterable
from dataclasses import dataclass

from graders.authoring.stubbing import leaked_lines
from graders.loading import Assignment
from graders.records import Outcome
from graders.validation.solutions import Solution, reference_of, text_of
from graders.validation.trials import Told, Trial


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One reason not to trust the grading yet.

    Args:
        of: which rule: "right solution", "stub", "leak", "misconception", "threshold".
        solution: whose grading shows it.
        what: what is wrong, in one sentence.
        seed: of that grading; None where there is none.
        check: the check it is about, if there is one.
    """

    of: str
    solution: str
    what: str
    seed: int | None = None
    check: str = ""


def right_solution_problems(trials: Iterable[Trial]) -> list[Problem]:
    """A right solution gets full marks at every seed, and nobody has to look at it."""
    found = []
    for trial in trials:
        if trial.error:
            found.append(_not_graded("right solution", trial))
        found += [
            _about(told, trial, "right solution", f"It {_lost_or_broken(told)}")
            for told in (*trial.lost, *trial.broken)
        ]
    return found


def stub_problems(
    trial: Trial, assignment: Assignment, stub: Solution
) -> list[Problem]:
    """The stub gets nothing, breaks nothing, and is the one that students have."""
    found = [_not_graded("stub", trial)] if trial.error else []
    if trial.points > 0:
        # What is broken has points too, and is told below.
        what = f"It gets {trial.points:g} points: the check passes without a solution."
        found += [
            _about(told, trial, "stub", what)
            for told in trial.findings
            if told.outcome is Outcome.PASSED
        ][:1]
    found += [
        _about(told, trial, "stub", f"It {_lost_or_broken(told)}")
        for told in trial.broken
    ]
    folder, file = assignment.listing.folder, assignment.rubric.file
    if text_of(folder / file) != stub.source:
        what = "It is not the one that the reference gives; make the stubs anew."
        found.append(Problem(of="stub", solution=file, what=what))
    return found


def leak_problems(assignment: Assignment) -> list[Problem]:
    """No line of a solution stands in what students receive."""
    reference = reference_of(assignment)
    folder = assignment.listing.folder
    return [
        Problem(of="leak", solution=path.name, what=f"It shows a solution: {line!r}.")
        for path in sorted(folder.iterdir())
        if path.suffix in (".py", ".md", ".yaml", ".txt")
        for line in leaked_lines(reference, text_of(path))
    ]


def misconception_problems(trial: Trial, solution: Solution) -> list[Problem]:
    """A catalogued mistake loses its own item, is named there, and costs no other."""
    if trial.error:
        return [_not_graded("misconception", trial)]
    found = [
        _about(told, trial, "misconception", f"It {_lost_or_broken(told)}")
        for told in trial.broken
    ]
    own = [told for told in trial.lost if told.task == solution.task]
    if not own:
        found.append(_at(trial, f"It loses nothing in {solution.task}."))
    elif all(told.misconception != solution.misconception for told in own):
        names = sorted({told.misconception or "none" for told in own})
        found.append(_at(trial, f"Its hint is not given; given: {', '.join(names)}."))
    found += [
        _about(
            told,
            trial,
            "misconception",
            f"Beside its own item it {_lost_or_broken(told)}",
        )
        for told in trial.lost
        if told.task != solution.task
    ]
    return found


def threshold_problems(assignment: Assignment) -> list[Problem]:
    """Every threshold has been calibrated, as it is now, and failed nobody right."""
    stored = assignment.calibration.gates if assignment.calibration else {}
    found = []
    for name, gate in assignment.rubric.gates.items():
        if name not in stored:
            found.append(_of_gate(name, "It has not been calibrated; use --calibrate."))
        elif stored[name].bound != gate.bound:
            found.append(
                _of_gate(
                    name,
                    f"It is {gate.bound:g}, and {stored[name].bound:g} was calibrated;"
                    " use --calibrate.",
                )
            )
        elif stored[name].false_fail.count:
            count, of = stored[name].false_fail.count, stored[name].false_fail.of
            found.append(_of_gate(name, f"{count} of {of} right solutions fail it."))
    return found


def _lost_or_broken(told: Told) -> str:
    verb = "loses points" if told.lost else "cannot be decided"
    return f"{verb} in {told.check}: {told.what}"


def _about(told: Told, trial: Trial, of: str, what: str) -> Problem:
    return Problem(
        of=of, solution=trial.solution, what=what, seed=trial.seed, check=told.check
    )


def _at(trial: Trial, what: str) -> Problem:
    return Problem(
        of="misconception", solution=trial.solution, what=what, seed=trial.seed
    )


def _not_graded(of: str, trial: Trial) -> Problem:
    return Problem(
        of=of,
        solution=trial.solution,
        what=f"It was not graded: {trial.error}",
        seed=trial.seed,
    )


def _of_gate(name: str, what: str) -> Problem:
    return Problem(of="threshold", solution=name, what=what)
