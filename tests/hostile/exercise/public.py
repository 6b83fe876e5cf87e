"""Public checks: small examples that a student may see."""

from collections.abc import Iterator

import numpy as np

from graders.checks import Asks, Student, check, close, equal, is_array
from graders.records import Finding
from tests.hostile.exercise.forms import blobs, clean_artifact, standardised


@check("A0.1", title="The sum of five numbers")
def five_numbers(student: Student) -> Finding:
    """3, 1, 4, 1, 5 gives 14."""
    return equal(student.total(np.array([3, 1, 4, 1, 5])), 14, of="`total`")


@check("A0.2", title="Two small rows")
def two_rows(student: Student) -> Finding:
    """(1, 2, 3) and (2, 4, 9)."""
    x = np.array([[1.0, 2.0, 3.0], [2.0, 4.0, 9.0]])
    return close(student.standardise(x), standardised(x), of="`standardise`")


@check("A0.3", title="Three outputs that add up to 1")
def three_outputs(student: Student, clean_room: Asks, seed: int) -> Iterator[Finding]:
    """For two rows of zeros."""
    model = student.build_model()
    artifact = clean_artifact(student, clean_room, model, "`build_model`", seed)
    outputs = artifact.trained()(np.zeros((2, 4), np.float32))
    yield is_array(outputs, (2, 3), of="The model", kinds="f")
    yield close(outputs.sum(axis=1), np.ones(2), of="The sum of the outputs")


@check("A0.4", title="Training gives a model")
def gives_a_model(student: Student, clean_room: Asks, seed: int) -> Finding:
    """Three blobs of 30 points each, around fixed centres."""
    x, y = blobs(np.random.default_rng(1), 2 * np.eye(3, 4), 30)
    model = student.train(x, y)
    artifact = clean_artifact(student, clean_room, model, "`train`", seed)
    outputs = artifact.trained()(x[:5])
    return is_array(outputs, (5, 3), of="The trained model", kinds="f")
