"""Calls drawn for the comparison of changed functions are valid, and wide enough."""

import numpy as np
import pytest

from graders.suites.assignment3_rnn import reference
from graders.suites.assignment3_rnn.valid_calls import CALLS
from graders.suites.assignment3_rnn.wheats import grown

NUM_CALLS = 60


def flat(answer):
    """All arrays and numbers of an answer, in order."""
    if isinstance(answer, list | tuple):
        return [part for one in answer for part in flat(one)]
    return [np.asarray(answer)]


@pytest.mark.parametrize("function", CALLS)
def test_right_solutions_agree_on_valid_calls(function):
    rng = np.random.default_rng(1)

    for _ in range(NUM_CALLS):
        args = CALLS[function](rng)
        ours, theirs = (
            flat(getattr(module, function)(*args)) for module in (reference, grown)
        )

        for one, other in zip(ours, theirs, strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("function", ["rnn_forward", "nll", "perplexity"])
def test_some_valid_calls_leave_the_mask_out(function):
    rng = np.random.default_rng(1)

    lengths = {len(CALLS[function](rng)) for _ in range(NUM_CALLS)}

    assert len(lengths) == 2
