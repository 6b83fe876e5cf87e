"""Thresholds on measured values, and verdicts that do not hang on one lucky run.

A training has a result that varies with its seed. Where the value of one run lies far
from the threshold, as measured by how much it varies, the run decides. Where it lies
near, the measurement is repeated with other seeds until their mean lies far enough
away, or a person has to decide.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from graders.checks.student import Verdict
from graders.records import Finding, Outcome

MAX_RUNS = 5
# In standard errors of the mean: after each run, and after the last one.
_SURE, _SURE_AT_LAST = 3.0, 2.0
_NEXT_SEED = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A threshold, and how much what it judges varies.

    Args:
        of: what is measured, as a sentence begins: "The accuracy on new digits".
        bound: the threshold.
        at_least: whether the value must not be below it; else not above it.
        spread: standard deviation of the value over seeds, as calibrated; 0 if that
            is not known, and then the first run decides.
    """

    of: str
    bound: float
    at_least: bool
    spread: float = 0.0


class BoundGate:
    """A gate for one check of one grading.

    Args:
        gate: the threshold.
        seed: of the grading.
        told: hears of every measured value.
        again: called before a measurement is repeated, to give it time of its own.
    """

    def __init__(
        self,
        gate: Gate,
        seed: int,
        told: Callable[[float], None],
        again: Callable[[], None] = lambda: None,
    ) -> None:
        self._gate, self._seed, self._told, self._again = gate, seed, told, again

    def decide(
        self,
        measure: Callable[[int], float],
        *,
        fix: str = "",
        misconception: str | None = None,
    ) -> Finding:
        """Passed or failed by the mean of one run or more; broken if that is too near.

        Args:
            measure: builds, trains and measures anew for a seed; first for the seed
                of the grading.
            fix: what to do.
            misconception: its cause, if the check knows it.
        """
        values: list[float] = []
        while runs_until_decided(self._gate, values) is None:
            if values:
                self._again()
            try:
                value = float(measure(self._seed + len(values) * _NEXT_SEED))
            except Verdict:
                if values:  # It went well before, so this decides nothing.
                    return self._undecided(values)
                raise
            values.append(value)
            self._told(value)
        if _is_decided(self._gate, values):
            return self._verdict(values, fix, misconception)
        return self._undecided(values)

    def _verdict(
        self, values: list[float], fix: str, misconception: str | None
    ) -> Finding:
        gate, mean = self._gate, math.fsum(values) / len(values)
        enough = mean >= gate.bound if gate.at_least else mean <= gate.bound
        if enough:
            return Finding(outcome=Outcome.PASSED)
        needed = "at least" if gate.at_least else "at most"
        return Finding(
            outcome=Outcome.FAILED,
            what=f"{gate.of} is {_figure(values)}; {needed} {gate.bound:.3g} is"
            " needed.",
            fix=fix,
            misconception=misconception,
        )

    def _undecided(self, values: list[float]) -> Finding:
        gate = self._gate
        return Finding(
            outcome=Outcome.BROKEN,
            what=f"{gate.of} is {_figure(values)}, too near to {gate.bound:.3g} to be"
            " decided. It costs no points; a person will look at it.",
        )


def runs_until_decided(gate: Gate, values: Sequence[float]) -> int | None:
    """How many of the measured values are looked at; None if more are needed."""
    for runs in range(1, len(values) + 1):
        if runs == MAX_RUNS or _is_decided(gate, values[:runs]):
            return runs
    return None


def _is_decided(gate: Gate, values: Sequence[float]) -> bool:
    mean = math.fsum(values) / len(values)
    error = gate.spread / math.sqrt(len(values))
    sure = _SURE if len(values) < MAX_RUNS else _SURE_AT_LAST
    return not math.isfinite(mean) or abs(mean - gate.bound) >= sure * error


def _figure(values: list[float]) -> str:
    """The value, or the mean and how many runs it is of.

    >>> _figure([0.5, 0.7])
    '0.6 (mean of 2 runs)'
    """
    mean = math.fsum(values) / len(values)
    return f"{mean:.3g}" + (f" (mean of {len(values)} runs)" if len(values) > 1 else "")


class Gates:
    """The gates of a grading, by name, for the check that runs."""

    def __init__(
        self, gates: Mapping[str, Gate], seed: int, again: Callable[[], None]
    ) -> None:
        self._gates, self._seed, self._again = gates, seed, again
        self._measured: list[tuple[str, float]] = []

    def __getitem__(self, name: str) -> BoundGate:
        """The gate that the rubric calls by this name."""
        told = self._measured
        return BoundGate(
            self._gates[name],
            self._seed,
            lambda value: told.append((name, value)),
            self._again,
        )

    def on(self, finding: Finding) -> Finding:
        """The finding, with what was measured since the last one."""
        measured, self._measured = tuple(self._measured), []
        return replace(finding, measured=measured) if measured else finding
