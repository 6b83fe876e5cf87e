"""Hidden checks of A4.7 and A4.8: an adapter and a soft prompt."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from graders.checks import Student, check, close, failed, holds
from graders.checks import is_array as array
from graders.records import Finding
from graders.suites.assignment4_finetuning import given, oracle, wrong
from graders.suites.assignment4_finetuning.fixtures import Rng, normal
from graders.suites.assignment4_finetuning.forms import (
    gradient_of,
    layer_of,
    shapes_of,
)

WIDTH, BOTTLENECK = 6, 4
ADAPTER, PROMPT = "`Adapter`", "`SoftPrompt`"
RTOL, ATOL = 1e-3, 1e-4


# --- A4.7 -------------------------------------------------------------------


class Adapting:
    """An Adapter in the student's worker, and weights for it."""

    def __init__(self, student: Student, rng: Rng, activation: str) -> None:
        self.student = student
        self.down = [normal(rng, WIDTH, BOTTLENECK), normal(rng, BOTTLENECK)]
        self.up = [normal(rng, BOTTLENECK, WIDTH), normal(rng, WIDTH)]
        adapter = student.Adapter(BOTTLENECK, activation)
        self.handle = layer_of(adapter, ADAPTER)

    def __call__(self, x: np.ndarray) -> Any:
        """What came back for a batch."""
        return self.student.apply(self.handle, x, of=ADAPTER)

    def has_weights(self) -> Finding:
        """Two kernels and two biases."""
        wanted = sorted(one.shape for one in [*self.down, *self.up])
        shapes = shapes_of(self.student.weights(self.handle, of=ADAPTER))
        return holds(
            shapes == wanted,
            f"{ADAPTER} has other trainable weights than two kernels, (D, bottleneck)"
            " and (bottleneck, D), and their biases.",
            fix="Use two dense layers, each with a bias.",
        )


@check("A4.7", title="The detour is down, activation, up, and is added")
def adapter_formula(student: Student, rng: Rng) -> Iterator[Finding]:
    """Known weights; tanh on two axes, ReLU on three."""
    functions: list[tuple[str, Callable[[Any], Any], tuple[int, ...]]] = [
        ("tanh", np.tanh, (5, WIDTH)),
        ("relu", oracle.relu, (2, 3, WIDTH)),
    ]
    for name, act, shape in functions:
        adapter, x = Adapting(student, rng, name), normal(rng, *shape)
        adapter(x)
        yield adapter.has_weights()
        new = [*adapter.down, *adapter.up]
        student.use(given.set_by_shape, adapter.handle, new, of=ADAPTER)
        yield close(
            adapter(x),
            oracle.adapter(x, adapter.down, adapter.up, act),
            of=ADAPTER,
            axes="B D" if x.ndim == 2 else "B T D",
            suspects=wrong.adapter(x, adapter.down, adapter.up, act),
            fix="The activation is between down and up, and x is added at the end.",
            rtol=RTOL,
            atol=ATOL,
        )


@check("A4.7", title="It starts as the identity, and can learn")
def adapter_gradients(student: Student, rng: Rng) -> Iterator[Finding]:
    """On three axes; the kernel of up has a gradient, that of down has none yet."""
    adapter, x = Adapting(student, rng, "tanh"), normal(rng, 3, 4, WIDTH)
    got = adapter(x)
    yield array(got, x.shape, of=ADAPTER, axes="B T D", kinds="f")
    detour = got - x
    residual_missing = bool(np.abs(got).max() < 1e-6)
    yield holds(
        bool(np.abs(detour).max() < 1e-5),
        "A new adapter changes its input.",
        misconception="adapter_without_residual"
        if residual_missing
        else "adapter_not_identity",
    )
    yield adapter.has_weights()
    found = student.gradients(adapter.handle, x, normal(rng, 3, 4, WIDTH), of=ADAPTER)
    up = gradient_of(found, (BOTTLENECK, WIDTH))
    yield holds(
        bool(np.abs(up).max() > 0),
        "At the start the kernel of up has no gradient, so it will never learn.",
        misconception="adapter_both_zero",
    )
    weights = student.weights(adapter.handle, of=ADAPTER)
    starts = {weight.value.shape: weight.value for weight in weights}
    yield holds(
        bool(np.ptp(starts[(WIDTH, BOTTLENECK)]) > 0),
        "The kernel of down does not start with random values: all are the same.",
        fix="Units that begin alike receive the same gradient and stay alike.",
    )


# --- A4.8 -------------------------------------------------------------------


def prompted(student: Student, rng: Rng, length: int, width: int) -> tuple[Any, Any]:
    """A SoftPrompt that has been called, and a prompt for it, not set yet."""
    layer = layer_of(student.SoftPrompt(length), PROMPT)
    student.apply(layer, normal(rng, 2, 4, width), of=PROMPT)
    return layer, normal(rng, length, width)


@check("A4.8", title="One prompt, the same for every sequence")
def prompt_is_shared(student: Student, rng: Rng) -> Iterator[Finding]:
    """Its shape is (P, D); batches of other sizes and lengths, a known prompt."""
    layer, prompt = prompted(student, rng, 3, 5)
    shapes = shapes_of(student.weights(layer, of=PROMPT))
    if shapes != [(3, 5)]:
        one_vector = shapes in ([(5,)], [(1, 5)], [(1, 1, 5)])
        yield failed(
            f"{PROMPT} has other trainable weights than one of shape (P, D).",
            fix="Make one weight, with a row for each place of the prompt.",
            misconception=_prompt_mistake(shapes, one_vector),
        )
        return
    student.use(given.set_by_shape, layer, [prompt], of=PROMPT)
    for shape in [(4, 2, 5), (1, 6, 5)]:
        x = normal(rng, *shape)
        want = np.concatenate([np.tile(prompt, (len(x), 1, 1)), x], axis=1)
        appended = np.concatenate([x, np.tile(prompt, (len(x), 1, 1))], axis=1)
        yield close(
            student.apply(layer, x, of=PROMPT),
            want,
            of=PROMPT,
            axes="B P+T D",
            suspects=[("prompt_appended", partial(np.copy, appended))],
            fix="Every sequence of the batch begins with the whole prompt.",
        )


def _prompt_mistake(shapes: list[tuple[int, ...]], one_vector: bool) -> str | None:
    if one_vector:
        return "prompt_of_one_vector"
    if not shapes:
        return "prompt_frozen"
    return "prompt_per_sequence" if shapes == [(2, 3, 5)] else None


@check("A4.8", title="The mask grows with the sequence")
def mask_is_extended(student: Student, rng: Rng) -> Iterator[Finding]:
    """True for the prompt, then the mask as it was; None stays None."""
    layer, prompt = prompted(student, rng, 3, 5)
    mask = rng.random((4, 6)) < 0.5
    of = "`SoftPrompt.compute_mask`"
    on = student.on(layer, "SoftPrompt")
    got = on.compute_mask(normal(rng, 4, 6, 5), mask)
    kept = isinstance(got, np.ndarray) and got.shape == mask.shape
    yield holds(
        isinstance(got, np.ndarray) and got.shape == (4, 9),
        f"{of} returned no mask of shape (B, P + T).",
        fix="Give the mask a place for each vector of the output.",
        misconception="mask_not_extended" if kept else None,
    )
    want = np.concatenate([np.ones((4, 3), bool), mask], axis=1)
    yield holds(
        np.array_equal(np.asarray(got, bool), want),
        f"{of} has wrong values.",
        misconception="mask_hides_prompt"
        if np.array_equal(np.asarray(got, bool)[:, 3:], mask)
        else None,
        fix="The prompt comes first, and the mask of the input follows unchanged.",
    )
    nothing = on.compute_mask(normal(rng, 4, 6, 5), None)
    yield holds(
        nothing is None,
        f"{of} makes a mask where there was none.",
        fix="Return None if mask is None.",
    )
    yield from _mask_is_used(student, rng, layer, prompt)


def _mask_is_used(
    student: Student, rng: Rng, layer: Any, prompt: np.ndarray
) -> Iterator[Finding]:
    """A mean after the layer leaves out padding and counts the prompt."""
    tokens = rng.integers(1, 9, (4, 6))
    tokens[0, 4:] = tokens[1, 1:] = tokens[2, 5:] = 0
    table = normal(rng, 9, 5)
    if shapes_of(student.weights(layer, of=PROMPT)) == [(3, 5)]:
        student.use(given.set_by_shape, layer, [prompt], of=PROMPT)
    there = (tokens > 0)[..., None]
    total = prompt.sum(axis=0) + (table[tokens] * there).sum(axis=1)
    yield close(
        student.use(given.masked_mean, layer, tokens, table, of="A masked mean"),
        total / (3 + there.sum(axis=1)),
        of="A masked mean after the layer",
        axes="B D",
        fix="Let the mask pass: `supports_masking` must be true, and `compute_mask`"
        " must be right.",
        rtol=RTOL,
        atol=ATOL,
    )


@check("A4.8", title="The gradient reaches the prompt")
def prompt_gradient(student: Student, rng: Rng) -> Iterator[Finding]:
    """That of the prompt is a sum over the batch, that of x is passed on."""
    layer, _ = prompted(student, rng, 3, 5)
    x, cotangent = normal(rng, 4, 6, 5), normal(rng, 4, 9, 5)
    found = student.gradients(layer, x, cotangent, of=PROMPT)
    yield holds(
        any(one is not None and one.shape == (3, 5) for one in found),
        "The prompt has no gradient.",
        fix="The prompt must be a trainable weight of shape (P, D).",
        misconception=None if len(found) > 1 else "prompt_frozen",
    )
    for shape, want, appended, of in [
        (
            (3, 5),
            cotangent[:, :3].sum(axis=0),
            cotangent[:, 6:].sum(axis=0),
            "The gradient of the prompt",
        ),
        (x.shape, cotangent[:, 3:], cotangent[:, :6], "The gradient of the input"),
    ]:
        yield close(
            gradient_of(found, shape),
            want,
            of=of,
            suspects=[("prompt_appended", partial(np.copy, appended))],
            fix="Put prompt and input side by side, unchanged.",
            rtol=RTOL,
            atol=ATOL,
        )
