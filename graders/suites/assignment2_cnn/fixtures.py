"""Steps that several checks share, and the models they are given to work with.

The given models answer no task of this assignment: students may see them.
"""

import itertools
from dataclasses import replace
from typing import Any

import numpy as np

from graders.checks import Artifact, Asks, Student, fixture
from graders.checks.student import Verdict
from graders.records import Finding, Outcome
from graders.wire import Opaque

MAX_PARAMS = 20_000
SMALL = (8, 8, 1)
_NOTHING_LEFT = ("negative dimension", "zero or negative", "<= 0", "invalid shape")
_WRONG_RANK = ("rank (ndim)", "must have rank", "target.ndim", "incompatible shapes")


@fixture
def own_cnn(student: Student, clean_room: Asks, seed: int) -> Artifact:
    """The student's model for 8x8 images and ten classes, as built."""
    return build(student, clean_room, seed, SMALL)


def build(
    student: Student, clean_room: Asks, seed: int, shape: tuple[int, int, int]
) -> Artifact:
    """The student's model for images of a shape, exported; it must be small enough.

    Built anew for its seed.
    """
    try:
        with student.seeded(seed):
            model = student.build_cnn(shape, 10)
    except Verdict as verdict:
        raise Verdict(_explain_build(verdict)) from None
    artifact = Artifact(student, clean_room, model, of="`build_cnn`", seed=seed)
    if not artifact.built:
        raise Verdict(
            Finding(
                outcome=Outcome.FAILED,
                what=f"The model for images of shape {shape} has no weights yet.",
                fix="Start with keras.layers.Input(shape=input_shape), or call the"
                " model on a batch of zeros before you return it.",
            )
        )
    num_params = artifact.count_params()
    if num_params > MAX_PARAMS:
        raise Verdict(
            Finding(
                outcome=Outcome.FAILED,
                what=f"The model for images of shape {shape} has"
                f" {num_params:,} parameters; at most {MAX_PARAMS:,} are allowed.",
                misconception="dense_explosion",
            )
        )
    return artifact


def _explain_build(verdict: Verdict) -> Finding:
    """Names the mistake behind Keras' messages about sizes that become nothing."""
    text = verdict.error.lower()
    if any(sign in text for sign in _NOTHING_LEFT):
        return replace(verdict.finding, misconception="pooled_to_nothing")
    return verdict.finding


def given_model(
    student: Student,
    rng: np.random.Generator,
    *,
    shape: tuple[int, ...] = SMALL,
    hidden: int = 0,
    n_classes: int = 10,
) -> Any:
    """A handle to a small dense classifier with logits, in the student's worker."""
    num_inputs = int(np.prod(shape))
    layers = [_layer("InputLayer", batch_shape=[None, *shape], name="pixels")]
    layers.append(_layer("Flatten", name="flat"))
    sizes = [num_inputs, *([hidden] if hidden else []), n_classes]
    weights: list[np.ndarray] = []
    for index, (n_in, n_out) in enumerate(itertools.pairwise(sizes)):
        last = index == len(sizes) - 2
        activation = "linear" if last else "relu"
        name = f"dense_{index}"
        layers.append(_layer("Dense", units=n_out, activation=activation, name=name))
        scale = np.sqrt(2 / (n_in + n_out))
        weights.append(rng.normal(0, scale, (n_in, n_out)).astype(np.float32))
        weights.append(np.zeros(n_out, np.float32))
    return _rebuild(student, layers, weights)


def run_training(student: Student, *args: Any) -> Any:
    """The student's `train`; Keras' message about label shapes gets its name."""
    try:
        return student.train(*args)
    except Verdict as verdict:
        if any(sign in verdict.error.lower() for sign in _WRONG_RANK):
            finding = replace(verdict.finding, misconception="one_hot_with_sparse_loss")
            raise Verdict(finding, verdict.error) from None
        raise


def given_conv_model(
    student: Student, shape: tuple[int, ...], kernels: np.ndarray, bias: np.ndarray
) -> Any:
    """A handle to input → convolution "edges" (relu) → pooling "pooled" → "flat"."""
    kh, kw, _, filters = kernels.shape
    layers = [
        _layer("InputLayer", batch_shape=[None, *shape], name="pixels"),
        _layer(
            "Conv2D",
            filters=filters,
            kernel_size=[kh, kw],
            activation="relu",
            name="edges",
        ),
        _layer("MaxPooling2D", pool_size=[2, 2], strides=[2, 2], name="pooled"),
        _layer("Flatten", name="flat"),
    ]
    return _rebuild(student, layers, [kernels, bias])


def _layer(kind: str, **config: Any) -> dict[str, Any]:
    return {"module": "keras.layers", "class_name": kind, "config": config}


def _rebuild(
    student: Student, layers: list[dict[str, Any]], weights: list[np.ndarray]
) -> Any:
    config = {
        "module": "keras",
        "class_name": "Sequential",
        "config": {"name": "given", "layers": layers},
    }
    question = {"ask": "rebuild", "config": config, "weights": weights, "seed": 0}
    return handle(student, question, "The given model")


def handle(student: Student, question: dict[str, Any], of: str) -> Opaque:
    """An object that stays in the student's worker, where it may be passed on."""
    answer = student.question(question, of)
    if isinstance(answer, Opaque):
        return answer
    raise Verdict(
        Finding(
            outcome=Outcome.FAILED,
            what=f"{of} cannot be made: the file has changed Keras or the worker.",
            fix="Do not replace anything of Keras, and leave the process alone.",
        )
    )
