"""All assignments with their solutions of known worth, as parameters of tests."""

from collections.abc import Callable, Iterable

import pytest

from graders.assignments import list_assignments
from graders.loading import Assignment, load_assignment
from graders.validation.solutions import Solution

ASSIGNMENTS = {listing.name: load_assignment(listing) for listing in list_assignments()}
NAMES = sorted(ASSIGNMENTS)


def each_solution(solutions: Callable[[Assignment], Iterable[Solution]]) -> list:
    """`(name of the assignment, solution)`, named by both in the report."""
    return [
        pytest.param(name, solution, id=f"{name}-{solution.name}")
        for name in NAMES
        for solution in solutions(ASSIGNMENTS[name])
    ]
