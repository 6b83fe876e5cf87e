"""What a grading depends on, as hashes: equal keys mean equal results."""

import hashlib
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from graders.loading import Assignment
from graders.records import RecordKey, Submission

_PACKAGES = ("keras", "tensorflow", "numpy", "scipy", "scikit-learn", "ruff")


def record_key(submission: Submission, assignment: Assignment, seed: int) -> RecordKey:
    """What a grading depends on; equal keys mean equal results."""
    rubric = (assignment.listing.folder / "rubric.yaml").read_bytes()
    rubric += b"".join(assignment.provided.values())
    if assignment.calibration is not None:
        rubric += assignment.calibration.model_dump_json(by_alias=True).encode()
    return RecordKey(
        submission=submission.sha256[:16],
        suite=_sha256(assignment.suite.sha256.encode() + rubric),
        data=assignment.suite.data_sha256()[:16],
        environment=environment(),
        seed=seed,
    )


@cache
def environment() -> str:
    """Hash of the versions that numbers depend on."""
    text = "\n".join(f"{name} {number}" for name, number in versions().items())
    return _sha256(text.encode())


def versions() -> dict[str, str]:
    """Of Python, the machine and the packages that numbers depend on."""
    found = {
        "python": platform.python_version(),
        "system": platform.system(),
        "machine": platform.machine(),
    }
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "none"
    return found


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
