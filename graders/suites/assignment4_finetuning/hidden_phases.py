"""Hidden checks of A4.5: the pretrained network, trained in two phases."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from graders.checks import Gates, Student, check, close, fixture, holds
from graders.records import Finding
from graders.suites.assignment4_finetuning import oracle
from graders.suites.assignment4_finetuning.data import few_labels, prepare_checks
from graders.suites.assignment4_finetuning.fixtures import (
    Classifier,
    classifier,
    pretrained_base,
    small_base,
    small_images,
    stand_ins,
)
from graders.suites.assignment4_finetuning.forms import (
    accuracy_of,
    arrays_of,
    flags_of,
    histories_are_complete,
    losses_of,
    rate_and_steps,
)

LR_HEAD, LR_FULL, STEPS = 1e-2, 1e-4, (40, 10)
NORMALIZATION = range(4, 8)  # its weights, among those of the base
TINY_RATE = 1e-12
# Adam moves a weight by about the learning rate in each step.
FARTHEST = 5 * LR_FULL * STEPS[1]
__all__ = ["prepare_checks"]


@dataclass(frozen=True)
class Tuned:
    """What one call of `two_phase_fit` came to."""

    model: Classifier
    answer: Any
    after: list[np.ndarray]

    def moves(self) -> list[float]:
        """How far each weight of the base has moved, at most."""
        return [
            float(np.abs(new.astype(float) - old).max())
            for index, (new, old) in enumerate(
                zip(self.after, self.model.base.weights, strict=True)
            )
            if index not in NORMALIZATION
        ]


@fixture
def two_phases(student: Student, seed: int) -> Tuned:
    """40 labels for odd or even, with the grading's seed."""
    return tune(student, seed)


def tune(student: Student, seed: int) -> Tuned:
    """One fine-tuning, from the pretrained network on."""
    base = pretrained_base(student)
    # A small head: a large one that is wrong takes more steps than there are here.
    model = classifier(student, np.random.default_rng(seed), base, 2, scale=0.1)
    shown, _ = few_labels(seed)
    with stand_ins(student, base), student.seeded(seed):
        answer = student.two_phase_fit(
            model.handle, base.handle, (shown.x, shown.y), LR_HEAD, LR_FULL, STEPS
        )
    return Tuned(model, answer, arrays_of(student, base.handle, base.weights))


@check("A4.5", title="The histories tell every step, and the loss falls")
def every_step(student: Student, two_phases: Tuned) -> Iterator[Finding]:
    """One loss per step; at the end of phase 1 it is lower than at its start."""
    yield from histories_are_complete(student, two_phases.answer, STEPS)
    losses = losses_of(student, two_phases.answer["head"], "head")
    yield holds(
        len(losses) > 1 and losses[-1] < losses[0],
        "In phase 1 the loss does not fall.",
        fix="The head has to be trainable, with the learning rate lr_head.",
    )


@check("A4.5", title="A step uses all of the data, as it is")
def all_of_the_data(student: Student, rng: np.random.Generator) -> Iterator[Finding]:
    """With rates that move nothing, every loss is that of the untouched network."""
    base = small_base(student, rng)
    model = classifier(student, rng, base, 3)
    x, y = small_images(rng, 9), rng.permutation(np.arange(9) % 3)
    with stand_ins(student, base):
        answer = student.two_phase_fit(
            model.handle, base.handle, (x, y), TINY_RATE, TINY_RATE, (2, 2)
        )
    yield from histories_are_complete(student, answer, (2, 2))
    for name in ("head", "full"):
        yield close(
            np.array(losses_of(student, answer[name], name)),
            np.full(2, oracle.cross_entropy(model.logits(x), y)),
            of=f"The loss of the phase {name!r}, with a network that does not move,",
            axes="step",
            rtol=1e-3,
            fix="Train in both phases on all images, each with its own label.",
        )


@check("A4.5", title="The base moves gently")
def base_moves_little(student: Student, two_phases: Tuned) -> Iterator[Finding]:
    """No weight of the base has gone farther than phase 2 with lr_full can take it."""
    of = "The model of `two_phase_fit`"
    last, _ = rate_and_steps(student, two_phases.model.handle, of)
    one_rate = abs(last - LR_HEAD) < 1e-3
    yield holds(
        max(two_phases.moves()) <= FARTHEST,
        "Weights of the base have moved much farther than lr_full allows.",
        misconception="one_learning_rate" if one_rate else "base_moves_in_phase_one",
    )


@check("A4.5", title="In phase 2 everything moves")
def second_phase_moves_base(student: Student, two_phases: Tuned) -> Iterator[Finding]:
    """Every trainable weight of the base; afterwards the mode is "full"."""
    yield holds(
        min(two_phases.moves()) > 0,
        "Weights of the base are the same as before.",
        misconception="second_phase_not_compiled",
    )
    base, head = flags_of(student, two_phases.model)
    yield holds(
        all(flag for index, flag in enumerate(base) if index not in NORMALIZATION)
        and all(head),
        'Afterwards the model is not in the mode "full".',
        misconception="phases_swapped",
    )


@check("A4.5", title="Batch normalization stays as the pretraining left it")
def statistics_stay(two_phases: Tuned) -> Finding:
    """Its moving averages, its scale and its shift, in both phases."""
    before = two_phases.model.base.weights
    return holds(
        all(
            np.array_equal(two_phases.after[index], before[index])
            for index in NORMALIZATION
        ),
        "Weights of batch normalization have moved.",
        misconception="statistics_drift",
    )


@check("A4.5", title="The new task is learned")
def tuned_accuracy(
    student: Student, two_phases: Tuned, gates: Gates, seed: int
) -> Finding:
    """Odd or even; judged on the digits that were not shown."""

    def measure(own_seed: int) -> float:
        tuned = two_phases if own_seed == seed else tune(student, own_seed)
        _, held_out = few_labels(own_seed)
        return accuracy_of(student, tuned.model.handle, held_out.x, held_out.y)

    return gates["tuned_accuracy"].decide(
        measure,
        fix="Train the head first, with a frozen base; then everything, with a small"
        " learning rate.",
    )
