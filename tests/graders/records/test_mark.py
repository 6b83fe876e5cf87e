import doctest
from dataclasses import FrozenInstanceError

import pytest

from graders.records import Lateness, mark


def test_the_examples_in_the_docstrings_are_true():
    result = doctest.testmod(mark)

    assert result.attempted > 0
    assert result.failed == 0


def test_what_was_decided_of_lateness_stays():
    with pytest.raises(FrozenInstanceError):
        Lateness().factor = 0.5
