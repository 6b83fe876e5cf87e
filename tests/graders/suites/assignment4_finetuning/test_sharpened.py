"""What mutants have shown to be missing: a new check sees it."""

import pytest

from graders.assignments import find_assignment
from graders.loading import load_assignment
from graders.validation.solutions import Role, Solution, reference_of
from graders.validation.trials import run_trial

ASSIGNMENT = load_assignment(find_assignment("assignment4"))
REFERENCE = reference_of(ASSIGNMENT)

FAULTS = [
    pytest.param(
        'initializer="he_uniform"',
        'initializer="ones"',
        "A4.6.lora_weights",
        id="the small matrix of LoRA starts with equal values",
    ),
    pytest.param(
        "keras.layers.Dense(bottleneck, activation=activation)",
        'keras.layers.Dense(bottleneck, activation, kernel_initializer="ones")',
        "A4.7.adapter_gradients",
        id="the way down of an adapter starts with equal values",
    ),
    pytest.param(
        "model.fit(x, y, batch_size=len(x), epochs=epochs, verbose=0)",
        "model.fit(x[y > 0], y[y > 0], batch_size=99, epochs=epochs, verbose=0)",
        "A4.5.all_of_the_data",
        id="one class is left out of the training",
    ),
    pytest.param(
        "permutation(len(x))",
        "permutation(len(x) - 1) + 1",
        "A4.9.all_can_be_drawn",
        id="the first image is never drawn",
    ),
    pytest.param(
        "keras.optimizers.Adam(lr)",
        "keras.optimizers.RMSprop(lr)",
        "A4.3.steps_like_adam",
        id="RMSprop instead of Adam",
    ),
]

OTHER_ADAMS = [
    "keras.optimizers.Adam(lr, beta_1=0.8, epsilon=1e-5, amsgrad=True, clipnorm=1.0)",
    "keras.optimizers.AdamW(lr, weight_decay=1e-4)",
]


def graded(text, task, sandbox):
    solution = Solution(
        name="edited.py", role=Role.CATALOGUE, source=text, tasks=(task,)
    )
    return run_trial(solution, 0, ASSIGNMENT, sandbox)


@pytest.mark.parametrize(("right", "wrong", "check"), FAULTS)
def test_a_fault_is_seen_by_the_check_that_is_about_it(right, wrong, check, sandbox):
    assert right in REFERENCE
    task = check.rpartition(".")[0]

    trial = graded(REFERENCE.replace(right, wrong), task, sandbox)

    assert check in [told.check for told in trial.lost]
    assert trial.broken == []


@pytest.mark.parametrize("optimizer", OTHER_ADAMS)
def test_adam_may_have_other_settings(optimizer, sandbox):
    text = REFERENCE.replace("keras.optimizers.Adam(lr)", optimizer)
    assert optimizer in text

    trial = graded(text, "A4.3", sandbox)

    assert trial.error == ""
    assert trial.lost == []
