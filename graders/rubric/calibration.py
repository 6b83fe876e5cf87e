"""`calibration.yaml`, beside the rubric: what its thresholds were found to do."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from graders.yaml_files import read_closed_yaml

FILE = "calibration.yaml"


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Sample(_Closed):
    """What one solution was measured to have, over seeds.

    Args:
        solution: name of a right or of a wrong solution.
        values: one for each seed.
    """

    solution: str
    values: tuple[float, ...] = Field(min_length=1)


class Rate(_Closed):
    """How often something happened, with the 95 % interval of its probability."""

    count: int = Field(ge=0)
    of: int = Field(ge=0)
    low: float
    high: float


class GateCalibration(_Closed):
    """One threshold.

    Args:
        bound: the threshold that it was measured against.
        spread: the largest standard deviation over seeds of one right solution.
        false_fail: right solutions that one run would have failed.
        false_pass: wrong solutions that one run would have passed.
        right: what the right solutions had.
        wrong: what the wrong ones had.
    """

    bound: float
    spread: float = Field(ge=0)
    false_fail: Rate
    false_pass: Rate
    right: tuple[Sample, ...]
    wrong: tuple[Sample, ...]


class Calibration(_Closed):
    """All thresholds of an assignment.

    Args:
        schema_: version of the file format.
        date: when it was measured, as 2026-11-21.
        versions: of what the numbers depend on.
        seeds: how many seeds each right solution was measured with.
        gates: by the name of the threshold.
    """

    schema_: int = Field(alias="schema", ge=1, le=1)
    date: str
    versions: dict[str, str]
    seeds: int = Field(ge=1)
    gates: dict[str, GateCalibration]


def read_calibration(folder: Path) -> Calibration | None:
    """That of an assignment's folder; None if nothing was calibrated yet.

    Raises:
        AssignmentError: if the file is wrong, with the line.
    """
    path = folder / FILE
    return read_closed_yaml(path, Calibration) if path.is_file() else None
