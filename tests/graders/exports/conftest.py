from collections.abc import Callable

import pytest

from graders.exports.class_to_export import ClassToExport, class_to_export
from graders.ledger import Identity, Ledger, adjust, keep_identities
from graders.marks import find_graded
from tests.stand_ins import regrading

A9 = "assignment9_small"


@pytest.fixture
def ledger(copied_url):
    with Ledger(copied_url, "ta") as opened:
        yield opened


@pytest.fixture
def the_class(ledger) -> Callable[..., ClassToExport]:
    """Grades students by the checks that failed, and takes them to be exported.

    A check that failed costs its points of 20: sizes 6, shapes 4, bias 5, strides 5.
    """

    def made(failed=None, identities=(), manual=None, **options) -> ClassToExport:
        by = regrading.rubric(manual=manual or [])
        regrading.grade_class(ledger, by, failed or {})
        keep_identities(ledger, A9, identities, "the archive a9.zip")
        return taken(ledger, **options)

    return made


def taken(ledger: Ledger, **options) -> ClassToExport:
    with ledger.reading() as connection:
        graded = find_graded(connection, "assignment9")
        return class_to_export(ledger, connection, graded, **options)


def known(student: str, system: str, **known_as: str) -> Identity:
    return Identity(student=student, system=system, known_as=known_as)


def give(ledger: Ledger, student: str, item: str, points: float) -> None:
    adjust(ledger, A9, student, item, points, over_points=None, reason="read")
