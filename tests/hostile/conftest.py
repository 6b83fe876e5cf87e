"""A sandbox for each kind of walls, open only while its tests run."""

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest

from graders.loading import Assignment
from tests.hostile.outside import Outside
from tests.hostile.runner import Arena, load_exercise
from tests.hostile.walls import everyday_walls, offered, open_sandbox_for


@pytest.fixture(scope="session")
def outside() -> Iterator[Outside]:
    with Outside() as planted:
        yield planted


@pytest.fixture(scope="session")
def exercise() -> Assignment:
    return load_exercise()


@pytest.fixture(scope="session")
def arenas(exercise: Assignment, outside: Outside) -> Iterator["Arenas"]:
    with contextlib.closing(Arenas(exercise, outside)) as opened:
        yield opened


@pytest.fixture
def arena(request: pytest.FixtureRequest, arenas: "Arenas") -> Arena:
    """Behind the walls that the test names; the honest solution passes there."""
    if request.param not in offered():
        pytest.skip(f"this machine offers no walls of tier {request.param}")
    return arenas.behind(request.param)


class Arenas:
    """One arena is open at a time: a sandbox takes the memory of a TensorFlow."""

    def __init__(self, exercise: Assignment, outside: Outside) -> None:
        self._exercise, self._outside = exercise, outside
        self._name = ""
        self._opened = contextlib.ExitStack()
        self._arena: Arena | None = None

    def behind(self, name: str) -> Arena:
        """The arena of those walls; another one is closed first."""
        if self._arena is None or self._name != name or self._arena.sandbox.closed:
            self.close()
            sandbox = open_sandbox_for(self._exercise.rubric, offered()[name])
            fresh = Arena(sandbox, offered()[name], self._exercise, self._outside)
            self._arena, self._name = self._opened.enter_context(fresh), name
        return self._arena

    def close(self) -> None:
        """Closes the one that is open; the honest solution has to pass once more."""
        self._arena = None
        self._opened.close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each of a module's `CASES` meets every kind of walls that has to bear it."""
    if "arena" not in metafunc.fixturenames:
        return
    cases = metafunc.module.CASES
    rows = [
        _row(name, case)
        for name, walls in offered().items()
        for case in cases
        if case.runs_in(walls.tier)
    ]
    tiers = {walls.tier for walls in offered().values()}
    rows += [
        _row(case.card.needs, case)
        for case in cases
        if not any(map(case.runs_in, tiers))
    ]
    metafunc.parametrize(("arena", "case"), rows, indirect=["arena"])


def _row(name: str, case: Any) -> Any:
    everyday = case.fast and name in everyday_walls()
    marks = [] if everyday else [pytest.mark.hostile]
    return pytest.param(name, case, marks=marks, id=f"{name}-{case.name}")
