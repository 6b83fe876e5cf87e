import enum
from collections import Counter, OrderedDict, namedtuple
from types import MappingProxyType

import numpy as np
import pytest

from graders.wire import Opaque
from graders.worker.plain import MAX_DEPTH, LiveObjects


class Colour(enum.StrEnum):
    RED = "red"


class Special(enum.IntEnum):
    PAD = 0


class Words(list):
    pass


class Loud(str):
    def __str__(self):
        raise RuntimeError("this is never called")


Point = namedtuple("Point", "x y")


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (None, None),
        (True, True),
        (3, 3),
        (2.5, 2.5),
        ("a", "a"),
        (b"a", b"a"),
        (np.bool_(True), True),
        (np.int32(3), 3),
        (np.float64(2.5), 2.5),
        (np.float32(2.5), 2.5),
        (np.str_("a"), "a"),
        (Colour.RED, "red"),
        (Special.PAD, 0),
        (Loud("a"), "a"),
        (Words(["a", Colour.RED]), ["a", "red"]),
        (Point(1, Special.PAD), (1, 0)),
        (Counter("aab"), {"a": 2, "b": 1}),
        (OrderedDict(b=1, a=2), {"b": 1, "a": 2}),
        (MappingProxyType({"a": 1}), {"a": 1}),
        ({Colour.RED: 1, np.str_("b"): 2}, {"red": 1, "b": 2}),
        ({np.int64(3): "a", Special.PAD: "b"}, {3: "a", 0: "b"}),
        (np.array([Colour.RED, None], object), ["red", None]),
    ],
)
def test_a_value_is_what_its_type_derives_from(value, plain):
    found = LiveObjects().to_plain(value)

    assert found == plain
    assert type(found) is type(plain)
    if isinstance(plain, dict):
        assert list(map(type, found)) == list(map(type, plain))
        assert list(found) == list(plain)


@pytest.mark.parametrize(
    "value",
    [
        2**63,
        object(),
        {(1, 2): "a key that is a pair"},
        {1.5: "a key that is no whole number"},
        {True: "a key that is a truth"},
        range(3),
    ],
)
def test_anything_else_stays_here_and_a_handle_goes(value):
    objects = LiveObjects()

    handle = objects.to_plain(value)

    assert isinstance(handle, Opaque)
    assert objects.find(handle) is value


def test_what_is_nested_too_deeply_stays_here():
    value: list = []
    for _ in range(MAX_DEPTH + 5):
        value = [value]

    found = LiveObjects().to_plain(value)

    for _ in range(MAX_DEPTH):
        (found,) = found
    assert isinstance(found, Opaque)


def test_an_array_that_holds_itself_comes_to_an_end():
    value = np.empty((), object)
    value[()] = value

    assert isinstance(LiveObjects().to_plain(value), Opaque)
