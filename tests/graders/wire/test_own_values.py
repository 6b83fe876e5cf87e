import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from graders.errors import WireError
from graders.wire import Generator, Opaque, decode, decode_own, encode

KINDS = ["bool", "int8", "uint64", "float16", "float32", "float64"]
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats()
    | st.text()
    | st.binary()
    | st.builds(Opaque, st.integers(0, 99), st.text())
    | st.builds(Generator, st.integers(0, 99))
    | st.sampled_from(KINDS).flatmap(lambda k: arrays.arrays(k, arrays.array_shapes()))
    | st.lists(st.text(), min_size=1).map(lambda rows: np.array(rows, dtype=np.str_)),
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(st.text() | st.integers(-9, 9), inner)
    ),
    max_leaves=12,
)


@given(plain)
def test_what_was_packed_here_is_read_as_the_careful_way_reads_it(value):
    packed = encode(value)

    own, careful = decode_own(packed), decode(packed)

    # Packed again, since arrays, and numbers that are none, do not compare.
    assert encode(own) == encode(careful) == packed
    assert repr(own) == repr(careful)


def test_arrays_cannot_be_written():
    array = decode_own(encode(np.arange(3.0)))

    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1


@pytest.mark.parametrize("data", [b"", b"\xc1", b"\x93\x01", encode(1) + b"\x00"])
def test_other_bytes_are_refused(data):
    with pytest.raises(WireError, match="not a packed value"):
        decode_own(data)
