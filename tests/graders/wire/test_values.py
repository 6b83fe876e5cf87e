import math
import struct
import tracemalloc
from typing import Any

import msgpack
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graders.errors import WireError
from graders.wire import MAX_DEPTH, MAX_ITEMS, Generator, Opaque, decode, encode
from graders.wire.values import DTYPES

ARRAY, TUPLE, OPAQUE, GENERATOR, TEXT_ARRAY = 1, 2, 3, 4, 5


def forged(code: int, body: Any) -> bytes:
    """An extension as a hostile worker could write it."""
    return msgpack.packb(msgpack.ExtType(code, msgpack.packb(body, use_bin_type=True)))


def refusal_of(data: bytes) -> str:
    with pytest.raises(WireError) as refused:
        decode(data)
    return refused.value.what


def nested(levels: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(levels):
        value = [value]
    return value


# --- round trips ------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        0,
        -1,
        2**64 - 1,
        -(2**63),
        1.5,
        float("inf"),
        "",
        "naïve — ☃",
        "a\x00b",
        b"",
        b"\x00\xff",
        [],
        [1, [2, [3]]],
        (),
        (1, (2,), [3]),
        {},
        {"shape": (2, 3), "inner": {1: (None, "x"), -5: []}},
        Opaque(7, "keras.Model"),
        [Opaque(0, ""), Generator(0)],
        Generator(2**63),
    ],
    ids=repr,
)
def test_a_plain_value_comes_back_equal_and_of_the_same_type(value):
    returned = decode(encode(value))

    assert returned == value
    assert type(returned) is type(value)


def test_nan_comes_back_as_nan():
    returned = decode(encode([float("nan"), np.array([np.nan, 1.0])]))

    assert math.isnan(returned[0])
    np.testing.assert_array_equal(returned[1], [np.nan, 1.0])


def test_tuples_stay_tuples_inside_dicts_and_lists():
    value = {"a": [(1, 2), [3, 4]], "b": ({"c": (5,)},)}

    returned = decode(encode(value))

    assert returned == value
    assert type(returned["a"][0]) is tuple
    assert type(returned["a"][1]) is list
    assert type(returned["b"][0]["c"]) is tuple


@pytest.mark.parametrize("dtype", sorted(DTYPES))
@pytest.mark.parametrize("shape", [(), (0,), (3, 0, 2), (2, 3), (1,) * 8], ids=str)
def test_arrays_of_every_dtype_and_form_come_back(dtype, shape):
    array = np.arange(math.prod(shape)).reshape(shape).astype(dtype)

    returned = decode(encode(array))

    assert returned.dtype == array.dtype
    assert returned.shape == shape
    np.testing.assert_array_equal(returned, array)


@pytest.mark.parametrize(
    "array",
    [
        np.array([["a", "bc"], ["", "déf"]]),
        np.array("one"),
        np.zeros((0, 2), "<U4"),
        np.array(["big", "end"], dtype=">U3"),
    ],
    ids=["two axes", "no axis", "empty", "big-endian"],
)
def test_arrays_of_text_come_back(array):
    returned = decode(encode(array))

    assert returned.dtype.kind == "U"
    assert returned.shape == array.shape
    np.testing.assert_array_equal(returned, array)


def test_big_endian_arrays_come_back_with_the_same_values():
    array = np.array([1, 2, 300], dtype=">i4")

    returned = decode(encode(array))

    assert returned.dtype == np.dtype("int32")
    np.testing.assert_array_equal(returned, [1, 2, 300])


@pytest.mark.parametrize(
    "array",
    [
        np.arange(24).reshape(4, 6)[::2, ::-3],
        np.arange(6.0).reshape(2, 3).T,
        np.broadcast_to(np.float32(3), (2, 2)),
    ],
    ids=["strided", "transposed", "broadcast"],
)
def test_arrays_that_are_not_contiguous_come_back_in_their_own_order(array):
    returned = decode(encode(array))

    np.testing.assert_array_equal(returned, array)
    assert returned.shape == array.shape


@pytest.mark.parametrize("array", [np.arange(3), np.array(["a"])], ids=["int", "text"])
def test_an_array_that_came_back_is_read_only(array):
    returned = decode(encode(array))

    with pytest.raises(ValueError, match="read-only"):
        returned[0] = returned[0]


def test_an_array_that_came_back_is_a_copy():
    array = np.arange(3)
    returned = decode(encode(array))

    array[0] = 9

    assert returned[0] == 0


# --- what may not be sent ---------------------------------------------------


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (np.array([None, 1], dtype=object), "an array of dtype object"),
        (np.array([1j]), "an array of dtype complex128"),
        (np.zeros(2, "datetime64[s]"), "an array of dtype datetime64[s]"),
        (np.zeros(2, [("a", "i4")]), "an array of dtype [('a', '<i4')]"),
        (np.zeros((1,) * 9), "an array of 9 dimensions"),
        (1j, "a value of type complex may not cross"),
        ({1, 2}, "a value of type set may not cross"),
        (np.float64(1), "a value of type float64 may not cross"),
        (np.ma.zeros(2), "a value of type MaskedArray may not cross"),
        (object(), "a value of type object may not cross"),
        ({1.5: 0}, "dict keys must be str or int"),
        ({True: 0}, "dict keys must be str or int"),
        ({(1,): 0}, "dict keys must be str or int"),
        (nested(MAX_DEPTH + 1), f"nested more than {MAX_DEPTH} deep"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_value_that_is_not_plain_is_refused(value, said):
    with pytest.raises(WireError) as refused:
        encode(value)

    assert refused.value.what == said
    assert refused.value.fix == "Return plain values: numbers, text, arrays."


def test_a_list_that_holds_itself_is_refused():
    value: list[Any] = []
    value.append(value)

    with pytest.raises(WireError, match="nested more than 24 deep"):
        encode(value)


@pytest.mark.parametrize("value", [2**64, -(2**63) - 1, {2**70: 1}], ids=str)
def test_an_int_beyond_64_bits_is_refused(value):
    with pytest.raises(WireError, match="the value cannot be packed"):
        encode(value)


def test_text_that_is_not_unicode_is_refused():
    with pytest.raises(WireError, match="the value cannot be packed"):
        encode("\ud800")


# --- what is not believed ---------------------------------------------------


def test_the_deepest_value_that_may_be_sent_comes_back():
    value = nested(MAX_DEPTH)

    assert decode(encode(value)) == value


def test_nesting_beyond_the_limit_is_refused():
    data = b"\x91" * (MAX_DEPTH + 1) + b"\xc0"

    assert refusal_of(data) == "nested more than 24 deep"


def test_very_deep_nesting_is_refused_and_does_not_crash():
    assert refusal_of(b"\x91" * 1_000_000) == "nested more than 24 deep"


def test_nesting_by_extensions_counts_as_nesting():
    data = msgpack.packb([])
    for _ in range(MAX_DEPTH + 1):
        data = msgpack.packb(msgpack.ExtType(TUPLE, b"\x91" + data))

    assert refusal_of(data) == "nested more than 24 deep"


def test_more_items_than_the_limit_are_refused():
    data = encode([0] * MAX_ITEMS)

    assert refusal_of(data) == "more than 200,000 items"


def test_items_are_counted_over_all_parts():
    data = encode([[0] * (MAX_ITEMS // 2), (0,) * (MAX_ITEMS // 2)])

    assert refusal_of(data) == "more than 200,000 items"


@pytest.mark.parametrize(
    "head", [b"\xdd\xff\xff\xff\xff", b"\xdf\xff\xff\xff\xff"], ids=["list", "dict"]
)
def test_an_announced_length_over_the_limit_is_refused(head):
    assert refusal_of(head) == "more than 200,000 items"


def test_few_bytes_that_announce_much_take_little_memory():
    announced = b"\xdd" + struct.pack(">I", MAX_ITEMS)
    data = announced * 10 + b"\xc0"

    tracemalloc.start()
    said = refusal_of(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert said.startswith("not a packed value")
    assert peak < 1_000_000


def test_many_empty_containers_are_refused_before_they_are_built():
    inner = b"\xdd" + struct.pack(">I", MAX_ITEMS) + b"\x80" * MAX_ITEMS

    tracemalloc.start()
    said = refusal_of(b"\x9f" + inner * 15)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert said == "more than 200,000 items"
    assert peak < 60_000_000


def test_a_caller_can_ask_for_tighter_limits():
    with pytest.raises(WireError, match="nested more than 2 deep"):
        decode(encode(nested(3)), max_depth=2)
    with pytest.raises(WireError, match="more than 3 items"):
        decode(encode([0, 0, 0]), max_items=3)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not a packed value (OutOfData)"),
        (b"\xc1", "not a packed value (FormatError)"),
        (encode([1, 2])[:-1], "not a packed value (OutOfData)"),
        (encode("text")[:-1], "not a packed value (OutOfData)"),
        (encode([1]) + b"\x00", "not a packed value (bytes are left over)"),
        (b"\xa2\xff\xff", "not a packed value (UnicodeDecodeError)"),
        (msgpack.packb({1.5: 0}), "a key of type float"),
        (msgpack.packb({None: 0}), "a key of type NoneType"),
        (msgpack.packb({True: 0}), "a key of type bool"),
        (msgpack.packb({b"x": 0}), "a key of type bytes"),
        (b"\x81\x90\x00", "a key of type list"),
        (b"\x81\x80\x00", "a key of type dict"),
        (msgpack.packb(msgpack.Timestamp(1)), "a value of type Timestamp"),
        (forged(99, []), "an unknown extension 99"),
        (forged(TUPLE, {}), "an unknown extension 2"),
        (forged(OPAQUE, ["1", "a"]), "an unknown extension 3"),
        (forged(OPAQUE, [1, "a", "b"]), "an unknown extension 3"),
        (forged(GENERATOR, -1), "an unknown extension 4"),
        (forged(GENERATOR, True), "an unknown extension 4"),
        (forged(ARRAY, 3), "a malformed array"),
        (forged(ARRAY, ["int8", [1]]), "a malformed array"),
        (forged(ARRAY, ["object", [1], b"12345678"]), "an array of unknown dtype"),
        (forged(ARRAY, ["O", [1], b"12345678"]), "an array of unknown dtype"),
        (forged(ARRAY, [["int8"], [1], b"1"]), "an array of unknown dtype"),
        (forged(ARRAY, ["int8", [1], "1"]), "an array of unknown dtype"),
        (
            forged(ARRAY, ["float64", [2], b"12345678"]),
            "an array whose size does not match its shape",
        ),
        (
            forged(ARRAY, ["int8", [-1], b""]),
            "an array with a malformed shape",
        ),
        (forged(ARRAY, ["int8", [True], b"1"]), "an array with a malformed shape"),
        (forged(ARRAY, ["int8", [1.0], b"1"]), "an array with a malformed shape"),
        (forged(ARRAY, ["int8", [1] * 9, b"1"]), "an array of too many dimensions"),
        (forged(ARRAY, ["int8", "1", b"1"]), "an array of too many dimensions"),
        (
            forged(ARRAY, ["int8", [0, 2**62, 2**62], b""]),
            "an array with a malformed shape",
        ),
        (
            forged(ARRAY, ["int8", [0, 2**64 - 1], b""]),
            "an array with a malformed shape",
        ),
        (forged(TEXT_ARRAY, [[1], [1]]), "a malformed string array"),
        (forged(TEXT_ARRAY, [[1], "a"]), "a malformed string array"),
        (
            forged(TEXT_ARRAY, [[2], ["a"]]),
            "a string array whose size does not match its shape",
        ),
        (
            forged(TEXT_ARRAY, [[0, 2**63], []]),
            "an array with a malformed shape",
        ),
        (
            forged(TEXT_ARRAY, [[20_000], ["a" * 9_000, *[""] * 19_999]]),
            "a string array whose size does not match its shape",
        ),
    ],
)
def test_bytes_that_encode_never_wrote_are_refused(data, said):
    assert refusal_of(data) == said


@given(st.binary(max_size=200))
@settings(max_examples=400, deadline=None, database=None)
def test_any_bytes_give_a_value_or_a_wire_error(data):
    try:
        value = decode(data)
    except WireError:
        return

    assert encode(decode(encode(value))) == encode(value)


@given(
    code=st.integers(0, 6),
    body=st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**63), 2**64 - 1)
        | st.floats()
        | st.text(max_size=5)
        | st.binary(max_size=16)
        | st.sampled_from(sorted(DTYPES)),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.text(max_size=3), inner, max_size=3)
        ),
        max_leaves=8,
    ),
)
@settings(max_examples=400, deadline=None, database=None)
def test_any_extension_gives_a_value_or_a_wire_error(code, body):
    try:
        value = decode(forged(code, body))
    except WireError:
        return

    assert type(value) in (tuple, np.ndarray, Opaque, Generator)


@given(
    value=st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**63), 2**63 - 1)
        | st.floats(allow_nan=False)
        | st.text(max_size=8)
        | st.binary(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.lists(inner, max_size=4).map(tuple)
            | st.dictionaries(
                st.text(max_size=4) | st.integers(0, 9), inner, max_size=4
            )
        ),
        max_leaves=20,
    ),
    cut=st.integers(0, 1000),
)
@settings(max_examples=200, deadline=None, database=None)
def test_values_come_back_and_a_part_of_their_bytes_is_refused(value, cut):
    data = encode(value)

    assert decode(data) == value
    with pytest.raises(WireError):
        decode(data[: cut % len(data)])
