"""What a value is, in words that a submission cannot write a hidden input into."""

import builtins
from collections.abc import Sequence
from typing import Any

import numpy as np

from graders.wire import Opaque

_TOLD_SIZE = 64
_KNOWN_TYPES = frozenset(
    {
        *("builtins.function", "builtins.generator", "builtins.module"),
        *("keras.Model", "keras.callbacks.History"),
    }
)


def describe_kind(got: Any) -> str:
    """What a value is, in a word or two: "a list", "None", "a keras.Model"."""
    if got is None:
        return "None (a return statement may be missing)"
    if isinstance(got, Opaque):
        known = _is_known_type(got.type_name)
        return f"an object of type {got.type_name}" if known else "an object"
    if isinstance(got, np.ndarray):
        return f"an array of shape {shown_shape(got.shape)}"
    names = {bool: "a bool", int: "an int", float: "a float", str: "a string"}
    return names.get(type(got), f"a {type(got).__name__}")


def shown_shape(got: tuple[int, ...], want: Sequence[int] = ()) -> str:
    """A shape in words; sizes far from any right one are not told.

    A submission could write a hidden input into them.

    >>> shown_shape((2, 918273645), (2, 3))
    '(2, …)'
    """
    sizes = [shown_size(size, want) for size in got]
    return f"({sizes[0]},)" if len(sizes) == 1 else f"({', '.join(sizes)})"


def shown_size(size: int, want: Sequence[int]) -> str:
    """One size or length, unless it is far from any right one."""
    most = max(_TOLD_SIZE, 4 * max(want, default=0))
    return str(size) if size <= most else "…"


def _is_known_type(name: str) -> bool:
    """Whether a type is one of the libraries'.

    A submission names its own classes, and could write a hidden input into a name.
    """
    module, _, kind = name.rpartition(".")
    return (
        name in _KNOWN_TYPES
        or (module == "builtins" and kind in vars(builtins))
        or (module == "numpy" and kind in vars(np))
    )
