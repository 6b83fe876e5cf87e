"""What the thresholds of an assignment do: to right solutions, and to wrong ones."""

import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from scipy.stats import binomtest

from graders.keys import versions
from graders.loading import Assignment
from graders.rubric.calibration import (
    FILE,
    Calibration,
    GateCalibration,
    Rate,
    Sample,
)
from graders.rubric.reading import Gate
from graders.validation.trials import Trial

CONFIDENCE = 0.95
_HEADER = "# What each threshold does; measured by `grade validate --calibrate`.\n"


def calibrate(
    assignment: Assignment,
    right: Iterable[Trial],
    wrong: Iterable[Trial],
    *,
    seeds: int,
    today: date,
) -> Calibration:
    """From the trials of right solutions, and of wrong ones, at several seeds.

    Only the first value of each trial counts: the further ones were measured because
    the first was near the threshold.
    """
    right, wrong = list(right), list(wrong)
    return Calibration(
        schema=1,
        date=today.isoformat(),
        versions=versions(),
        seeds=seeds,
        gates={
            name: _calibrate_gate(name, gate, right, wrong)
            for name, gate in assignment.rubric.gates.items()
        },
    )


def write_calibration(calibration: Calibration, folder: Path) -> Path:
    """Stores it beside the rubric; the same calibration gives the same bytes."""
    data = _plain(calibration.model_dump(by_alias=True))
    text = yaml.safe_dump(data, sort_keys=False, width=88, default_flow_style=None)
    path = folder / FILE
    path.write_text(_HEADER + text, "utf-8")
    return path


def rate(count: int, of: int) -> Rate:
    """A share with Wilson's interval (Wilson 1927), which is right for small counts.

    >>> rate(0, 100).high < 0.04
    True
    """
    if of == 0:
        return Rate(count=0, of=0, low=0.0, high=1.0)
    interval = binomtest(count, of).proportion_ci(CONFIDENCE, method="wilson")
    return Rate(
        count=count,
        of=of,
        low=round(float(interval.low), 4),
        high=round(float(interval.high), 4),
    )


def _calibrate_gate(
    name: str, gate: Gate, right: list[Trial], wrong: list[Trial]
) -> GateCalibration:
    of_right, of_wrong = _samples(name, gate, right), _samples(name, gate, wrong)
    spreads = [
        statistics.stdev(values) for values in of_right.values() if len(values) > 1
    ]
    values = [value for sample in of_right.values() for value in sample]
    unnoticed = [
        trial
        for trial in wrong
        if trial.measured(name, gate.task) and gate.task not in trial.lost_tasks
    ]
    return GateCalibration(
        bound=gate.bound,
        spread=float(f"{max(spreads, default=0.0):.4g}"),
        false_fail=rate(sum(not _passes(gate, v) for v in values), len(values)),
        false_pass=rate(len(unnoticed), sum(map(len, of_wrong.values()))),
        right=_stored(of_right),
        wrong=_stored(of_wrong),
    )


def _passes(gate: Gate, value: float) -> bool:
    return value >= gate.bound if gate.at_least is not None else value <= gate.bound


def _samples(
    name: str, gate: Gate, trials: Iterable[Trial]
) -> Mapping[str, list[float]]:
    """The first value of each trial, by solution."""
    found: dict[str, list[float]] = defaultdict(list)
    for trial in trials:
        values = trial.measured(name, gate.task)
        if values:
            found[trial.solution].append(values[0])
    return found


def _stored(samples: Mapping[str, list[float]]) -> tuple[Sample, ...]:
    return tuple(
        Sample(
            solution=solution, values=tuple(float(f"{value:.4g}") for value in values)
        )
        for solution, values in samples.items()
    )


def _plain(value: Any) -> Any:
    """Tuples as lists, which YAML writes without a tag."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
