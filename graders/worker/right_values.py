"""For one call, functions of the file that answer from a table of right values.

So a mistake in one task does not cost the points of the next.
"""

import contextlib
import inspect
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from graders.worker import plain

Row = tuple[tuple[Any, ...], Any]
_RTOL, _ATOL = 1e-4, 1e-6


@contextlib.contextmanager
def right_values(
    namespace: dict[str, Any], tables: dict[str, Iterable[Row]]
) -> Iterator[None]:
    """Puts the tables in the place of the functions of their names.

    Arguments that a table lacks go to the student's own function.
    """
    own = {name: namespace[name] for name in tables if callable(namespace.get(name))}
    for name, function in own.items():
        namespace[name] = _from_table(function, list(tables[name]))
    try:
        yield
    finally:
        namespace.update(own)


def _from_table(own: Any, rows: list[Row]) -> Callable[..., Any]:
    def answer(*args: Any, **kwargs: Any) -> Any:
        try:
            bound = inspect.signature(own).bind(*args, **kwargs)
            bound.apply_defaults()
            found = next(row for row in rows if _same(bound.args, row[0]))
        except (TypeError, ValueError, StopIteration):
            return own(*args, **kwargs)
        return _copied(found[1])

    return answer


def _same(got: Any, want: Any) -> bool:
    """Whether two arguments are equal; arrays up to the rounding of float32."""
    if isinstance(want, tuple | list):
        return (
            isinstance(got, tuple | list)
            and len(got) == len(want)
            and all(_same(g, w) for g, w in zip(got, want, strict=True))
        )
    if isinstance(want, np.ndarray):
        array = plain.as_array(got)
        return (
            array is not None
            and array.shape == want.shape
            and bool(np.allclose(array, want, rtol=_RTOL, atol=_ATOL))
        )
    return bool(got == want)


def _copied(value: Any) -> Any:
    """A copy that the student's code may change."""
    if isinstance(value, tuple | list):
        return type(value)(_copied(item) for item in value)
    return dict(value) if isinstance(value, dict) else plain.writable(value)
