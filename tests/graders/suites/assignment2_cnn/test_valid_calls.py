"""The calls that mutants are compared on are right ones."""

import numpy as np
import pytest

from graders.suites.assignment2_cnn import oracle, reference
from graders.suites.assignment2_cnn.valid_calls import CALLS
from graders.wire import Generator

WITH_RIGHT_ANSWERS = ["output_size", "same_padding", "conv2d", "conv2d_backward"]


@pytest.mark.parametrize("name", WITH_RIGHT_ANSWERS)
def test_the_reference_answers_each_as_the_oracle_does(name):
    rng = np.random.default_rng(0)

    for _ in range(100):
        args = CALLS[name](rng)
        got, want = getattr(reference, name)(*args), getattr(oracle, name)(*args)
        if name != "conv2d_backward":
            got, want = [got], [want]
        for ours, right in zip(got, want, strict=True):
            np.testing.assert_array_equal(ours, right)


@pytest.mark.parametrize("name", sorted(set(CALLS) - set(WITH_RIGHT_ANSWERS)))
def test_the_reference_takes_the_others(name):
    rng = np.random.default_rng(0)

    for _ in range(10):
        args = [
            np.random.default_rng(arg.seed) if isinstance(arg, Generator) else arg
            for arg in CALLS[name](rng)
        ]
        assert getattr(reference, name)(*args) is not None
