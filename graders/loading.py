"""An assignment, read whole: what grades it, and what its numbers mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graders.assignments import Listing
from graders.checks import Gate, Suite, load_suite
from graders.errors import AssignmentError
from graders.rubric import Calibration, Rubric, read_calibration, read_rubric
from graders.sandbox import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Everything that grades one assignment.

    Args:
        listing: where it is, and its names.
        rubric: points, limits and thresholds.
        suite: the checks.
        calibration: what the thresholds were found to do, if that was measured.
        provided: files that submissions may use, by their path from where they run.
    """

    listing: Listing
    rubric: Rubric
    suite: Suite
    calibration: Calibration | None
    provided: Mapping[str, bytes]


def load_assignment(listing: Listing, suite: str = "") -> Assignment:
    """Reads the rubric and imports the checks.

    Args:
        listing: the assignment.
        suite: package of the checks; else the one of its name in `graders.suites`.

    Raises:
        AssignmentError: if either is wrong.
    """
    rubric = read_rubric(listing.folder / "rubric.yaml")
    # As a script finds them, and as one that is started in the course's folder does.
    provided = {
        (place / name).as_posix(): _read(listing.folder / name)
        for place in (Path(), Path("assignments", listing.name))
        for name in rubric.provides
    }
    return Assignment(
        listing=listing,
        rubric=rubric,
        provided=provided,
        suite=load_suite(suite or f"graders.suites.{listing.name}"),
        calibration=read_calibration(listing.folder),
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise AssignmentError(
            f"a file that the rubric provides cannot be read: {error.strerror}",
            str(path),
            "Put it there, or take it out of `provides`.",
        ) from error


def rubric_limits(rubric: Rubric) -> Limits:
    """The rubric's ceilings, as the sandbox wants them."""
    return Limits(**rubric.limits.model_dump(exclude_none=True))


def calibrated_gates(assignment: Assignment) -> dict[str, Gate]:
    """The thresholds, with how much what they judge was found to vary."""
    calibration = assignment.calibration
    calibrated = {} if calibration is None else calibration.gates
    return {
        name: Gate(
            of=gate.of,
            bound=gate.bound,
            at_least=gate.at_least is not None,
            spread=calibrated[name].spread if name in calibrated else 0.0,
        )
        for name, gate in assignment.rubric.gates.items()
    }
