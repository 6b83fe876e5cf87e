"""Hidden checks of A2.10: training, judged by the model that comes out of it."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from graders.checks import (
    Artifact,
    Asks,
    Gates,
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
from graders.suites.assignment2_cnn.data import digits, prepare_checks
from graders.suites.assignment2_cnn.fixtures import (
    SMALL,
    build,
    given_conv_model,
    given_model,
    handle,
    run_training,
)
from graders.suites.assignment2_cnn.forms import history_is_complete
from graders.suites.assignment2_cnn.given import loss_recorder, sequential_model
from graders.suites.assignment2_cnn.measures import (
    RECIPE,
    TRY_MORE,
    accuracy,
    learned,
    require,
)

__all__ = ["prepare_checks"]

Rng = np.random.Generator
NUM_EPOCHS = 8
NUM_OWN_EPOCHS = 10


@dataclass(frozen=True)
class Trained:
    """What one training of a given network came to.

    `counter`, `on_val` and `on_train` are its callbacks: the number of epochs, and the
    loss on the validation images and on those of the training after each of them.
    `numbers` are the labels of the ten digits in this training; the digit `unseen`
    occurs in the validation images only.
    """

    model: Artifact
    history: Any
    counter: Any
    on_val: Any
    on_train: Any
    numbers: np.ndarray
    unseen: int


@fixture
def given_trainings(
    student: Student, clean_room: Asks, seed: int
) -> Callable[[int], Trained]:
    """Trainings of a given network by their seed; the one of the grading is made."""
    trainings = cache(lambda seed: _train_given(student, clean_room, seed))
    trainings(seed)
    return trainings


def _train_given(student: Student, clean_room: Asks, seed: int) -> Trained:
    """A small dense network, and digits whose classes have other numbers."""
    train, val, rng = digits("train"), digits("validation"), _rng(seed)
    numbers, unseen = rng.permutation(10), int(rng.integers(10))
    seen = train.y != unseen
    given = given_model(student, rng, hidden=32)
    to_learn = (train.x[seen], numbers[train.y[seen]])
    to_measure = (val.x, numbers[val.y])
    of = "The given callback"
    counter = handle(student, {"ask": "epoch_counter"}, of)
    on_val, on_train = (
        student.use(loss_recorder, given, x, y, of=of)
        for x, y in (to_measure, to_learn)
    )
    callbacks = [counter, on_val, on_train]
    with student.seeded(seed):
        history = run_training(
            student, given, to_learn, to_measure, NUM_EPOCHS, callbacks
        )
    artifact = Artifact(student, clean_room, given, of="`train`", seed=seed)
    return Trained(artifact, history, counter, on_val, on_train, numbers, unseen)


def _rng(seed: int) -> Rng:
    return np.random.default_rng([seed, 210])


@check("A2.10", title="Any classifier that is given is trained")
def trains_given_model(
    student: Student, given_trainings: Callable[[int], Trained], seed: int, gates: Gates
) -> Iterator[Finding]:
    """Judged in the clean room, on digits that it was not trained on."""
    first, test = given_trainings(seed), digits("test")
    yield from history_is_complete(student, first.history, NUM_EPOCHS)
    yield _loss_is_right(first.model)

    def measure(seed: int) -> float:
        training = given_trainings(seed)
        seen = test.y != training.unseen
        labels = training.numbers[test.y[seen]]
        return accuracy(training.model.trained(), test.x[seen], labels)

    yield gates["given_network"].decide(
        measure, fix=TRY_MORE, misconception=_summed(first.model)
    )


@check(
    "A2.10",
    title="The losses are those of the images they are named after",
    needs=["trains_given_model"],
)
def validation_is_measured(
    student: Student, given_trainings: Callable[[int], Trained], seed: int
) -> Iterator[Finding]:
    """Compared with what callbacks measure at the end of each epoch."""
    training = given_trainings(seed)
    history = student.read(training.history, "history", of="The history")
    history = history if isinstance(history, dict) else {}
    loss, val_loss = (_numbers(history.get(name)) for name in ("loss", "val_loss"))
    on_val, on_train = (
        _numbers(student.read(recorder, "losses", of="Reading the callback"))
        for recorder in (training.on_val, training.on_train)
    )
    if len(on_val) != NUM_EPOCHS or len(on_train) != NUM_EPOCHS:
        return  # Another check is about the callbacks.
    learned_from = _alike(val_loss, on_train, factor=1.25)
    yield holds(
        _alike(val_loss, on_val, factor=1.25),
        "The history's 'val_loss' is not the loss on the validation images.",
        fix="Measure on `val` after each epoch: the mean cross-entropy of its images.",
        misconception="validation_from_training" if learned_from else None,
    )
    # The weights change during an epoch, most of all in the first one.
    yield holds(
        _alike(loss, on_train, factor=2),
        "The history's 'loss' is not the loss on the training images.",
        fix="Give the mean cross-entropy of all images of the epoch.",
    )


def _numbers(values: Any) -> np.ndarray:
    """A list of numbers as an array; an empty one, if it is something else."""
    rows = values if isinstance(values, list) else []
    right = all(type(n) in (int, float) and np.isfinite(n) and n > 0 for n in rows)
    return np.array(rows if right else [], float)


def _alike(told: np.ndarray, measured: np.ndarray, *, factor: float) -> bool:
    """Whether most losses differ by less than a factor.

    Means over batches of unequal size, and an average of weights, come near enough.
    """
    if told.shape != measured.shape:
        return False
    return bool(np.median(np.abs(np.log(told / measured))) < np.log(factor))


@check(
    "A2.10",
    title="Nothing is learned from the validation images",
    needs=["trains_given_model"],
)
def validation_is_not_learned(
    given_trainings: Callable[[int], Trained], gates: Gates
) -> Finding:
    """The digit that only they show is never the answer."""
    test = digits("test")

    def measure(seed: int) -> float:
        training = given_trainings(seed)
        x = test.x[test.y == training.unseen]
        outputs = training.model.trained()(x, training=False)
        require(array(outputs, (len(x), 10), of="The model", axes="B K", kinds="f"))
        answer = training.numbers[training.unseen]
        return float(np.mean(outputs.argmax(axis=1) == answer))

    return gates["unseen_digit"].decide(measure, misconception="validation_in_training")


@check("A2.10", title="The callbacks are told of every epoch")
def callbacks_are_used(
    student: Student, given_trainings: Callable[[int], Trained], seed: int
) -> Finding:
    """A callback that counts."""
    counter = given_trainings(seed).counter
    question = {"ask": "read", "of": counter, "name": "num_epochs"}
    counted = student.question(question, "Reading the callback")
    return holds(
        type(counted) is int and counted == NUM_EPOCHS,
        "The callbacks are not told of each epoch.",
        misconception="callbacks_ignored",
    )


@check("A2.10", title="Your own model, trained by your own function")
def own_model_learns(
    student: Student, clean_room: Asks, seed: int, gates: Gates
) -> Iterator[Finding]:
    """Ten epochs on the digits; a given network, if A2.9 is not there yet."""
    test = digits("test")
    trained = cache(lambda seed: _train_own(student, clean_room, seed))
    yield _loss_is_right(trained(seed))
    finding = gates["own_network"].decide(
        lambda seed: accuracy(trained(seed).trained(), test.x, test.y),
        fix=TRY_MORE,
        misconception=_summed(trained(seed)),
    )
    if finding.what and _model_is_too_weak(student, clean_room, gates):
        return  # A2.9 has said so; `train` is not to blame.
    yield finding


def _train_own(student: Student, clean_room: Asks, seed: int) -> Artifact:
    """The student's model, or a given one, trained by the student's `train`."""
    train, val = digits("train"), digits("validation")
    model = _model(student, clean_room, seed).handle
    with student.seeded(seed):
        run_training(student, model, (train.x, train.y), (val.x, val.y), NUM_OWN_EPOCHS)
    return Artifact(student, clean_room, model, of="`train`", seed=seed)


def _model_is_too_weak(student: Student, clean_room: Asks, gates: Gates) -> bool:
    """Whether the grader's own recipe cannot train this model either."""
    train, test = digits("train"), digits("test")
    finding = gates["digits"].decide(
        lambda seed: learned(_model(student, clean_room, seed), train, test, RECIPE)
    )
    return bool(finding.what)


def _model(student: Student, clean_room: Asks, seed: int) -> Artifact:
    """The student's model, if it is one that `train` can be expected to train."""
    try:
        artifact = build(student, clean_room, seed, SMALL)
        outputs = artifact.trained()(digits("validation").x[:32])
        require(array(outputs, (32, 10), of="The model", kinds="f"))
    except Verdict:
        outputs = None
    if outputs is not None and not np.allclose(outputs.sum(axis=1), 1, atol=1e-3):
        return artifact
    given = given_model(student, _rng(seed), hidden=32)
    return Artifact(student, clean_room, given, of="`train`", seed=seed)


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
    """A functional and a sequential model: their convolution, then their pooling."""
    kernels = rng.normal(size=(3, 2, 1, 3)).astype(np.float32)
    bias = rng.normal(size=3).astype(np.float32)
    x = rng.uniform(0, 1, (4, 8, 9, 1)).astype(np.float32)
    functional = given_conv_model(student, (8, 9, 1), kernels, bias)
    sequential = student.use(
        sequential_model, kernels, bias, 8, 9, of="The given model"
    )
    edges = np.maximum(oracle.conv2d(x.astype(float), kernels, bias), 0)
    pooled = oracle.max_pool(edges, (2, 2), (2, 2))
    inputs = {"edges": x, "pooled": edges}
    wanted = [("edges", edges), ("pooled", pooled)]
    for model, (layer, want) in itertools.product((functional, sequential), wanted):
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
