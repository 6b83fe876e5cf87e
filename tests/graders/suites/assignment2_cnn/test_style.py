"""Style in a grading of assignment 2: advice, or points if a rubric gives some."""

from dataclasses import replace

import pytest

from graders.intake import read_submission
from graders.pipeline import grade, replay
from graders.records import Outcome, Stage
from graders.records.storing import pack_record, unpack_head
from graders.rubric import StyleItem
from graders.style import judge_style
from tests.conftest import SUITE

SOLUTIONS = [SUITE / "reference.py", *sorted((SUITE / "wheats").glob("*.py"))]


@pytest.fixture(scope="module")
def counting(assignment):
    """Assignment 2 with 10 points for style."""
    style = StyleItem(stage=Stage.PROOF_OF_CONCEPT, points=10, per_finding=1)
    rubric = assignment.rubric.model_copy(update={"style": style, "points": 110})
    return replace(assignment, rubric=rubric)


@pytest.fixture(scope="module")
def graded(assignment, sandbox, reference, tmp_path_factory):
    """The reference with two faults of style, as the public checks judge it."""
    path = tmp_path_factory.mktemp("style") / "cnn.py"
    path.write_text(f"import os  # noqa\nimport sys\n{reference}", "utf-8")
    submission = read_submission(path, "student_a")
    return grade(submission, assignment, sandbox, public_only=True)


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_a_right_solution_has_no_finding_of_style(path):
    found = judge_style(
        path.read_text("utf-8"), Stage.PROOF_OF_CONCEPT, filename="cnn.py"
    )

    assert [finding.outcome for finding in found] == [Outcome.PASSED], found


def test_advice_is_given_and_changes_no_score(graded):
    assert [finding.where for finding in graded.style] == ["cnn.py:1", "cnn.py:2"]
    assert graded.score.points == graded.score.max_points == 27
    assert graded.score.advice.findings == graded.style
    assert not graded.score.broken


def test_no_finding_of_style_is_among_those_of_checks(graded):
    assert not [f for f in graded.findings if f.check.startswith("style")]


def test_a_stored_grading_keeps_its_style(graded, assignment):
    stored = unpack_head(pack_record(graded))

    again = replay(stored, assignment)

    assert (again.score, again.style) == (graded.score, graded.style)


def test_a_stored_grading_can_be_given_points_for_its_style(graded, counting):
    again = replay(unpack_head(pack_record(graded)), counting)

    assert again.score.style.points == 8
    assert (again.score.points, again.score.max_points) == (35, 37)


def test_the_stub_gets_zero_even_if_style_gives_points(counting, sandbox, assignment):
    stub = assignment.listing.folder / assignment.listing.file
    submission = read_submission(stub, "student_a")

    record = grade(submission, counting, sandbox)

    assert [finding.outcome for finding in record.style] == [Outcome.PASSED]
    assert record.score.points == 0
    assert record.score.style.outcome is Outcome.BLOCKED


def test_a_file_with_a_syntax_error_has_no_style(grade_text, counting):
    record = grade_text("import os\ndef f(:\n")

    assert [finding.outcome for finding in record.style] == [Outcome.BLOCKED]
    assert not record.score.broken
    assert replay(unpack_head(pack_record(record)), counting).score.style.points == 0


def test_single_tasks_are_graded_without_style(grade_text):
    record = grade_text("import os\ndef f(:\n", tasks=["A2.1"])

    assert record.style == ()
    assert record.score.style is None


def test_ruff_that_is_missing_costs_nothing(counting, grade_text, monkeypatch):
    monkeypatch.setattr("ruff.__main__.find_ruff_bin", lambda: "/no/such/ruff")

    record = grade_text("def output_size(n, k, stride=1, pad=0):\n    return 1\n")

    assert [finding.outcome for finding in record.style] == [Outcome.BROKEN]
    assert not record.score.broken
    assert replay(unpack_head(pack_record(record)), counting).score.broken
