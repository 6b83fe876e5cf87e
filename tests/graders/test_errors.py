import copy
import pickle

import pytest

from graders import errors
from graders.errors import GradersError

KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, GradersError)
]


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_prints_where_it_is_what_it_is_and_what_to_do(kind):
    error = kind("no such file", "cnn.py:3", "Check the path.")

    text = str(error)

    assert text == "cnn.py:3: no such file\n  Check the path."


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_survives_being_copied_and_pickled(kind):
    error = kind("what", "where", "fix")

    copies = [copy.copy(error), pickle.loads(pickle.dumps(error))]

    for copied in copies:
        assert type(copied) is kind
        assert (copied.what, copied.where, copied.fix) == ("what", "where", "fix")


@pytest.mark.parametrize("kind", KINDS)
def test_no_part_of_an_error_may_be_left_out(kind):
    with pytest.raises(TypeError, match="missing 1 required positional argument"):
        kind("what", "where")


def test_every_error_of_the_grader_has_the_same_base():
    names = {kind.__name__ for kind in KINDS}

    assert names >= {"UsageError", "AssignmentError", "WorkerUnavailable", "WireError"}
