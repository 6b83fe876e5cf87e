"""Hidden checks of A4.1 to A4.3: a head, modes and compiling, on small networks."""

from collections.abc import Iterator

import numpy as np

from graders.checks import Student, check, close, equal, failed, holds
from graders.records import Finding
from graders.suites.assignment4_finetuning import given, oracle, wrong
from graders.suites.assignment4_finetuning.fixtures import (
    NORMALIZATION,
    Base,
    Classifier,
    Rng,
    classifier,
    small_base,
    small_images,
    small_weights,
)
from graders.suites.assignment4_finetuning.forms import (
    arrays_of,
    flags_of,
    head_is_trainable,
    head_of,
    loss_is_right,
    model_of,
    optimizer_is,
)

# Indices of a small base's weights, the layer that is nearest to the head first.
DENSE = [(8, 9), (6, 7), (0, 1)]
PARTIAL = "The mode 'partial'"


# --- A4.1 -------------------------------------------------------------------


def _logits_are_right(student: Student, base: Base, x: np.ndarray) -> Iterator[Finding]:
    """The student's head on the features of a base, whatever its weights are."""
    model = model_of(student.attach_head(base.handle, 4), "`attach_head`")
    head = head_of(student, base, model, 4)
    features = oracle.small_features(base.weights, x)
    yield close(
        student.apply(model, x, of="The model of `attach_head`"),
        features @ head[0].astype(float) + head[1],
        of="The model of `attach_head`",
        axes="B K",
        rtol=1e-3,
        atol=1e-4,
        suspects=wrong.logits(base.weights, head, x),
        fix="Logits are the features, times a kernel, plus a bias.",
    )


@check("A4.1", title="The head works on the features of the base")
def features_reach_head(student: Student, rng: Rng) -> Iterator[Finding]:
    """Outputs are features times kernel plus bias, with the base as it came in."""
    base, x = small_base(student, rng), small_images(rng, 9)
    yield from _logits_are_right(student, base, x)


@check("A4.1", title="The base is part of the model, not a copy")
def base_is_shared(student: Student, rng: Rng) -> Iterator[Finding]:
    """New values for the base's weights are seen in the model."""
    base, x = small_base(student, rng), small_images(rng, 9)
    model = model_of(student.attach_head(base.handle, 4), "`attach_head`")
    head = head_of(student, base, model, 4)
    others = small_weights(rng)
    student.use(given.set_values, base.handle, others, of="The given base")
    features = oracle.small_features(others, x)
    yield close(
        student.apply(model, x, of="The model of `attach_head`"),
        features @ head[0].astype(float) + head[1],
        of="The model, after its base has got other weights,",
        axes="B K",
        rtol=1e-3,
        atol=1e-4,
        suspects=wrong.logits(others, head, x),
        fix="Call the base itself on the input of the new model.",
    )


@check("A4.1", title="The base runs as at inference")
def base_in_inference(student: Student, rng: Rng) -> Iterator[Finding]:
    """Called as a user would: no statistics of the batch, and no new averages."""
    base, x = small_base(student, rng), small_images(rng, 9)
    yield from _logits_are_right(student, base, x)
    after = arrays_of(student, base.handle, base.weights)
    yield holds(
        all(np.array_equal(a, b) for a, b in zip(after, base.weights, strict=True)),
        "A call of the model changes weights of the base.",
        misconception="base_in_training_mode",
    )


# --- A4.2 -------------------------------------------------------------------


@check("A4.2", title="Only numbers that can change are counted")
def count_numbers(student: Student, rng: Rng) -> Iterator[Finding]:
    """Any layers of a base trainable, normalization too; alone and in a model."""
    for _ in range(4):
        model = classifier(student, rng, small_base(student, rng), 3)
        by_layer = [bool(one) for one in rng.integers(0, 2, model.base.num_layers)]
        by_layer[3] = True  # Batch normalization has weights that are never trained.
        by_layer[rng.choice([2, 4, 5])] = False  # So not everything is trainable.
        sizes = [weight.size for weight in model.base.weights]
        owner = [2, 2, 3, 3, 3, 3, 4, 4, 5, 5]
        moving = [
            by_layer[layer] and index not in (4, 5) for index, layer in enumerate(owner)
        ]
        student.use(given.set_trainable, model.base.handle, by_layer, of="The base")
        in_base = sum(np.array(sizes)[moving])
        whole_layers = sum(np.array(sizes)[[by_layer[layer] for layer in owner]])
        for handle, head in [
            (model.base.handle, []),
            (model.handle, [one.size for one in model.head]),
        ]:
            suspects = {
                "count_of_everything": sum(sizes) + sum(head),
                "count_of_tensors": sum(moving) + len(head),
                "count_of_averages": whole_layers + sum(head),
            }
            yield equal(
                student.trainable_count(handle),
                int(in_base + sum(head)),
                of="`trainable_count`",
                suspects=suspects,
            )


@check("A4.2", title='"frozen" leaves the head, and training moves nothing else')
def frozen_exactly_head(student: Student, rng: Rng) -> Iterator[Finding]:
    """Two steps of training; weights of the base before and after."""
    model = classifier(student, rng, small_base(student, rng), 3)
    student.set_mode(model.handle, model.base.handle, "frozen")
    base, head = flags_of(student, model)
    yield head_is_trainable(head)
    yield holds(not any(base), 'In the mode "frozen" the base is trainable.')
    yield from _trains(student, model, rng, moved=[False] * len(base))


@check("A4.2", title='"partial" takes the layers that are nearest to the head')
def last_layers(student: Student, rng: Rng) -> Iterator[Finding]:
    """n_last is 1, 2 and 3; batch normalization is looked at elsewhere."""
    for n_last in (1, 2, 3):
        model = classifier(student, rng, small_base(student, rng), 3)
        student.set_mode(model.handle, model.base.handle, "partial", n_last)
        base, head = flags_of(student, model)
        yield head_is_trainable(head)
        got = [base[kernel] and base[bias] for kernel, bias in DENSE]
        want = [index < n_last for index in range(3)]
        if got != want:
            yield failed(
                f"{PARTIAL} has other trainable layers than the last ones.",
                fix="List the layers of the base that have weights, without batch"
                " normalization, and take as many as asked for from the end.",
                misconception=_wrong_layers(got, n_last),
            )


def _wrong_layers(got: list[bool], n_last: int) -> str | None:
    """The mistake that has this outcome."""
    if n_last < 3 and got == [index < n_last for index in range(3)][::-1]:
        return "wrong_end"
    if n_last == 3 and got == [True, True, False]:
        return "normalization_counted"
    return None


@check("A4.2", title="Batch normalization stays frozen, in every mode")
def normalization_stays(student: Student, rng: Rng) -> Iterator[Finding]:
    """Whether the trainable layers stand before or behind it; and in training."""
    for mode, n_last in [("partial", 2), ("partial", 3), ("full", 1)]:
        model = classifier(student, rng, small_base(student, rng), 3)
        student.set_mode(model.handle, model.base.handle, mode, n_last)
        base, _ = flags_of(student, model)
        yield holds(
            not any(base[NORMALIZATION]),
            f"In the mode {mode!r}, batch normalization is trainable.",
            misconception="normalization_unfrozen",
        )
        if mode == "full":
            moved = [index not in range(2, 6) for index in range(10)]
            yield from _trains(student, model, rng, moved)


@check("A4.2", title="Modes can be set one after the other")
def modes_in_any_order(student: Student, rng: Rng) -> Iterator[Finding]:
    """From every mode to every other one; nothing is left of the mode before."""
    model = classifier(student, rng, small_base(student, rng), 3)
    for mode in ("frozen", "full", "partial", "frozen", "partial", "full", "frozen"):
        student.set_mode(model.handle, model.base.handle, mode)
        base, head = flags_of(student, model)
        yield head_is_trainable(head)
        got = [base[index] for pair in DENSE for index in pair]
        want = {"frozen": 0, "partial": 2, "full": 6}[mode]
        yield holds(
            got == [index < want for index in range(6)],
            f"After another mode, {mode!r} has other trainable weights.",
            misconception=_wrong_layers([got[0], got[2], got[4]], 1)
            or "mode_before_remains",
        )
    yield from _trains(student, model, rng, moved=[False] * 10)


def _trains(
    student: Student, model: Classifier, rng: Rng, moved: list[bool]
) -> Iterator[Finding]:
    """After two steps the head has moved, and of the base what may."""
    of = "Training after `set_mode`"
    x, y = small_images(rng, 8), np.arange(8) % len(model.head[1])
    student.use(given.compile_with, model.handle, 0.01, of=of)
    student.use(given.train, model.handle, x, y, 2, of=of)
    after = arrays_of(student, model.base.handle, model.base.weights)
    got = [
        not np.array_equal(a, b) for a, b in zip(after, model.base.weights, strict=True)
    ]
    yield holds(got == moved, "Training moves other weights of the base.")


# --- A4.3 -------------------------------------------------------------------


@check("A4.3", title="The loss expects logits and averages over the batch")
def loss_expects_logits(student: Student, rng: Rng) -> Iterator[Finding]:
    """Its value for random images, against the mean cross-entropy."""
    model = classifier(student, rng, small_base(student, rng), 4)
    student.compile_for(model.handle, 0.01)
    x, y = small_images(rng, 12), rng.integers(0, 4, 12)
    want = oracle.cross_entropy(model.logits(x), y)
    yield loss_is_right(student, model, x, y, want)


@check("A4.3", title="Each call makes a new optimizer")
def optimizer_is_new(student: Student, rng: Rng) -> Iterator[Finding]:
    """Two learning rates, with a step of training between."""
    model = classifier(student, rng, small_base(student, rng), 3)
    x, y = small_images(rng, 6), np.arange(6) % 3
    for learning_rate in (0.003, 0.0007):
        student.compile_for(model.handle, learning_rate)
        yield from optimizer_is(student, model.handle, learning_rate)
        student.use(given.train, model.handle, x, y, 1, of="Training")


@check("A4.3", title="A step is one of Adam")
def steps_like_adam(student: Student, rng: Rng) -> Iterator[Finding]:
    """Adam's first step moves each weight by the learning rate (Kingma & Ba 2015)."""
    model = classifier(student, rng, small_base(student, rng), 3)
    x, y = small_images(rng, 6), np.arange(6) % 3
    student.compile_for(model.handle, 0.01)
    student.use(given.train, model.handle, x, y, 1, of="Training")
    before = model.base.weights
    after = arrays_of(student, model.base.handle, before)
    steps = np.concatenate(
        [np.abs(after[index] - before[index]).ravel() for index in (-1, -2)]
    )
    # A weight whose gradient is zero or tiny moves less.
    moved = steps[steps > 0]
    yield holds(
        moved.size > 0 and abs(float(np.median(moved)) - 0.01) <= 0.002,
        "The first step of training does not move weights by the learning rate, as"
        " Adam does.",
        misconception="other_optimizer",
    )


@check("A4.3", title="What is frozen when it is compiled does not move")
def compiled_again(student: Student, rng: Rng) -> Iterator[Finding]:
    """Trained as a whole, then with a frozen base, then as a whole again."""
    model = classifier(student, rng, small_base(student, rng), 3)
    x, y = small_images(rng, 6), np.arange(6) % 3
    before = model.base.weights
    for trainable in (True, False, True):
        by_layer = [trainable] * model.base.num_layers
        student.use(given.set_trainable, model.base.handle, by_layer, of="The base")
        student.compile_for(model.handle, 0.01)
        student.use(given.train, model.handle, x, y, 1, of="Training")
        after = arrays_of(student, model.base.handle, before)
        moved = not np.array_equal(after[-2], before[-2])
        yield holds(
            moved is trainable,
            "A layer that was frozen before `compile_for` still moves."
            if moved
            else "A layer that was made trainable before `compile_for` does not move.",
            misconception="not_recompiled",
        )
        before = after
