"""Hidden checks of A4.6: LoRA."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from graders.checks import Student, check, close, holds
from graders.checks import is_array as array
from graders.records import Finding
from graders.suites.assignment4_finetuning import given, oracle, wrong
from graders.suites.assignment4_finetuning.fixtures import Rng, normal, use
from graders.suites.assignment4_finetuning.forms import (
    gradient_of,
    layer_of,
    shapes_of,
)

D, U, RANK, ALPHA = 7, 5, 2, 6.0
LORA = "`LoRADense`"
RTOL, ATOL = 1e-3, 1e-4


class Lora:
    """A LoRADense in the student's worker, and what it wraps."""

    def __init__(self, student: Student, rng: Rng, activation: str = "linear") -> None:
        self.student = student
        self.dense = [normal(rng, D, U), normal(rng, U)]
        self.update = [normal(rng, D, RANK), normal(rng, RANK, U)]
        self.inner = use(student, given.dense, *self.dense, activation)
        self.handle = layer_of(student.LoRADense(self.inner, RANK, ALPHA), LORA)

    def __call__(self, x: np.ndarray) -> Any:
        """What came back for a batch."""
        return self.student.apply(self.handle, x, of=LORA)

    def set_update(self) -> None:
        """Other values for A and B."""
        self.student.use(given.set_by_shape, self.handle, self.update, of=LORA)

    def linear(self, x: np.ndarray) -> np.ndarray:
        """What it must give after that, without an activation."""
        return oracle.lora(x, self.dense, self.update, ALPHA / RANK)

    def suspects(self, x: np.ndarray) -> wrong.Suspects:
        """Wrong answers instead of `linear`."""
        return wrong.lora(x, self.dense, self.update, ALPHA, RANK)

    def gradients(self, x: np.ndarray, cotangent: np.ndarray) -> list[np.ndarray]:
        """Of A and of B."""
        found = self.student.gradients(self.handle, x, cotangent, of=LORA)
        return [gradient_of(found, shape) for shape in [(D, RANK), (RANK, U)]]


def _then(
    act: Callable[[np.ndarray], np.ndarray], make: Callable[[], np.ndarray]
) -> Callable[[], np.ndarray]:
    """An activation, after something that is made when it is needed."""
    return lambda: act(make())


@check("A4.6", title="The update is scaled by alpha / rank")
def lora_formula(student: Student, rng: Rng) -> Iterator[Finding]:
    """Known A and B, batches with two and three axes, with and without ReLU."""
    for activation, shape in [("linear", (4, D)), ("relu", (2, 3, D))]:
        lora, x = Lora(student, rng, activation), normal(rng, *shape)
        lora(x)
        lora.set_update()
        want, act = lora.linear(x), oracle.relu if activation == "relu" else np.array
        suspects = [(name, _then(act, make)) for name, make in lora.suspects(x)]
        yield close(
            lora(x),
            act(want),
            of=LORA,
            axes="B U" if x.ndim == 2 else "B T U",
            suspects=[*suspects, ("lora_activation_lost", partial(np.copy, want))],
            fix="Compare with the formula, for a single row.",
            rtol=RTOL,
            atol=ATOL,
        )


@check("A4.6", title="A and B are all that is trained")
def lora_weights(student: Student, rng: Rng) -> Iterator[Finding]:
    """Shapes (D, r) and (r, U); a step of training leaves W and b as they are."""
    lora, x = Lora(student, rng), normal(rng, 8, D)
    lora(x)
    trainable = shapes_of(student.weights(lora.handle, of=LORA))
    frozen = {(D, U), (U,)} & set(trainable)
    yield holds(
        not frozen,
        "Kernel or bias of the wrapped layer is trainable.",
        misconception="lora_kernel_trained",
    )
    yield holds(
        trainable == [(RANK, U), (D, RANK)],
        f"{LORA} has other trainable weights than A (D, rank) and B (rank, U).",
        fix="Make one weight of each shape, in `__init__` or in `build`.",
    )
    starts = {w.value.shape: w.value for w in student.weights(lora.handle, of=LORA)}
    yield holds(
        bool(np.ptp(starts[(D, RANK)]) > 0),
        "A (D, rank) does not start with random values: all of them are the same.",
        fix="With equal columns, A and B never become more than an update of rank 1.",
    )
    student.use(given.learn, lora.handle, x, normal(rng, 8, U), 0.1, of=LORA)
    inner = [w.value for w in student.weights(lora.inner, of="The wrapped layer")]
    yield holds(
        len(inner) == 2
        and all(np.array_equal(a, b) for a, b in zip(inner, lora.dense, strict=True)),
        "A step of training changes the wrapped layer.",
        misconception="lora_kernel_trained",
    )


@check("A4.6", title="Learning can begin")
def lora_gradients(student: Student, rng: Rng) -> Iterator[Finding]:
    """At first B has a gradient and A none; after one step both have."""
    lora, x = Lora(student, rng), normal(rng, 8, D)
    lora(x)
    of_a, of_b = lora.gradients(x, normal(rng, 8, U))
    yield holds(
        bool(np.abs(of_b).max() > 0),
        "At the start B has no gradient, so nothing will ever be learned.",
        misconception="lora_both_zero",
    )
    yield holds(
        bool(np.abs(of_a).max() < 1e-6),
        "At the start A has a gradient, so B is not zero.",
        misconception="lora_both_random",
    )
    student.use(given.learn, lora.handle, x, normal(rng, 8, U), 0.1, of=LORA)
    of_a, _ = lora.gradients(x, normal(rng, 8, U))
    yield holds(
        bool(np.abs(of_a).max() > 0),
        "After a step of training A still has no gradient.",
        misconception="lora_both_zero",
    )


@check("A4.6", title="The merged layer computes the same, every time")
def merged_is_forward(student: Student, rng: Rng) -> Iterator[Finding]:
    """Merged twice; the layer and what it wraps stay as they were."""
    lora, x = Lora(student, rng, "relu"), normal(rng, 6, D)
    lora(x)
    lora.set_update()
    before = []
    for handle in (lora.handle, lora.inner):
        before.append(student.apply(handle, x, of=LORA))
        yield array(before[-1], (6, U), of=LORA, axes="B U", kinds="f")
    suspects = [
        ("merged_without_scale", _then(oracle.relu, make))
        for _, make in lora.suspects(x)
    ]
    twice = oracle.relu(oracle.lora(x, lora.dense, lora.update, 2 * ALPHA / RANK))
    for when in ("The merged layer", "The layer that is merged the second time"):
        merged = student.on(lora.handle, "LoRADense").merged()
        merged = layer_of(merged, "What `LoRADense.merged` returned")
        shapes = [w.value.shape for w in student.weights(merged, of=when)]
        yield holds(
            sorted(shapes) == [(U,), (D, U)],
            "The merged layer has other weights than a kernel (D, U) and a bias (U,).",
            fix="Return a `keras.layers.Dense` that has been built.",
        )
        yield close(
            student.apply(merged, x, of=when),
            oracle.relu(lora.linear(x)),
            of=when,
            axes="B U",
            suspects=[("lora_merged_twice", lambda: twice), *suspects],
            fix="Its kernel is W plus the scaled product of A and B.",
            rtol=RTOL,
            atol=ATOL,
        )
    after = [lora(x), student.apply(lora.inner, x, of="The wrapped layer")]
    for got, was in zip(after, before, strict=True):
        yield array(got, (6, U), of=LORA, axes="B U", kinds="f")
        yield holds(
            np.allclose(got, was, rtol=RTOL, atol=ATOL),
            "Merging has changed the layer that was merged.",
            misconception="lora_merged_twice",
        )
