"""Networks that the checks hand to students' functions, and how they are made.

None of them answers a task of this assignment: students may see them.
"""

import contextlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from graders.checks import Student, Verdict
from graders.records import Finding, Outcome
from graders.suites.assignment4_finetuning import given, oracle
from graders.suites.assignment4_finetuning.data import pretrained
from graders.wire import Opaque

Rng = np.random.Generator
UNITS = (7, 6, 5)
SMALL = (4, 3, 2)
NORMALIZATION = slice(2, 6)  # of a small base's weights
STATISTICS = slice(4, 6)  # the moving averages among them


@dataclass(frozen=True)
class Base:
    """A base in the student's worker, and what is known of it here.

    Args:
        handle: of the model.
        weights: in Keras' order.
        num_layers: of `base.layers`.
        normalization: index of batch normalization among them.
    """

    handle: Any
    weights: list[np.ndarray]
    num_layers: int
    normalization: int


@dataclass(frozen=True)
class Classifier:
    """A base with a given head, kernel (F, K) and bias (K,)."""

    base: Base
    handle: Any
    head: list[np.ndarray]

    def logits(self, x: np.ndarray) -> np.ndarray:
        """What a model with a small base must give."""
        features = oracle.small_features(self.base.weights, x)
        return features @ self.head[0].astype(float) + self.head[1]


def small_base(student: Student, rng: Rng) -> Base:
    """Three dense layers, batch normalization after the first; 5 features.

    All of tanh: six units of ReLU are sometimes all dead, and then nothing before them
    is moved by training, however right the student's function is.
    """
    layers = [
        _layer("InputLayer", batch_shape=[None, *SMALL], name="pixels"),
        _layer("Flatten", name="flat"),
        _layer("Dense", units=UNITS[0], activation="tanh", name="first"),
        _layer("BatchNormalization", name="norm"),
        _layer("Dense", units=UNITS[1], activation="tanh", name="second"),
        _layer("Dense", units=UNITS[2], activation="tanh", name="third"),
    ]
    return _base(student, layers, small_weights(rng))


def small_weights(rng: Rng) -> list[np.ndarray]:
    """Weights of a small base, in Keras' order."""
    sizes = [int(np.prod(SMALL)), *UNITS]
    dense = [
        _dense_weights(rng, n_in, n_out) for n_in, n_out in itertools.pairwise(sizes)
    ]
    statistics = [
        rng.uniform(0.5, 1.5, UNITS[0]),
        rng.normal(0, 0.5, UNITS[0]),
        rng.normal(0, 0.5, UNITS[0]),
        rng.uniform(0.2, 0.6, UNITS[0]),
    ]
    weights = [*dense[0], *statistics, *dense[1], *dense[2]]
    return [weight.astype(np.float32) for weight in weights]


def pretrained_base(student: Student) -> Base:
    """The network that the assignment is about, from images to 48 features."""
    return _base(student, pretrained().layers, pretrained().weights)


def classifier(
    student: Student, rng: Rng, base: Base, n_classes: int, scale: float = 1.0
) -> Classifier:
    """A given model of a base and a new head, whose kernel is scaled."""
    num_features = len(base.weights[-1])
    kernel, bias = _dense_weights(rng, num_features, n_classes)
    head = [(scale * kernel).astype(np.float32), 0 * bias.astype(np.float32)]
    model = use(student, given.with_head, base.handle, *head)
    return Classifier(base, model, head)


def small_images(rng: Rng, num_images: int) -> np.ndarray:
    """(N, 4, 3, 2), pixels in [0, 1]."""
    return rng.uniform(0, 1, (num_images, *SMALL)).astype(np.float32)


def normal(rng: Rng, *shape: int) -> np.ndarray:
    """Float32, with a standard deviation of 1."""
    return rng.normal(size=shape).astype(np.float32)


def use(student: Student, thing: Any, *args: Any) -> Any:
    """An object made by `given.py`; it stays in the student's worker."""
    answer = student.use(thing, *args, of="What is given")
    if isinstance(answer, Opaque):
        return answer
    raise Verdict(broken_worker())


def broken_worker() -> Finding:
    """For a file that has changed Keras or the worker."""
    return Finding(
        outcome=Outcome.FAILED,
        what="What is given to your function cannot be made: the file has changed"
        " Keras or the worker.",
        fix="Do not replace anything of Keras, and leave the process alone.",
    )


@contextlib.contextmanager
def stand_ins(student: Student, base: Base) -> Iterator[None]:
    """Inside, right functions answer for `set_mode` and `compile_for`."""
    filename = student.location("two_phase_fit").split(":")[0]
    by_mode = {
        "frozen": [False] * base.num_layers,
        "full": [index != base.normalization for index in range(base.num_layers)],
    }
    student.use(given.put_stand_ins, filename, by_mode, of="What is given")
    try:
        yield
    finally:
        with contextlib.suppress(Verdict):
            student.use(given.take_stand_ins_away, filename, of="What is given")


def _base(
    student: Student, layers: list[dict[str, Any]], weights: list[np.ndarray]
) -> Base:
    config = {
        "module": "keras",
        "class_name": "Sequential",
        "config": {"name": "base", "layers": layers},
    }
    question = {"ask": "rebuild", "config": config, "weights": weights, "seed": 0}
    answer = student.question(question, "The given base")
    if not isinstance(answer, Opaque):
        raise Verdict(broken_worker())
    kinds = [layer["class_name"] for layer in layers]
    return Base(answer, weights, len(layers), kinds.index("BatchNormalization"))


def _dense_weights(rng: Rng, n_in: int, n_out: int) -> list[np.ndarray]:
    scale = np.sqrt(2 / n_in)
    return [rng.normal(0, scale, (n_in, n_out)), rng.normal(0, 0.3, n_out)]


def _layer(kind: str, **config: Any) -> dict[str, Any]:
    return {"module": "keras.layers", "class_name": kind, "config": config}
