"""Assignments of one task and no Keras, made anew and changed by a test."""

import itertools
from collections.abc import Callable
from pathlib import Path

import graders.suites
from graders.assignments import read_listing
from graders.authoring.starting import start_assignment
from graders.loading import Assignment, load_assignment

_NUMBERS = itertools.count(101)
Change = tuple[str, str, str]


def small_assignment(project: Path, *changes: Change) -> Assignment:
    """An assignment as `grade new` begins it, with texts replaced.

    Args:
        project: an empty folder.
        changes: each a file of the assignment or the suite, an old text and a new one;
            an old text that is empty appends.
    """
    name = f"assignment{next(_NUMBERS)}_scaling"
    (project / "assignments").mkdir(parents=True, exist_ok=True)
    suites = project / "graders" / "suites"
    suites.mkdir(parents=True, exist_ok=True)
    start_assignment(name, project)
    for file, old, new in changes:
        path = next(
            p
            for p in (suites / name / file, project / "assignments" / name / file)
            if p.is_file()
        )
        text = path.read_text("utf-8")
        assert old in text, (file, old)
        path.write_text(text.replace(old, new, 1) if old else text + new, "utf-8")
    if str(suites) not in graders.suites.__path__:
        graders.suites.__path__.append(str(suites))
    return load_assignment(read_listing(project / "assignments" / name / "rubric.yaml"))


def silent(phase: str, total: int) -> "_Silent":
    """A progress that nobody watches."""
    return _Silent()


class _Silent:
    def __enter__(self) -> Callable[[], None]:
        return lambda: None

    def __exit__(self, *error: object) -> None:
        pass
