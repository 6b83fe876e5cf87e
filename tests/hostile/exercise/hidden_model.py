"""Hidden checks of A0.3 and A0.4: models judged in the clean room."""

from collections.abc import Iterator

import numpy as np

from graders.checks import (
    Artifact,
    Asks,
    Student,
    at_least,
    at_most,
    check,
    fixture,
    holds,
    is_array,
)
from graders.records import Finding
from tests.hostile.exercise.forms import blobs, clean_artifact, drawn_centres

Rng = np.random.Generator


@fixture
def own_model(student: Student, clean_room: Asks, seed: int) -> Artifact:
    """What `build_model` returns."""
    model = student.build_model()
    return clean_artifact(student, clean_room, model, "`build_model`", seed)


@check("A0.3", title="Between 20 and 2,000 parameters")
def enough_parameters(own_model: Artifact) -> Iterator[Finding]:
    """Counted where no code of the submission runs."""
    counted = own_model.trained().count_params()
    yield at_least(counted, 20, of="The number of parameters")
    yield at_most(counted, 2_000, of="The number of parameters")


@check("A0.3", title="There is a hidden layer")
def hidden_layer(own_model: Artifact, rng: Rng) -> Iterator[Finding]:
    """Without one, the logarithms of two outputs differ by a linear function."""
    model = own_model.trained()
    x, y = rng.normal(size=(2, 40, 4)).astype(np.float32)
    parts = []
    for batch in (x + y, x, y, 0 * x):
        outputs = model(batch)
        yield is_array(outputs, (40, 3), of="The model", kinds="f")
        yield holds(
            bool(
                (outputs > 0).all() and np.allclose(outputs.sum(axis=1), 1, atol=1e-3)
            ),
            "The outputs are no probabilities.",
            fix="End with a Dense layer of 3 units and softmax.",
        )
        logs = np.log(outputs.astype(np.float64))
        parts.append(logs[:, 0] - logs[:, 1])
    both, first, second, zero = parts
    yield holds(
        float(np.abs(both - first - second + zero).max()) > 1e-3,
        "There is no hidden layer with an activation.",
        fix="Add a Dense layer with relu before the last one.",
    )


@check("A0.4", title="It learns new blobs")
def learns_new_blobs(
    student: Student, clean_room: Asks, rng: Rng, seed: int
) -> Iterator[Finding]:
    """Two trainings; judged on points that were not seen, by labels kept here."""
    for _ in range(2):
        centres = drawn_centres(rng)
        x, y = blobs(rng, centres, 60)
        held_out, labels = blobs(rng, centres, 50)
        artifact = clean_artifact(
            student, clean_room, student.train(x, y), "`train`", seed
        )
        outputs = artifact.trained()(held_out)
        yield is_array(outputs, (150, 3), of="The trained model", kinds="f")
        accuracy = float((outputs.argmax(axis=1) == labels).mean())
        yield at_least(accuracy, 0.8, of="The accuracy on held-out points")
