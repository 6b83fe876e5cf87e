"""A small class that waits for a person: levels, a broken check, a changed ground."""

import hashlib
from dataclasses import replace
from typing import Any

from graders.ledger import Graded, Ledger, hand_in, keep, start_run
from graders.marks import use_rubric
from graders.records import Finding, Outcome, Submission
from graders.records.storing import PackedRecord
from graders.review.cases import Nearness
from graders.review.selection import Selection
from graders.review.session import Review
from graders.rubric import Rubric, award
from tests.stand_ins.records import KEY, record
from tests.stand_ins.regrading import CHECKS, GROUPS, finding, rubric

LEVELS = {0: "nothing to read", 4: "what, and not why", 7: "what and why", 9: "clear"}
SOURCE = """\
import numpy as np


def output_size(n, k):
    return n - k + 1


def same_padding(n, k):
    return (k - 1) // 2
"""


def a_rubric(version: int = 1, **parts: Any) -> Rubric:
    """Two tasks of 10 points, a report of 9 with levels, and a talk of 3 without."""
    manual = [
        {"id": "A9.M1", "title": "The report", "points": 9, "levels": LEVELS},
        {"id": "A9.M2", "title": "The talk", "points": 3},
    ]
    plain = rubric(version, manual=manual, **parts).model_dump(by_alias=True)
    plain["tasks"][0]["functions"] = {"output_size": "L1"}
    plain["tasks"][1]["functions"] = {"same_padding": "L1", "pool": "L2"}
    return Rubric.model_validate(plain)


BY = a_rubric()


def grade_one(
    ledger: Ledger,
    student: str,
    *,
    failed: str = "",
    broken: str = "",
    source: str = SOURCE,
    by: Rubric = BY,
    **words: str,
) -> None:
    """Grades a student: names of checks that failed and that broke."""
    row, run = use_rubric(ledger, by), start_run(ledger, "batch", by.assignment, {})
    text = f"{source}# {student}\n"
    handed_in = Submission(
        student=student,
        filename=by.file,
        source=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    hand_in(ledger, by.assignment, [handed_in], run)
    findings = tuple(_finding(name, failed, broken, words) for name in CHECKS)
    made = record(
        assignment=by.assignment,
        filename=by.file,
        key=replace(KEY, submission=handed_in.content),
        findings=findings,
    )
    scored = replace(made, score=award(by, findings, ()))
    keep(ledger, run, [Graded(PackedRecord(scored, {}), row.id, None)], GROUPS)


def _finding(name: str, failed: str, broken: str, words: dict[str, str]) -> Finding:
    short = name.rpartition(".")[2]
    if short in broken.split():
        return finding(name, Outcome.BROKEN, **words)
    if short in failed.split():
        return finding(name, Outcome.FAILED, **words)
    return finding(name, Outcome.PASSED)


def a_class(ledger: Ledger, *students: str) -> Ledger:
    """Students who have all points that checks give."""
    for name in students:
        grade_one(ledger, name)
    return ledger


def a_review(ledger: Ledger, near: tuple[float, ...] = (), **parts: Any) -> Review:
    """The queue of whoever the ledger is opened for."""
    clock = parts.pop("clock", lambda: 0.0)
    chosen = Selection(near=Nearness(boundaries=near), **parts)
    review = Review(ledger, BY.assignment, chosen, clock)
    review.show()
    return review
