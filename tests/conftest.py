"""What many tests share: the assignment, one sandbox, and a way to grade a text."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graders.assignments import find_assignment
from graders.intake import read_submission
from graders.loading import Assignment, load_assignment
from graders.pipeline import grade
from graders.records import Record
from graders.sandbox import Sandbox

CORPUS = Path(__file__).resolve().parent / "corpus"
SUITE = Path(__file__).resolve().parents[1] / "graders" / "suites" / "assignment2_cnn"


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Data sets are made in a folder of the test run, never in the user's cache."""
    name = "SURVIVAL_SCHOOL_DATA"
    before = os.environ.get(name)
    os.environ[name] = str(tmp_path_factory.mktemp("data"))
    yield
    if before is None:
        del os.environ[name]
    else:
        os.environ[name] = before


@pytest.fixture(scope="session")
def assignment() -> Assignment:
    return load_assignment(find_assignment("assignment2"))


@pytest.fixture(scope="session")
def sandbox(assignment: Assignment) -> Iterator[Sandbox]:
    """Workers for the whole test run: TensorFlow is imported once."""
    with Sandbox(assignment.rubric.packages) as opened:
        yield opened


@pytest.fixture(scope="session")
def reference() -> str:
    """The reference solution's text."""
    return (SUITE / "reference.py").read_text("utf-8")


GradeText = Callable[..., Record]


@pytest.fixture
def grade_text(assignment: Assignment, sandbox: Sandbox, tmp_path: Path) -> GradeText:
    """Grades a text as `cnn.py`; options are those of `pipeline.grade`."""

    def graded(text: str | bytes, **options: object) -> Record:
        path = tmp_path / "cnn.py"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        submission = read_submission(path, "student_a")
        return grade(submission, assignment, sandbox, **options)  # type: ignore[arg-type]

    return graded
