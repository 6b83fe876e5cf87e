"""What is measured of a model has one meaning, and a wrong form ends the check."""

import numpy as np
import pytest

from graders.checks import Verdict
from graders.suites.assignment2_cnn.measures import accuracy

IMAGES, LABELS = np.zeros((4, 8, 8, 1), np.float32), np.array([0, 1, 2, 3])


class Answers:
    """A model whose answers are given, for both ways in which it is called."""

    def __init__(self, at_inference, in_training):
        self._answers = {False: at_inference, True: in_training}

    def __call__(self, x, *, training):
        answers = self._answers[training]
        return np.eye(10)[answers] if isinstance(answers, list) else answers


@pytest.mark.parametrize(
    ("at_inference", "in_training", "share"),
    [
        ([0, 1, 2, 3], [9, 9, 9, 9], 1.0),
        ([0, 9, 9, 9], [0, 1, 2, 9], 0.75),
        ([0, 1, 9, 9], [0, 9, 9, 9], 0.5),
    ],
)
def test_the_better_of_both_ways_counts(at_inference, in_training, share):
    assert accuracy(Answers(at_inference, in_training), IMAGES, LABELS) == share


@pytest.mark.parametrize(
    "outputs",
    [None, np.zeros((3, 10)), np.zeros(4), np.zeros((4, 0)), np.full((4, 10), np.nan)],
    ids=["none", "a row less", "no classes", "empty", "nan"],
)
@pytest.mark.parametrize("training", [False, True])
def test_what_has_the_wrong_form_ends_the_check(outputs, training):
    answers = [[0, 1, 2, 3], outputs] if training else [outputs, [0, 1, 2, 3]]

    with pytest.raises(Verdict):
        accuracy(Answers(*answers), IMAGES, LABELS)
