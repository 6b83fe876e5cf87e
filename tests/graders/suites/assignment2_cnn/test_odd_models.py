"""Odd but right models get full marks."""

import pytest

from graders.authoring.composing import compose
from graders.pipeline import grade
from graders.records import Outcome, Submission
from tests.conftest import CORPUS


def lost(record):
    return {
        finding.check: finding.what
        for finding in record.findings
        if finding.outcome is not Outcome.PASSED
    }


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
