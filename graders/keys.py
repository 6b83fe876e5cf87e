"""What a grading depends on, as hashes: equal keys mean equal results."""

import hashlib
import json
import platform
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from graders.loading import Assignment
from graders.records import RecordKey, Submission

_PACKAGES = ("keras", "tensorflow", "numpy", "scipy", "scikit-learn", "ruff")


def record_key(submission: Submission, assignment: Assignment, seed: int) -> RecordKey:
    """What a grading depends on; equal keys mean equal results."""
    return replace(blank_key(assignment, seed), submission=submission.content)


def blank_key(assignment: Assignment, seed: int) -> RecordKey:
    """The key of all gradings of an assignment, but for the submission."""
    return RecordKey(
        submission="",
        suite=suite_key(assignment),
        data=assignment.suite.data_sha256()[:16],
        environment=environment(),
        seed=seed,
    )


def suite_key(assignment: Assignment) -> str:
    """Hash of all that can change a finding: checks, engine, thresholds, limits."""
    return _sha256(assignment.suite.sha256.encode() + _settings(assignment))


def group_keys(assignment: Assignment) -> dict[str, str]:
    """The same for each group of checks alone, which may change without the others."""
    settings = _settings(assignment)
    return {
        group: _sha256(digest.encode() + settings)
        for group, digest in assignment.suite.group_sha256.items()
    }


def _settings(assignment: Assignment) -> bytes:
    """What the rubric, and the files beside it, tell the checks; no points."""
    rubric, calibration = assignment.rubric, assignment.calibration
    told = {
        "limits": rubric.limits.model_dump(),
        "gates": {name: gate.model_dump() for name, gate in rubric.gates.items()},
        "packages": rubric.packages,
        "tasks": [
            (task.id, task.functions, task.check_s, task.packages)
            for task in rubric.tasks
        ],
        "stage": rubric.style and rubric.style.stage,
        "calibration": calibration and calibration.model_dump(),
        "provided": {
            name: hashlib.sha256(content).hexdigest()
            for name, content in assignment.provided.items()
        },
    }
    return json.dumps(told, sort_keys=True).encode()


@cache
def environment() -> str:
    """Hash of the versions that numbers depend on."""
    text = "\n".join(f"{name} {number}" for name, number in versions().items())
    return _sha256(text.encode())


@cache
def recorded_versions() -> tuple[tuple[str, str], ...]:
    """What `versions` says, read once: looking into packages takes a while."""
    return tuple(versions().items())


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
