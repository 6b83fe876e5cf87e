"""The wire is the one parser of hostile bytes in the grader: these are its worst."""

import contextlib
import os
import struct
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import msgpack
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graders.errors import WireError
from graders.wire import Generator, Opaque, decode, encode, read_frame
from graders.wire.frames import MAX_FRAME_BYTES

ARRAY, TUPLE, OPAQUE, GENERATOR, TEXT_ARRAY = 1, 2, 3, 4, 5
KIB, MIB = 1024, 1024 * 1024
# What Python needs for the objects of a value, per byte of it, and for itself.
FACTOR, BASE = 256, 256 * KIB

ANSWERS: list[Any] = [
    {"ending": "returned", "value": 3.5, "number": 2, "printed": "text", "changed": []},
    {
        "ending": "raised",
        "error": {"type": "E", "message": "m", "line": 3},
        "number": 1,
    },
    {"value": {"a": (1, [2, {"b": None}]), 7: b"bytes"}, "number": 2**63},
    {"value": np.arange(12, dtype="float32").reshape(3, 4), "warnings": ["w"] * 3},
    {"value": [np.zeros((2, 0, 3), "int8"), np.array([["a", "bc"]]), True]},
    {"value": [Opaque(1_000_001, "keras.Model"), Generator(4)]},
    [[[[[[(), {}, []]]]]]],
]

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats()
    | st.text(max_size=8)
    | st.binary(max_size=8)
    | st.builds(Opaque, st.integers(0, 2**63), st.text(max_size=4))
    | st.builds(Generator, st.integers(0, 2**63))
    | st.sampled_from([np.arange(6).reshape(2, 3), np.array(["a", ""]), np.zeros(())]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=4) | st.integers(0, 9), inner, max_size=4)
    ),
    max_leaves=16,
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A proper value of which some bytes were changed, cut, doubled or put in."""
    data = bytearray(encode(draw(st.sampled_from(ANSWERS) | plain)))
    for _ in range(draw(st.integers(1, 4))):
        if not data:
            break
        at = draw(st.integers(0, len(data) - 1))
        kind = draw(st.sampled_from(["flip", "set", "cut", "double", "insert"]))
        if kind == "flip":
            data[at] ^= 1 << draw(st.integers(0, 7))
        elif kind == "set":
            # The first bytes of every kind of value are likelier than others.
            data[at] = draw(st.integers(0x80, 0xFF) | st.integers(0, 0xFF))
        elif kind == "cut":
            del data[at : at + draw(st.integers(1, 8))]
        elif kind == "double":
            data[at:at] = data[at : at + draw(st.integers(1, 64))]
        else:
            data[at:at] = draw(st.binary(min_size=1, max_size=8))
    return bytes(data)


def decode_or_refuse(data: bytes) -> None:
    """Only a value that could have been sent comes out; only `WireError` is raised."""
    try:
        value = decode(data)
    except WireError:
        return
    with contextlib.suppress(WireError):  # It may be one level too deep to be sent.
        encode(value)


def peak_of(call: Callable[[], object]) -> int:
    """The most memory in bytes that a call has had at a time."""
    tracemalloc.start()
    try:
        with contextlib.suppress(WireError):
            call()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def extension(code: int, body: bytes) -> bytes:
    return msgpack.packb(msgpack.ExtType(code, body))


# --- any bytes --------------------------------------------------------------


@given(mutated())
@settings(max_examples=1500, deadline=None, database=None)
def test_a_value_with_wrong_bytes_is_read_or_refused(data):
    decode_or_refuse(data)


@given(st.binary(max_size=2000))
@settings(max_examples=500, deadline=None, database=None)
def test_any_bytes_are_read_or_refused(data):
    decode_or_refuse(data)


@given(mutated() | st.binary(max_size=300))
@settings(max_examples=300, deadline=None, database=None)
def test_any_bytes_take_memory_in_proportion_to_their_number(data):
    assert peak_of(lambda: decode(data)) < FACTOR * len(data) + BASE


@given(data=mutated(), items=st.integers(0, 20), depth=st.integers(0, 5))
@settings(max_examples=300, deadline=None, database=None)
def test_tighter_limits_refuse_and_never_change_a_value(data, items, depth):
    try:
        tight = decode(data, max_items=items, max_depth=depth)
    except WireError:
        return

    assert repr(tight) == repr(decode(data))


# --- bytes that announce more than they are ---------------------------------


def text_arrays(number: int) -> bytes:
    """Each a few KiB, of many short texts and one long one that sets their width."""
    body = msgpack.packb([[1000], ["a" * 16_000, *[""] * 999]])
    return b"\xdc" + struct.pack(">H", number) + extension(TEXT_ARRAY, body) * number


def test_arrays_of_text_are_bounded_all_together():
    # One alone may take 64 MiB; the same frame may not hold twenty of them.
    assert peak_of(lambda: decode(text_arrays(20))) < 300 * MIB


@pytest.mark.parametrize("wrapped", ["extensions", "tuples"])
def test_an_extension_in_an_extension_does_not_copy_its_bytes_each_time(wrapped):
    data = msgpack.packb(bytes(4 * MIB))
    for _ in range(20 if wrapped == "extensions" else 10):
        data = extension(TUPLE, data if wrapped == "extensions" else b"\x91" + data)

    assert peak_of(lambda: decode(data)) < 20 * len(data)


@pytest.mark.parametrize(
    "head",
    [
        b"\xc6\xff\xff\xff\xff",
        b"\xdb\xff\xff\xff\xff",
        b"\xc9\xff\xff\xff\xff\x01",
        b"\xdd\x00\x03\x00\x00",
        b"\xdf\x00\x03\x00\x00",
    ],
    ids=["bytes", "text", "extension", "list", "dict"],
)
def test_a_length_that_is_announced_takes_no_memory(head):
    assert peak_of(lambda: decode(head + b"x" * 100)) < BASE
    with pytest.raises(WireError):
        decode(head + b"x" * 100)


@pytest.mark.parametrize(
    ("one", "number"),
    [
        (b"\x90", 199_000),
        (b"\x80", 199_000),
        (extension(GENERATOR, b"\x01"), 90_000),
        (extension(ARRAY, msgpack.packb(["int8", [0], b""])), 20_000),
        (extension(TEXT_ARRAY, msgpack.packb([[0], []])), 30_000),
    ],
    ids=["lists", "dicts", "generators", "arrays", "arrays of text"],
)
def test_very_many_small_parts_take_memory_in_proportion(one, number):
    data = b"\xdd" + struct.pack(">I", number) + one * number

    assert peak_of(lambda: decode(data)) < 128 * len(data)


def test_the_same_key_twice_is_one_entry():
    assert decode(b"\x82\xa1k\x01\xa1k\x02") == {"k": 2}


# --- frames -----------------------------------------------------------------


@pytest.fixture
def stream() -> Iterator[Callable[[bytes], list[Any]]]:
    """Frames, and the refusal that ends them, of bytes on a pipe that is closed."""
    opened: list[int] = []

    def read(data: bytes) -> list[Any]:
        reader, writer = os.pipe()
        opened.append(reader)
        os.write(writer, data)
        os.close(writer)
        frames: list[Any] = []
        try:
            while (frame := read_frame(reader)) is not None:
                frames.append(frame)
        except WireError as error:
            frames.append(error)
        finally:
            os.close(opened.pop())
        return frames

    yield read
    assert not opened


@given(data=st.binary(max_size=400))
@settings(
    max_examples=300,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_stream_is_frames_and_then_an_end_or_a_refusal(stream, data):
    frames = stream(data)

    whole = [frame for frame in frames if isinstance(frame, bytes)]
    assert len(frames) - len(whole) <= 1
    assert sum(4 + len(frame) for frame in whole) <= len(data)


@given(bodies=st.lists(mutated(), max_size=4), cut=st.integers(0, 8))
@settings(
    max_examples=300,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_frames_come_one_by_one_up_to_where_the_stream_was_cut(stream, bodies, cut):
    data = b"".join(struct.pack(">I", len(body)) + body for body in bodies)
    kept = data[: len(data) - cut]

    frames = stream(kept)

    assert [frame for frame in frames if isinstance(frame, bytes)] == bodies[
        : len([frame for frame in frames if isinstance(frame, bytes)])
    ]
    assert all(
        frame.what == "the stream ended inside a frame"
        or frame.what.startswith("a frame of ")
        for frame in frames
        if isinstance(frame, WireError)
    )


def test_an_announced_frame_takes_no_memory_before_its_bytes_are_there(stream):
    announced = struct.pack(">I", MAX_FRAME_BYTES) + b"few"

    assert peak_of(lambda: stream(announced)) < 2 * MIB
