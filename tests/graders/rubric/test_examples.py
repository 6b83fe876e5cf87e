import doctest

import pytest

from graders.rubric import late_days, policy, rounding


@pytest.mark.parametrize(
    "module", [late_days, policy, rounding], ids=lambda m: m.__name__
)
def test_the_examples_in_the_docstrings_are_true(module):
    result = doctest.testmod(module)

    assert result.attempted > 0
    assert result.failed == 0
