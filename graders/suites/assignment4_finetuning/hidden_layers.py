"""Hidden checks of A4.6 to A4.8: three layers that adapt a network."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from graders.checks import Student, check, close, failed, holds
from graders.checks import is_array as array
from graders.records import Finding
from graders.suites.assignment4_finetuning import given, oracle, wrong
from graders.suites.assignment4_finetuning.fixtures import Rng, use
from graders.suites.assignment4_finetuning.forms import (
    gradient_of,
    layer_of,
    shapes_of,
)

D, U, RANK, ALPHA = 7, 5, 2, 6.0
WIDTH, BOTTLENECK = 6, 4
LORA, ADAPTER, PROMPT = "`LoRADense`", "`Adapter`", "`SoftPrompt`"
EXACT = {"rtol": 1e-3, "atol": 1e-4}


def normal(rng: Rng, *shape: int) -> np.ndarray:
    """Float32, with a standard deviation of 1."""
    return rng.normal(size=shape).astype(np.float32)


# --- A4.6 -------------------------------------------------------------------


class Lora:
    """A LoRADense in the student's worker, and what it wraps."""

    def __init__(self, student: Student, rng: Rng, activation: str = "linear") -> None:
        self.student = student
        self.dense = [normal(rng, D, U), normal(rng, U)]
        self.update = [normal(rng, D, RANK), normal(rng, RANK, U)]
        self.inner = use(student, given.dense, *self.dense, activation)
        self.handle = layer_of(student.LoRADense(self.inner, RANK, ALPHA), LORA)

    def __call__(self, x: np.ndarray) -> Any:
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


@check("A4.6", title="The update is scaled by alpha / rank")
def lora_formula(student: Student, rng: Rng) -> Iterator[Finding]:
    """Known A and B, batches with two and three axes, with and without ReLU."""
    for activation, shape in [("linear", (4, D)), ("relu", (2, 3, D))]:
        lora, x = Lora(student, rng, activation), normal(rng, *shape)
        lora(x)
        lora.set_update()
        want, act = lora.linear(x), oracle.relu if activation == "relu" else np.array
        suspects = [
            (name, lambda make=make, act=act: act(make()))
            for name, make in lora.suspects(x)
        ]
        yield close(
            lora(x),
            act(want),
            of=LORA,
            axes="B U" if x.ndim == 2 else "B T U",
            suspects=[*suspects, ("lora_activation_lost", lambda want=want: want)],
            fix="Compare with the formula, for a single row.",
            **EXACT,
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
    want = oracle.relu(lora.linear(x))
    plain = oracle.relu(oracle.lora(x, lora.dense, lora.update, 0))
    suspects = [
        ("merged_without_scale", lambda make=make: oracle.relu(make()))
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
            want,
            of=when,
            axes="B U",
            suspects=[("lora_merged_twice", lambda: twice), *suspects],
            fix="Its kernel is W plus the scaled product of A and B.",
            **EXACT,
        )
    for handle, right in [(lora.handle, want), (lora.inner, plain)]:
        got = student.apply(handle, x, of=LORA)
        yield array(got, want.shape, of=LORA, kinds="f")
        yield holds(
            np.allclose(got, right, **EXACT),
            "Merging has changed the layer that was merged.",
            misconception="lora_merged_twice",
        )


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
            **EXACT,
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
            suspects=[("prompt_appended", lambda appended=appended: appended)],
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
        **EXACT,
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
    for shape, want, of in [
        ((3, 5), cotangent[:, :3].sum(axis=0), "The gradient of the prompt"),
        (x.shape, cotangent[:, 3:], "The gradient of the input"),
    ]:
        yield close(
            gradient_of(found, shape),
            want,
            of=of,
            fix="Put prompt and input side by side, unchanged.",
            **EXACT,
        )
