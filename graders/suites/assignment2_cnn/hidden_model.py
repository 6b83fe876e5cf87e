"""Hidden checks of A2.9: a model judged in the clean room, labels kept here."""

from collections.abc import Iterator
from functools import cache

import numpy as np

from graders.checks import Artifact, Asks, Gates, Recipe, Student, check, holds
from graders.checks import is_array as array
from graders.records import Finding
from graders.suites.assignment2_cnn.data import digits, prepare_checks, shifted_digits
from graders.suites.assignment2_cnn.fixtures import SMALL, build, own_cnn
from graders.suites.assignment2_cnn.measures import (
    RECIPE,
    SHIFTED_RECIPE,
    TRY_MORE,
    accuracy,
    learned,
)

__all__ = ["own_cnn", "prepare_checks"]

Rng = np.random.Generator


@check("A2.9", title="The model ends in logits")
def logits(own_cnn: Artifact, rng: Rng) -> Iterator[Finding]:
    """Neither rows that all add up to 1 nor values that all lie between 0 and 1."""
    x = rng.uniform(0, 1, (64, 8, 8, 1)).astype(np.float32)
    outputs = own_cnn.trained()(4 * x)
    yield array(outputs, (64, 10), of="The model", axes="B K", kinds="f")
    sums = outputs.astype(float).sum(axis=1)
    yield holds(
        not np.allclose(sums, 1, atol=1e-3),
        "The outputs of every image add up to 1: they are probabilities.",
        misconception="softmax_head",
    )
    yield holds(
        bool(outputs.min() < 0 or outputs.max() > 1),
        "All outputs lie between 0 and 1: they are no logits.",
        misconception="softmax_head",
    )


@check("A2.9", title="There is a non-linear activation between the layers")
def nonlinear(own_cnn: Artifact, rng: Rng) -> Iterator[Finding]:
    """By its layers; and superposition, f(x+y) - f(x) - f(y) + f(0) = 0, fails."""
    yield holds(
        own_cnn.has_activation,
        "No layer has an activation.",
        misconception="no_nonlinearity",
    )
    model = own_cnn.trained()
    x, y = rng.uniform(0, 1, (2, 16, 8, 8, 1)).astype(np.float32)
    parts = [model(batch, training=False) for batch in (x + y, x, y, 0 * x)]
    for part in parts:
        yield array(part, (16, 10), of="The model", axes="B K", kinds="f")
    both, first, second, zero = (part.astype(float) for part in parts)
    yield holds(
        float(np.abs(both - first - second + zero).max()) > 1e-4,
        "The model is a linear function of the image.",
        misconception="no_nonlinearity",
    )


@check("A2.9", title="The same image gives the same output")
def deterministic(own_cnn: Artifact, rng: Rng) -> Iterator[Finding]:
    """Two calls as a user would make them."""
    model = own_cnn.trained()
    x = rng.uniform(0, 1, (8, 8, 8, 1)).astype(np.float32)
    outputs = [model(x), model(x)]
    for output in outputs:
        yield array(output, (8, 10), of="The model", axes="B K", kinds="f")
    yield holds(
        np.allclose(outputs[0], outputs[1], atol=1e-6),
        "Two calls with the same images give different outputs.",
        misconception="dropout_at_inference",
    )


@check("A2.9", title="It can learn twenty images by heart")
def overfits_twenty(student: Student, clean_room: Asks, gates: Gates) -> Finding:
    """80 steps over the same 20 digits."""
    x, y = digits("train").x[:20], digits("train").y[:20]
    # One long epoch: 80 steps, each over the same 20 images.
    recipe = Recipe(epochs=1, learning_rate=5e-3, batch_size=20, shuffle=False)

    def measure(seed: int) -> float:
        model = build(student, clean_room, seed, SMALL).fresh()
        model.fit(np.tile(x, (80, 1, 1, 1)), np.tile(y, 80), recipe)
        return accuracy(model, x, y)

    return gates["by_heart"].decide(measure, fix=TRY_MORE)


@check("A2.9", title="It learns the digits")
def learns_digits(student: Student, clean_room: Asks, gates: Gates) -> Finding:
    """Eight epochs; judged on images that it was not trained on."""
    train, test = digits("train"), digits("test")

    def measure(seed: int) -> float:
        return learned(build(student, clean_room, seed, SMALL), train, test, RECIPE)

    return gates["digits"].decide(measure, fix=TRY_MORE)


@check("A2.9", title="It learns digits at any place")
def learns_shifted(
    student: Student, clean_room: Asks, seed: int, gates: Gates
) -> Iterator[Finding]:
    """A convolution is there, and the larger canvas is learned well beyond chance.

    The gate is low, for right models that learn slowly. That a dense network can get
    as far is what `has_convolution` is for.
    """
    train, test = shifted_digits("train"), shifted_digits("test")
    built = cache(lambda seed: build(student, clean_room, seed, (12, 12, 1)))
    yield holds(
        built(seed).has_convolution,
        "No layer of the model is a convolution.",
        misconception="dense_only",
    )
    yield gates["shifted_digits"].decide(
        lambda seed: learned(built(seed), train, test, SHIFTED_RECIPE), fix=TRY_MORE
    )
