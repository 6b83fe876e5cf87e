"""Plain values as bytes, and back.

None, bool, int (64 bits), float, str, bytes, list, tuple, dict with str or int
keys, numeric, boolean and string arrays, `Opaque` handles and `Generator` seeds.
MessagePack carries them; arrays are a dtype from a closed list, a shape and raw
bytes. Nothing here can name a class or run code.
"""

import math
from dataclasses import dataclass
from typing import Any

import msgpack
import numpy as np

from graders.errors import WireError

MAX_DEPTH = 24
MAX_ITEMS = 200_000
MAX_DIMENSIONS = 8
DTYPES = frozenset(
    {
        *("bool", "int8", "int16", "int32", "int64"),
        *("uint8", "uint16", "uint32", "uint64"),
        *("float16", "float32", "float64"),
    }
)
# The first bytes of MessagePack's lists and dicts.
_LIST_BYTES = frozenset({*range(0x90, 0xA0), 0xDC, 0xDD})
_DICT_BYTES = frozenset({*range(0x80, 0x90), 0xDE, 0xDF})
_SCALARS = frozenset({type(None), bool, int, float, str, bytes})
_KEYS = frozenset({str, int})
_ARRAY, _TUPLE, _OPAQUE, _GENERATOR, _TEXT_ARRAY = 1, 2, 3, 4, 5
_MAX_BYTES = 64 * 1024 * 1024
# An extension's bytes are copied once for each level it lies in.
_MAX_COPIES, _FEW_BYTES = 8, 1024 * 1024


@dataclass(frozen=True, slots=True)
class Opaque:
    """A thing that stays on the worker's side; only its number and type cross.

    Args:
        handle: the worker's number for it.
        type_name: what it says it is, for example `keras.Sequential`.
    """

    handle: int
    type_name: str


@dataclass(frozen=True, slots=True)
class Generator:
    """Stands for `numpy.random.default_rng(seed)`, made where it is used."""

    seed: int


def encode(value: Any) -> bytes:
    """Packs a plain value.

    Raises:
        WireError: if a part of it is not plain, or it is too deep or too large.

    >>> decode(encode({"shape": (2, 3), "ok": True}))
    {'shape': (2, 3), 'ok': True}
    """
    try:
        packed = msgpack.packb(_to_plain(value, 0), use_bin_type=True)
    except (OverflowError, ValueError, TypeError, RecursionError) as error:
        raise _refused(f"the value cannot be packed: {error}") from error
    assert isinstance(packed, bytes)
    return packed


def decode(
    data: bytes, *, max_depth: int = MAX_DEPTH, max_items: int = MAX_ITEMS
) -> Any:
    """Unpacks what `encode` packed; any other bytes are refused.

    Arrays come back as read-only copies.

    Args:
        data: bytes of any origin.
        max_depth: levels of nesting.
        max_items: parts of the value, those of containers included.

    Raises:
        WireError: if the bytes are not such a value, or too deep or too large.
    """
    return _Decoder(len(data), max_depth, max_items).unpack(data, 0)


def decode_own(data: bytes) -> Any:
    """The same for bytes that `encode` has packed on this side, several times as fast.

    They hold what was looked at when it came in, so nothing is counted here.

    Raises:
        WireError: if the bytes are not such a value.
    """
    try:
        return msgpack.unpackb(
            data, raw=False, strict_map_key=False, ext_hook=_own_extension
        )
    except WireError:
        raise
    except Exception as error:
        raise _refused(f"not a packed value ({type(error).__name__})") from error


def _own_extension(code: int, data: bytes) -> Any:
    body = decode_own(data)
    if code == _TEXT_ARRAY:
        return _text_array(body, _MAX_BYTES)
    return _extended(code, body)


class _Decoder:
    """One decoding: counts items and bytes over all nested parts.

    It reads item by item and builds no container before its items are there, so a
    few bytes that announce very much cost very little.
    """

    def __init__(self, num_bytes: int, max_depth: int, max_items: int) -> None:
        self._max_depth, self._max_items = max_depth, max_items
        self._items = 0
        self._copies_left = _MAX_COPIES * max(num_bytes, _FEW_BYTES)
        self._text_left = _MAX_BYTES

    def unpack(self, data: bytes, depth: int) -> Any:
        self._copies_left -= len(data)
        if self._copies_left < 0:
            raise _refused("too many bytes inside one another")
        unpacker = msgpack.Unpacker(
            raw=False, ext_hook=msgpack.ExtType, max_buffer_size=max(len(data), 1)
        )
        unpacker.feed(data)
        try:
            value = self._item(unpacker, data, depth)
        except WireError:
            raise
        except Exception as error:
            raise _refused(f"not a packed value ({type(error).__name__})") from error
        if unpacker.tell() != len(data):
            raise _refused("not a packed value (bytes are left over)")
        return value

    def _item(self, unpacker: Any, data: bytes, depth: int) -> Any:
        self._items += 1
        if self._items > self._max_items:
            raise _refused(f"more than {self._max_items:,} items")
        if depth > self._max_depth:
            raise _refused(f"nested more than {self._max_depth} deep")
        first = data[unpacker.tell()] if unpacker.tell() < len(data) else 0
        if first in _LIST_BYTES:
            length = self._length(unpacker.read_array_header())
            return [self._item(unpacker, data, depth + 1) for _ in range(length)]
        if first in _DICT_BYTES:
            length = self._length(unpacker.read_map_header())
            return dict(self._pair(unpacker, data, depth) for _ in range(length))
        value = unpacker.unpack()
        if isinstance(value, msgpack.ExtType):
            return self._extension(value.code, value.data, depth)
        if value is None or type(value) in (bool, int, float, str, bytes):
            return value
        raise _refused(f"a value of type {type(value).__name__}")

    def _length(self, announced: int) -> int:
        if announced > self._max_items:
            raise _refused(f"more than {self._max_items:,} items")
        return announced

    def _pair(self, unpacker: Any, data: bytes, depth: int) -> tuple[Any, Any]:
        key = self._item(unpacker, data, depth + 1)
        if type(key) not in (str, int):
            raise _refused(f"a key of type {type(key).__name__}")
        return key, self._item(unpacker, data, depth + 1)

    def _extension(self, code: int, data: bytes, depth: int) -> Any:
        body = self.unpack(data, depth + 1)
        if code == _TEXT_ARRAY:
            array = _text_array(body, self._text_left)
            self._text_left -= array.nbytes
            return array
        return _extended(code, body)


def _extended(code: int, body: Any) -> Any:
    """What an extension stands for, but for an array of strings."""
    if code == _TUPLE and isinstance(body, list):
        return tuple(body)
    if code == _ARRAY:
        return _array(body)
    if code == _OPAQUE and _is_pair(body, int, str):
        return Opaque(body[0], body[1])
    if code == _GENERATOR and type(body) is int and body >= 0:
        return Generator(body)
    raise _refused(f"an unknown extension {code}")


def _to_plain(value: Any, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise _refused(f"nested more than {MAX_DEPTH} deep")
    kind = type(value)
    if kind in _SCALARS:
        return value
    if kind is list:
        return _plain_items(value, depth)
    if kind is dict:
        if not _KEYS.issuperset(map(type, value)):
            raise _refused("dict keys must be str or int")
        return dict(zip(value, _plain_items(list(value.values()), depth), strict=True))
    if kind is tuple:
        return _extension(_TUPLE, _plain_items(list(value), depth))
    if kind is np.ndarray:
        return _packed_array(value)
    if kind is Opaque:
        return _extension(_OPAQUE, [value.handle, value.type_name])
    if kind is Generator:
        return _extension(_GENERATOR, value.seed)
    raise _refused(f"a value of type {kind.__name__} may not cross")


def _plain_items(items: list[Any], depth: int) -> list[Any]:
    if depth < MAX_DEPTH and _SCALARS.issuperset(map(type, items)):
        return items  # As most are; so nothing is copied.
    return [_to_plain(item, depth + 1) for item in items]


def _packed_array(array: np.ndarray) -> msgpack.ExtType:
    if array.ndim > MAX_DIMENSIONS:
        raise _refused(f"an array of {array.ndim} dimensions")
    if array.dtype.kind == "U":
        return _extension(_TEXT_ARRAY, [list(array.shape), array.ravel().tolist()])
    if array.dtype.name not in DTYPES:
        raise _refused(f"an array of dtype {array.dtype}")
    little_endian = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
    return _extension(
        _ARRAY, [array.dtype.name, list(array.shape), little_endian.tobytes()]
    )


def _extension(code: int, body: Any) -> msgpack.ExtType:
    return msgpack.ExtType(code, msgpack.packb(body, use_bin_type=True))


def _array(body: Any) -> np.ndarray:
    if not (isinstance(body, list) and len(body) == 3):
        raise _refused("a malformed array")
    name, shape, raw = body
    if type(name) is not str or name not in DTYPES or type(raw) is not bytes:
        raise _refused("an array of unknown dtype")
    dtype = np.dtype(name)
    if _num_elements(shape) * dtype.itemsize != len(raw):
        raise _refused("an array whose size does not match its shape")
    flat = np.frombuffer(raw, dtype.newbyteorder("<")).astype(dtype)
    return _read_only(flat, shape)


def _text_array(body: Any, max_bytes: int) -> np.ndarray:
    if not _is_pair(body, list, list) or any(type(item) is not str for item in body[1]):
        raise _refused("a malformed string array")
    shape, items = body
    longest = max(map(len, items), default=1)
    if _num_elements(shape) != len(items) or longest * len(items) * 4 > max_bytes:
        raise _refused("a string array whose size does not match its shape")
    return _read_only(np.array(items, dtype=f"<U{max(longest, 1)}"), shape)


def _read_only(flat: np.ndarray, shape: list[int]) -> np.ndarray:
    try:
        array = flat.reshape(shape)
    except (ValueError, OverflowError) as error:
        # No elements, and axes of an absurd size beside the one of size 0.
        raise _refused("an array with a malformed shape") from error
    array.setflags(write=False)
    return array


def _num_elements(shape: Any) -> int:
    if not isinstance(shape, list) or len(shape) > MAX_DIMENSIONS:
        raise _refused("an array of too many dimensions")
    if any(type(size) is not int or size < 0 for size in shape):
        raise _refused("an array with a malformed shape")
    return math.prod(shape)


def _is_pair(body: Any, first: type, second: type) -> bool:
    return (
        isinstance(body, list)
        and len(body) == 2
        and type(body[0]) is first
        and type(body[1]) is second
    )


def _refused(what: str) -> WireError:
    return WireError(what, "wire", "Return plain values: numbers, text, arrays.")
