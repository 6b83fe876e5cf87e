"""Hidden checks of A2.10: training, judged by the model that comes out of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from graders.checks import (
    Artifact,
    Asks,
    Student,
    Verdict,
    check,
    close,
    failed,
    fixture,
    holds,
)
from graders.checks import is_array as array
from graders.records import Finding
from graders.suites.assignment2_cnn import oracle
from graders.suites.assignment2_cnn.data import digits
from graders.suites.assignment2_cnn.fixtures import (
    build,
    given_conv_model,
    given_model,
    handle,
    run_training,
)
from graders.suites.assignment2_cnn.forms import (
    DIGITS_ACCURACY,
    accuracy_is,
    history_is_complete,
    learns,
)

Rng = np.random.Generator
NUM_EPOCHS = 8
GIVEN_ACCURACY = 0.70
OWN_ACCURACY = 0.80


@dataclass(frozen=True)
class Trained:
    """What one training of a given network came to.

    `numbers` are the labels of the ten digits in this training; the digit `unseen`
    occurs in the validation images only.
    """

    model: Artifact
    history: Any
    counter: Any
    numbers: np.ndarray
    unseen: int


@fixture
def given_training(student: Student, clean_room: Asks, rng: Rng, seed: int) -> Trained:
    """A small dense network, and digits whose classes have other numbers."""
    train, val = digits("train"), digits("validation")
    numbers, unseen = rng.permutation(10), int(rng.integers(10))
    seen = train.y != unseen
    given = given_model(student, rng, hidden=32)
    counter = handle(student, {"ask": "epoch_counter"}, "The given callback")
    history = run_training(
        student,
        given,
        (train.x[seen], numbers[train.y[seen]]),
        (val.x, numbers[val.y]),
        NUM_EPOCHS,
        [counter],
    )
    artifact = Artifact(student, clean_room, given, of="`train`", seed=seed)
    return Trained(artifact, history, counter, numbers, unseen)


@check("A2.10", title="Any classifier that is given is trained")
def trains_given_model(student: Student, given_training: Trained) -> Iterator[Finding]:
    """Judged in the clean room, on digits that it was not trained on."""
    test, model = digits("test"), given_training.model
    yield from history_is_complete(student, given_training.history, NUM_EPOCHS)
    yield _loss_is_right(model)
    seen = test.y != given_training.unseen
    yield from accuracy_is(
        model.trained(),
        test.x[seen],
        given_training.numbers[test.y[seen]],
        GIVEN_ACCURACY,
        _summed(model),
    )


@check(
    "A2.10",
    title="Nothing is learned from the validation images",
    needs=["trains_given_model"],
)
def validation_is_not_learned(given_training: Trained) -> Iterator[Finding]:
    """The digit that only they show is never the answer."""
    test = digits("test")
    x = test.x[test.y == given_training.unseen]
    outputs = given_training.model.trained()(x, training=False)
    yield array(outputs, (len(x), 10), of="The model", axes="B K", kinds="f")
    answer = given_training.numbers[given_training.unseen]
    yield holds(
        float(np.mean(outputs.argmax(axis=1) == answer)) < 0.3,
        "The model has learned a class that only the validation images show.",
        misconception="validation_in_training",
    )


@check("A2.10", title="The callbacks are told of every epoch")
def callbacks_are_used(student: Student, given_training: Trained) -> Finding:
    """A callback that counts."""
    question = {"ask": "read", "of": given_training.counter, "name": "num_epochs"}
    counted = student.question(question, "Reading the callback")
    return holds(
        type(counted) is int and counted == NUM_EPOCHS,
        "The callbacks are not told of each epoch.",
        misconception="callbacks_ignored",
    )


@check("A2.10", title="Your own model, trained by your own function")
def own_model_learns(
    student: Student, clean_room: Asks, rng: Rng, seed: int
) -> Iterator[Finding]:
    """Ten epochs on the digits; a given network, if A2.9 is not there yet."""
    train, val, test = digits("train"), digits("validation"), digits("test")
    model = _own_model(student, clean_room, seed)
    if model is None:
        model = given_model(student, rng, hidden=32)
    run_training(student, model, (train.x, train.y), (val.x, val.y), 10)
    artifact = Artifact(student, clean_room, model, of="`train`", seed=seed)
    yield _loss_is_right(artifact)
    judged = accuracy_is(
        artifact.trained(), test.x, test.y, OWN_ACCURACY, _summed(artifact)
    )
    for finding in judged:
        if finding.what and _model_is_too_weak(artifact):
            return  # A2.9 has said so; `train` is not to blame.
        yield finding


def _model_is_too_weak(artifact: Artifact) -> bool:
    """Whether the grader's own recipe cannot train this model either."""
    judged = learns(artifact.fresh(), digits("train"), digits("test"), DIGITS_ACCURACY)
    return any(finding.what for finding in judged)


def _own_model(student: Student, clean_room: Asks, seed: int) -> Any:
    """The student's model, if it is one that `train` can be expected to train."""
    try:
        artifact = build(student, clean_room, seed, (8, 8, 1))
        outputs = artifact.trained()(digits("validation").x[:32])
    except Verdict:
        return None
    if array(outputs, (32, 10), of="The model", kinds="f").what:
        return None
    return None if np.allclose(outputs.sum(axis=1), 1, atol=1e-3) else artifact.handle


def _summed(artifact: Artifact) -> str | None:
    """The misconception, where the loss adds up a batch instead of averaging it."""
    return "loss_summed" if str(artifact.loss.get("reduction")) == "sum" else None


def _loss_is_right(artifact: Artifact) -> Finding:
    """Where the model tells how it was compiled, the loss must expect logits."""
    name = str(artifact.loss.get("name", "")).lower().replace("_", "")
    plain = name in ("sparsecategoricalcrossentropy", "categoricalcrossentropy")
    if plain and artifact.loss.get("from_logits") is not True:
        return failed(
            "The loss takes the logits for probabilities.",
            misconception="logits_into_probability_loss",
        )
    return holds(True, "")


@check("A2.10", title="Feature maps are what the layer gives")
def maps_of_a_layer(student: Student, rng: Rng) -> Iterator[Finding]:
    """A given model with known kernels: its convolution, then its pooling."""
    kernels = rng.normal(size=(3, 2, 1, 3)).astype(np.float32)
    bias = rng.normal(size=3).astype(np.float32)
    x = rng.uniform(0, 1, (4, 8, 9, 1)).astype(np.float32)
    model = given_conv_model(student, (8, 9, 1), kernels, bias)
    edges = np.maximum(oracle.conv2d(x.astype(float), kernels, bias), 0)
    pooled = oracle.max_pool(edges, (2, 2), (2, 2))
    inputs = {"edges": x, "pooled": edges}
    for layer, want in [("edges", edges), ("pooled", pooled)]:
        yield close(
            student.feature_maps(model, x, layer),
            want,
            of="`feature_maps`",
            axes="N h w F",
            rtol=1e-3,
            atol=1e-4,
            shape_suspects=[
                ("feature_maps_layer_input", inputs[layer].shape),
                ("feature_maps_last_layer", (4, pooled[0].size)),
            ],
        )
