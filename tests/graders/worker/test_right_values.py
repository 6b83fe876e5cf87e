import numpy as np
import pytest

from graders.worker.right_values import right_values


def namespace_of(source):
    namespace = {}
    exec(source, namespace)
    return namespace


DOUBLES = "def double(x, times=2):\n    return -1\ndef f(x):\n    return double(x)\n"


@pytest.mark.parametrize(
    ("asked", "row"),
    [
        (3, 3),
        (np.int64(3), 3),
        ("ab", "ab"),
        (("a", "b"), ("a", "b")),
        (["a", ["b"]], ("a", ("b",))),
        (np.arange(3.0), np.arange(3.0)),
        (np.arange(3, dtype=np.float32) / 7, np.arange(3) / 7),
        ({"a": 1}, {"a": 1}),
    ],
)
def test_equal_arguments_get_the_value_of_the_table(asked, row):
    namespace = namespace_of(DOUBLES)

    with right_values(namespace, {"double": [((row, 2), "right")]}):
        assert namespace["f"](asked) == "right"


@pytest.mark.parametrize(
    "asked", [4, "b", ("a",), np.arange(4.0), np.arange(3.0) + 0.1, None, [[]]]
)
def test_other_arguments_get_the_students_own_answer(asked):
    namespace = namespace_of(DOUBLES)
    rows = [((3, 2), 6), (("a", 2), 6), ((np.arange(3.0), 2), 6)]

    with right_values(namespace, {"double": rows}):
        assert namespace["f"](asked) == -1


def test_keywords_and_defaults_are_filled_in_before_the_table_is_read():
    namespace = namespace_of(DOUBLES)

    with right_values(namespace, {"double": [((3, 5), 15)]}):
        assert namespace["double"](x=3, times=5) == 15
        assert namespace["double"](times=5, x=3) == 15


def test_the_value_is_a_copy_that_may_be_changed():
    namespace = namespace_of(DOUBLES)
    value = (np.zeros(2), [np.zeros(2)])

    with right_values(namespace, {"double": [((3, 2), value)]}):
        first = namespace["f"](3)
        first[0][:] = 1
        first[1][0][:] = 1
        again = namespace["f"](3)

    assert not again[0].any()
    assert not again[1][0].any()


def test_afterwards_the_students_own_function_is_back():
    namespace = namespace_of(DOUBLES)
    own = namespace["double"]

    with right_values(namespace, {"double": [((3, 2), 6)], "missing": []}):
        assert namespace["double"] is not own

    assert namespace["double"] is own
    assert "missing" not in namespace
