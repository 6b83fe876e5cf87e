"""Hidden checks of A0.1 and A0.2, on drawn inputs."""

import secrets
from collections.abc import Iterator

import numpy as np

from graders.checks import Student, check, close, equal
from graders.records import Finding
from tests.hostile.exercise.forms import HIDDEN_TOTAL, hidden_numbers, standardised

# Known to this file, and to the process that judges: neither may leave it.
IN_THIS_FILE = "a hidden check says 5e1f0c77a1"
IN_THIS_PROCESS = f"canary-{secrets.token_hex(12)}"


@check("A0.1", title="The sum of many numbers")
def drawn_numbers(student: Student, rng: np.random.Generator) -> Iterator[Finding]:
    """Arrays of several sizes."""
    for size in (5, 40, 300):
        numbers = hidden_numbers(rng, size)
        yield equal(student.total(numbers), HIDDEN_TOTAL, of="`total`")


@check("A0.2", title="Drawn rows")
def drawn_rows(student: Student, rng: np.random.Generator) -> Iterator[Finding]:
    """Of several shapes."""
    for shape in ((1, 5), (6, 4), (30, 7)):
        x = rng.normal(scale=rng.uniform(0.5, 3), size=shape)
        yield close(student.standardise(x), standardised(x), of="`standardise`")


@check("A0.2", title="Rows that lie far from zero")
def rows_far_from_zero(student: Student, rng: np.random.Generator) -> Finding:
    """Around 1,000."""
    x = rng.normal(1_000, 20, size=(8, 6))
    return close(student.standardise(x), standardised(x), of="`standardise`")
