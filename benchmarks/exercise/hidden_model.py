"""The five assertions. `peers/assertions.py` has the same, in the same order.

`build_model` and `train` run in the student's worker, once each. What they return is
exported, rebuilt in the clean room and asked there; the labels of the held-out digits
stay in this process. The other systems do all of it in the student's own process.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.exercise.public import MAX_PARAMS, MIN_ACCURACY, MIN_PARAMS, digits
from graders.checks import Artifact, Asks, Student, at_least, check, fixture, holds
from graders.checks import is_array as array
from graders.records import Finding, Outcome


@dataclass(frozen=True)
class Trained:
    """What the one training came to: on held-out digits, and to its arguments."""

    probabilities: Any
    changed: tuple[str, ...]


@fixture
def built(student: Student, clean_room: Asks, seed: int) -> Artifact:
    """The model before training."""
    model = student.build_model()
    return Artifact(student, clean_room, model, of="`build_model`", seed=seed)


@fixture
def training(student: Student, clean_room: Asks, seed: int) -> Trained:
    """Trains once; all that follows looks at this one training."""
    data = digits()
    model = student.train(data.x_train, data.y_train)
    changed = student.changed
    artifact = Artifact(student, clean_room, model, of="`train`", seed=seed)
    return Trained(artifact.trained()(data.x_test), changed)


@check("A0.1", title="Ten numbers per image")
def output_shape(built: Artifact) -> Finding:
    """For two blank images, (2, 10)."""
    outputs = built.trained()(np.zeros((2, 8, 8, 1), np.float32))
    return array(outputs, (2, 10), of="The model", axes="B K", kinds="f")


@check("A0.1", title="A small model")
def number_of_parameters(built: Artifact) -> Finding:
    """Neither trivial nor large."""
    num_params = built.count_params()
    return holds(
        MIN_PARAMS <= num_params <= MAX_PARAMS,
        f"The model has {num_params:,} parameters; {MIN_PARAMS:,} to {MAX_PARAMS:,}"
        " are allowed.",
    )


@check("A0.1", title="Training leaves its arguments alone")
def arguments_unchanged(training: Trained) -> Finding:
    """Neither x nor y is changed."""
    return holds(
        not training.changed, f"`train` changes {', '.join(training.changed)}."
    )


@check("A0.1", title="It has learned the digits")
def accuracy(training: Trained) -> Finding:
    """On the digits that it was not trained on."""
    labels = digits().y_test
    shape = array(training.probabilities, (len(labels), 10), of="The model", kinds="f")
    if shape.outcome is not Outcome.PASSED:
        return shape
    right = training.probabilities.argmax(axis=1) == labels
    return at_least(float(np.mean(right)), MIN_ACCURACY, of="The accuracy")


@check("A0.1", title="Probabilities sum to one", needs=["accuracy"])
def probabilities_sum_to_one(training: Trained) -> Finding:
    """For every held-out digit."""
    sums = training.probabilities.sum(axis=1)
    return holds(np.allclose(sums, 1, atol=1e-4), "The outputs do not sum to 1.")
