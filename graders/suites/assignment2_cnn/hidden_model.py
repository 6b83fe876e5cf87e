"""Hidden checks of A2.9: a model judged in the clean room, labels kept here."""

from collections.abc import Iterator

import numpy as np

from graders.checks import Artifact, Asks, Recipe, Student, check, holds
from graders.checks import is_array as array
from graders.records import Finding
from graders.suites.assignment2_cnn.data import digits, shifted_digits
from graders.suites.assignment2_cnn.fixtures import build, own_cnn
from graders.suites.assignment2_cnn.forms import DIGITS_ACCURACY, accuracy_is, learns

__all__ = ["own_cnn"]

Rng = np.random.Generator
# Low, for right models that learn slowly: one came to 0.72, the wheats to over 0.80.
# That a dense network can get as far is what `has_convolution` is for.
SHIFTED_ACCURACY = 0.60
SHIFTED_RECIPE = Recipe(epochs=12, learning_rate=4e-3)


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
def overfits_twenty(student: Student, clean_room: Asks, seed: int) -> Iterator[Finding]:
    """80 steps over the same 20 digits."""
    split = digits("train")
    model = build(student, clean_room, seed, (8, 8, 1)).fresh()
    x, y = split.x[:20], split.y[:20]
    # One long epoch: 80 steps, each over the same 20 images.
    recipe = Recipe(epochs=1, learning_rate=5e-3, batch_size=20, shuffle=False)
    model.fit(np.tile(x, (80, 1, 1, 1)), np.tile(y, 80), recipe)
    yield from accuracy_is(model, x, y, 0.95)


@check("A2.9", title="It learns the digits")
def learns_digits(student: Student, clean_room: Asks, seed: int) -> Iterator[Finding]:
    """Eight epochs; judged on images that it was not trained on."""
    train, test = digits("train"), digits("test")
    model = build(student, clean_room, seed, (8, 8, 1)).fresh()
    yield from learns(model, train, test, DIGITS_ACCURACY)


@check("A2.9", title="It learns digits at any place")
def learns_shifted(student: Student, clean_room: Asks, seed: int) -> Iterator[Finding]:
    """A convolution is there, and the larger canvas is learned well beyond chance."""
    train, test = shifted_digits("train"), shifted_digits("test")
    artifact = build(student, clean_room, seed, (12, 12, 1))
    yield holds(
        artifact.has_convolution,
        "No layer of the model is a convolution.",
        misconception="dense_only",
    )
    model = artifact.fresh()
    yield from learns(model, train, test, SHIFTED_ACCURACY, SHIFTED_RECIPE)
