"""Which surviving mutants are still right, by specification or by statistics.

A mutant that survives shows a hole in the checks, or changes nothing that matters.
Three ways lead to the second, and each case is listed for a person to confirm:

- a person has said so, in `equivalents.yaml` of the suite;
- its functions give the same as the original on many valid calls that are drawn
  independently of the checks (`valid_calls.py` of the suite);
- nothing that is measured of its training differs, by the rule of DeepCrime
  (Humbatova et al. 2021): not (p < 0.05 and |d| >= 0.5).
"""

import importlib
import importlib.util
import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field
from scipy.stats import mannwhitneyu

from graders.checks import Suite
from graders.loading import Assignment, rubric_limits
from graders.records import Answer, Ending
from graders.sandbox import Room, Sandbox
from graders.validation.killing import Case
from graders.validation.solutions import Solution
from graders.validation.trials import Trial
from graders.wire import Opaque
from graders.yaml_files import read_closed_yaml

NUM_CALLS = 60
P_VALUE, EFFECT = 0.05, 0.5
_RTOL, _ATOL = 1e-6, 1e-8
Draw = Callable[[np.random.Generator], tuple[Any, ...]]


class Equivalents(BaseModel):
    """`equivalents.yaml`: mutants that a person has found to be right.

    Args:
        schema_: version of the file format.
        confirmed: why, by the mutant's id.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    schema_: int = Field(alias="schema", ge=1, le=1)
    confirmed: dict[str, str] = {}


def read_equivalents(folder: Path) -> Mapping[str, str]:
    """Why a mutant is right, by its id; empty where nobody has looked yet.

    Raises:
        AssignmentError: if the file is wrong, with the line.
    """
    path = folder / "equivalents.yaml"
    return read_closed_yaml(path, Equivalents).confirmed if path.is_file() else {}


def valid_calls(suite: Suite) -> Mapping[str, Draw]:
    """For each function the suite draws calls for: its arguments, from a generator."""
    name = f"{suite.name}.valid_calls"
    if importlib.util.find_spec(name) is None:
        return {}
    calls: Mapping[str, Draw] = importlib.import_module(name).CALLS
    return calls


class CallComparison:
    """Compares functions of two files on calls drawn at random.

    Args:
        assignment: whose limits hold.
        sandbox: where both files run.
    """

    def __init__(self, assignment: Assignment, sandbox: Sandbox) -> None:
        self._assignment, self._sandbox = assignment, sandbox
        self._draws = valid_calls(assignment.suite)

    def same_answers(self, case: Case, original: Solution) -> str:
        """Why the two are the same, in a sentence; empty if that is not known.

        Both are asked the same; a function for which no calls are drawn leaves the
        question open.
        """
        functions = [name.split(".")[0] for name in case.mutant.reached_by]
        if not functions or any(name not in self._draws for name in functions):
            return ""
        packages = self._assignment.rubric.packages_of(case.solution.tasks or ())
        with self._sandbox.lease(packages) as slot:
            rooms = [
                Room(
                    slot,
                    rubric_limits(self._assignment.rubric),
                    filename=self._assignment.rubric.file,
                    source=source,
                    provided=self._assignment.provided,
                    seed=0,
                )
                for source in (original.source, case.mutant.source)
            ]
            try:
                same = all(map(self._loads, rooms)) and all(
                    self._agree(rooms, name) for name in functions
                )
            finally:
                for room in rooms:
                    room.close()
        if not same:
            return ""
        return f"the same on {NUM_CALLS} valid calls of {', '.join(functions)}"

    def _loads(self, room: Room) -> bool:
        load_s = rubric_limits(self._assignment.rubric).load_s
        return room.ask({"ask": "load"}, load_s).ending is Ending.RETURNED

    def _agree(self, rooms: Sequence[Room], function: str) -> bool:
        check_s = rubric_limits(self._assignment.rubric).check_s
        rng, returned = np.random.default_rng(0), False
        for number in range(NUM_CALLS):
            question = {
                "ask": "call",
                "function": function,
                "args": list(self._draws[function](rng)),
                "kwargs": {},
                "given": {},
                "seed": number,
            }
            first, second = (room.ask(question, check_s) for room in rooms)
            if not _same_answer(first, second):
                return False
            returned = returned or first.ending is Ending.RETURNED
        # Calls that all fail show nothing; the suite's drawing is at fault.
        return returned


def _same_answer(first: Answer, second: Answer) -> bool:
    """Equal values and equal changes of the arguments, or the same kind of error."""
    if first.ending is not second.ending:
        return False
    if first.error is not None and second.error is not None:
        return first.error.type == second.error.type
    if first.ending is not Ending.RETURNED:
        return True
    return first.changed == second.changed and same_value(first.value, second.value)


def same_value(first: Any, second: Any) -> bool:
    """Whether two plain values are equal; floats up to the order of summation.

    >>> same_value([1, np.ones(2)], [1, np.ones(2) + 1e-12])
    True
    """
    if isinstance(first, Opaque) or isinstance(second, Opaque):
        return False  # What stays in a worker cannot be looked at.
    if isinstance(first, np.ndarray) and isinstance(second, np.ndarray):
        if first.shape != second.shape or first.dtype.kind != second.dtype.kind:
            return False
        if first.dtype.kind == "f":
            return bool(
                np.allclose(first, second, rtol=_RTOL, atol=_ATOL, equal_nan=True)
            )
        return bool(np.array_equal(first, second))
    if isinstance(first, float) and isinstance(second, float):
        close = math.isclose(first, second, rel_tol=_RTOL, abs_tol=_ATOL)
        return close or (math.isnan(first) and math.isnan(second))
    if isinstance(first, dict) and isinstance(second, dict):
        return list(first) == list(second) and all(
            same_value(first[key], second[key]) for key in first
        )
    if isinstance(first, list | tuple) and isinstance(second, list | tuple):
        return (
            type(first) is type(second)
            and len(first) == len(second)
            and all(map(same_value, first, second))
        )
    return bool(type(first) is type(second) and first == second)


def same_measurements(
    gates: Mapping[str, str], mutant: Sequence[Trial], original: Sequence[Trial]
) -> str:
    """Why training is the same, in a sentence; empty if it is not, or nothing is known.

    Args:
        gates: names of what is measured, each with its task.
        mutant: trials of the mutant, at several seeds.
        original: trials of what it was made from.
    """
    compared = []
    for gate, task in gates.items():
        ours, theirs = (
            [values[0] for trial in trials if (values := trial.measured(gate, task))]
            for trials in (mutant, original)
        )
        if len(ours) < 3 or len(theirs) < 3:
            continue
        if has_effect(ours, theirs):
            return ""
        compared.append(gate)
    if not compared:
        return ""
    return f"no effect on {', '.join(compared)} over {len(mutant)} seeds"


def has_effect(first: Sequence[float], second: Sequence[float]) -> bool:
    """DeepCrime's rule on two samples: a small p-value and a sizable Cohen's d."""
    if len(set(first) | set(second)) == 1:
        return False
    p_value = float(mannwhitneyu(first, second).pvalue)
    return p_value < P_VALUE and abs(cohens_d(first, second)) >= EFFECT


def cohens_d(first: Sequence[float], second: Sequence[float]) -> float:
    """Difference of the means in pooled standard deviations.

    >>> round(cohens_d([1, 2, 3], [2, 3, 4]), 3)
    -1.0
    """
    difference = statistics.fmean(first) - statistics.fmean(second)
    pooled = math.sqrt((statistics.variance(first) + statistics.variance(second)) / 2)
    if pooled == 0:
        return 0.0 if difference == 0 else math.copysign(math.inf, difference)
    return difference / pooled
