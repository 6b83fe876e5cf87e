"""Correct solutions, however written, get full marks; at every seed."""

import pytest

from graders.authoring.composing import compose
from graders.intake import read_submission
from graders.pipeline import grade
from graders.records import Outcome, Submission
from tests.conftest import CORPUS, SUITE

WHEATS = [SUITE / "reference.py", *sorted((SUITE / "wheats").glob("*.py"))]


def lost(record):
    return {
        finding.check: finding.what
        for finding in record.findings
        if finding.outcome is not Outcome.PASSED
    }


def test_there_are_at_least_four_wheats_beside_the_reference():
    assert len(WHEATS) >= 5


@pytest.mark.parametrize("path", WHEATS, ids=lambda path: path.stem)
def test_a_correct_solution_gets_full_marks(path, assignment, sandbox):
    submission = read_submission(path, path.stem)

    record = grade(submission, assignment, sandbox)

    assert lost(record) == {}
    assert record.score.points == record.score.max_points == 100


@pytest.mark.parametrize("seed", range(1, 6))
@pytest.mark.parametrize("path", WHEATS, ids=lambda path: path.stem)
def test_arrays_and_data_are_right_at_other_seeds_too(path, seed, assignment, sandbox):
    submission = read_submission(path, path.stem)
    tasks = [f"A2.{number}" for number in range(1, 9)]

    record = grade(submission, assignment, sandbox, seed=seed, tasks=tasks)

    assert lost(record) == {}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 20))
@pytest.mark.parametrize("path", WHEATS, ids=lambda path: path.stem)
def test_a_correct_solution_gets_full_marks_at_every_seed(
    path, seed, assignment, sandbox
):
    submission = read_submission(path, path.stem)

    record = grade(submission, assignment, sandbox, seed=seed)

    assert lost(record) == {}


ODD_MODELS = sorted((CORPUS / "assignment2_cnn_models").glob("*.py"))
QUICK = {"lambda_layer", "ops_functional"}


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, marks=() if path.stem in QUICK else pytest.mark.slow)
        for path in ODD_MODELS
    ],
    ids=lambda path: path.stem,
)
def test_an_odd_but_right_model_gets_full_marks(path, assignment, sandbox, reference):
    source = compose(reference, path.read_text("utf-8"))
    submission = Submission(
        student=path.stem, filename="cnn.py", source=source, sha256="0" * 64
    )

    record = grade(submission, assignment, sandbox, tasks=["A2.9", "A2.10"])

    assert lost(record) == {}
