"""Live objects as plain values, and the handles of those that have to stay."""

import hashlib
from types import MappingProxyType
from typing import Any

import numpy as np

from graders.errors import WireError
from graders.wire import Opaque

MAX_DEPTH = 12
_ARRAY_TYPES = frozenset("biufU")
_INT64 = range(-(2**63), 2**63)


class LiveObjects:
    """Objects that stay here, by number."""

    def __init__(self) -> None:
        self._by_handle: dict[int, Any] = {}
        self._next = 0

    def start_at(self, first: int) -> None:
        """Numbers from `first` on, so that a child never knows another's handle."""
        self._next = first

    def find(self, opaque: Opaque) -> Any:
        """The object behind a handle."""
        return self._by_handle[opaque.handle]

    def to_plain(self, value: Any, depth: int = 0) -> Any:
        """A plain value where there is one, a handle for anything else.

        Subclasses count as what they derive from: a member of an `enum.StrEnum` is a
        text, a `collections.Counter` a dict.
        """
        if value is None or type(value) is bytes:
            return value
        plain: Any = as_scalar(value)
        if plain is None:
            plain = self._parts(value, depth)
        if plain is None:
            plain = as_array(value)
        if plain is None or (type(plain) is int and plain not in _INT64):
            return self.keep(value)
        return plain

    def _parts(self, value: Any, depth: int) -> Any:
        """A container with plain values in it; None for anything else."""
        if depth == MAX_DEPTH:
            return None
        if type(value) is MappingProxyType:
            value = dict(value)
        if issubclass(type(value), dict):
            keys = [as_scalar(key) for key in dict.keys(value)]
            if not all(type(key) in (str, int) for key in keys):
                return None
            items = (self.to_plain(item, depth + 1) for item in dict.values(value))
            return dict(zip(keys, items, strict=True))
        for kind in (list, tuple):
            if issubclass(type(value), kind):
                return kind(self.to_plain(item, depth + 1) for item in value)
        if isinstance(value, np.ndarray) and value.dtype == object:
            return self.to_plain(value.tolist(), depth + 1)
        return None

    def keep(self, value: Any) -> Opaque:
        """Keeps an object here; its handle."""
        self._next += 1
        self._by_handle[self._next] = value
        return Opaque(self._next, _type_name(value))


def as_scalar(value: Any) -> bool | int | float | str | None:
    """Text, truth or number as Python's own type; None for anything else.

    What a subclass has defined itself, such as `__str__`, is not called.
    """
    if issubclass(type(value), np.generic):
        value = value.item()
    kind = type(value)
    if kind is bool:
        return bool(value)
    if issubclass(kind, str):
        return str.__str__(value)
    if issubclass(kind, float):
        return float.__float__(value)
    return int.__int__(value) if issubclass(kind, int) else None


def as_array(value: Any) -> np.ndarray | None:
    """Arrays and tensors as a NumPy array; None for anything else."""
    if isinstance(value, np.ndarray | np.generic):
        array = np.asarray(value)
    elif type(value).__module__.split(".")[0] in ("tensorflow", "keras") and hasattr(
        value, "numpy"
    ):
        array = np.asarray(value.numpy())
    else:
        return None
    if array.dtype.name == "bfloat16":
        array = array.astype(np.float32)
    return array if array.dtype.kind in _ARRAY_TYPES else None


def fingerprint(value: Any) -> str:
    """Changes when an array, or one inside a list or tuple, changes."""
    if isinstance(value, np.ndarray):
        content = np.ascontiguousarray(value).tobytes()
        return f"{value.shape}{value.dtype}{hashlib.sha256(content).hexdigest()}"
    if type(value) in (list, tuple):
        return repr([fingerprint(item) for item in value])
    return ""


def writable(value: Any) -> Any:
    """A copy that student code may write to, as it may in its own scripts."""
    return value.copy() if isinstance(value, np.ndarray) else value


def generator(seed: int) -> np.random.Generator:
    """The generator that a `wire.Generator` stands for."""
    return np.random.default_rng(seed)


def _type_name(value: Any) -> str:
    """`module.Class`, with Keras' classes under their public name."""
    kind = type(value)
    keras_class = _keras_kind(value)
    name = keras_class or f"{kind.__module__}.{kind.__qualname__}"
    if not isinstance(name, str):
        raise WireError("a type without a name", "wire", "Return plain values.")
    return name[:200]


def _keras_kind(value: Any) -> str | None:
    import sys

    keras = sys.modules.get("keras")
    if keras is None:
        return None
    if isinstance(value, keras.Model):
        return "keras.Model"
    if isinstance(value, keras.callbacks.History):
        return "keras.callbacks.History"
    return None
