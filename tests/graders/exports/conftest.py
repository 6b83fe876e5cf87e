"""A small class to export, made of real rubrics, scores and marks without a ledger."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from graders.exports.class_to_export import ClassToExport, Marked
from graders.ledger import Attempt, Identity, KnownRubric
from graders.marks import GradedAssignment, StudentMark
from graders.rubric import mark
from tests.stand_ins import regrading

A9 = "assignment9_small"


def a_class(failed, identities=(), manual=(), adjustments=None) -> ClassToExport:
    """Students by the checks that failed.

    A check that failed costs its points of 20: sizes 6, shapes 4, bias 5, strides 5.

    Args:
        failed: names of checks by student.
        identities: of some of them.
        manual: items that a person grades.
        adjustments: by student.
    """
    rubric = regrading.rubric(manual=list(manual))
    known: dict = defaultdict(dict)
    for one in identities:
        known[one.student][one.system] = one.known_as
    return ClassToExport(
        graded=GradedAssignment(
            name=A9,
            row=KnownRubric(id=1, version=1, marks="", text=""),
            rubric=rubric,
        ),
        marked=tuple(
            marked(rubric, student, checks, (adjustments or {}).get(student, ()))
            for student, checks in sorted(failed.items())
        ),
        held_back=(),
        identities=known,
    )


def marked(rubric, student, checks, adjustments) -> Marked:
    score = regrading.graded(rubric, checks, "0" * 16).record.score
    own = mark(rubric, score, adjustments=adjustments)
    received = datetime(2026, 10, 9, tzinfo=UTC)
    attempt = Attempt(
        student=student,
        number=1,
        content="0" * 16,
        filename="small.py",
        submitted_at=None,
        received_at=received,
    )
    return Marked(
        student=student,
        mark=own,
        own=StudentMark(
            student=student,
            group="",
            attempt=attempt,
            num_attempts=1,
            standing=None,
            mark=own,
        ),
    )


@pytest.fixture
def the_class() -> Callable[..., ClassToExport]:
    return a_class


def known(student: str, system: str, **known_as: str) -> Identity:
    return Identity(student=student, system=system, known_as=known_as)
