"""One submission to grade, as bytes; and the grading of it, wherever that is.

Both sides are graders: neither the job nor the record ever meets student code.
"""

import atexit
import socket
import threading

from graders.assignments import find_assignment
from graders.errors import UsageError
from graders.keys import environment, suite_key
from graders.loading import Assignment, load_assignment
from graders.pipeline import grade, open_sandbox
from graders.records import Submission, Tier
from graders.records.storing import pack_findings, pack_record, unpack_findings
from graders.sandbox import Sandbox, Walls, choose_walls
from graders.wire import decode, encode

_own = threading.local()


def pack_job(
    submission: Submission, assignment: Assignment, *, seed: int, tier: Tier
) -> bytes:
    """All that a worker must be told; nobody's name is part of it.

    Args:
        submission: what was handed in.
        assignment: what judges it; the worker has one of its own.
        seed: of the grading.
        tier: weakest walls to be content with.
    """
    problem = submission.problem
    return encode(
        {
            "assignment": assignment.listing.name,
            "seed": seed,
            "tier": tier.value,
            "filename": submission.filename,
            "source": submission.source,
            "sha256": submission.sha256,
            "problem": problem and pack_findings([problem]),
        }
    )


def run_job(job: bytes) -> bytes:
    """Grades in a worker of a cluster; gives the packed record.

    Each thread of a worker has a sandbox of its own, kept for the next job.
    """
    told = decode(job)
    name, tier = told["assignment"], told["tier"]
    if getattr(_own, "of", None) != (name, tier):
        _open(name, tier)
    return run_in(job, _own.assignment, _own.sandbox, lanes=1)


def run_in(
    job: bytes, assignment: Assignment, sandbox: Sandbox, *, lanes: int
) -> bytes:
    """Grades in a sandbox that is open; gives the packed record."""
    told = decode(job)
    problem = told["problem"]
    submission = Submission(
        student="",
        filename=told["filename"],
        source=told["source"],
        sha256=told["sha256"],
        problem=unpack_findings(problem)[0] if problem else None,
    )
    record = grade(submission, assignment, sandbox, seed=told["seed"], lanes=lanes)
    return pack_record(record)


def describe(name: str) -> bytes:
    """What results depend on here: equal bytes, equal results."""
    assignment = load_assignment(find_assignment(name))
    parts = (suite_key(assignment), assignment.suite.data_sha256(), environment())
    return encode(parts)


def _open(name: str, tier: str) -> None:
    if getattr(_own, "of", None) is not None:
        _own.sandbox.close()
    assignment = load_assignment(find_assignment(name))
    sandbox = open_sandbox(assignment, walls=_walls(Tier(tier)))
    assignment.suite.prepare(assignment.suite.groups)
    atexit.register(sandbox.close)
    _own.of, _own.assignment, _own.sandbox = (name, tier), assignment, sandbox


def _walls(tier: Tier) -> Walls:
    """The strongest there are here; who is told that they are missing, hears where."""
    try:
        return choose_walls(tier)
    except UsageError as error:
        where = f"{error.where} of the worker on {socket.gethostname()}"
        raise UsageError(error.what, where, error.fix) from error
