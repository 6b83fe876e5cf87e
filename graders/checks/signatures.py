"""What a function of the submission says that it takes."""

from collections.abc import Mapping
from typing import Any


def signature_problem(
    parameters: Any, num_args: int, kwargs: Mapping[str, Any]
) -> str | None:
    """Why a call does not fit a signature; None if it fits or is unknown.

    >>> signature_problem([["x", "POSITIONAL_OR_KEYWORD", False]], 2, {})
    'it takes 1 positional argument and gets 2'
    """
    rows = parameter_rows(parameters)
    if rows is None:
        return None
    kinds = [kind for _, kind, _ in rows]
    positional = [row for row in rows if row[1].startswith("POSITIONAL")]
    if num_args > len(positional) and "VAR_POSITIONAL" not in kinds:
        noun = "argument" if len(positional) == 1 else "arguments"
        return f"it takes {len(positional)} positional {noun} and gets {num_args}"
    names = {row[0] for row in rows}
    unknown = [key for key in kwargs if key not in names]
    if unknown and "VAR_KEYWORD" not in kinds:
        return f"it has no parameter `{unknown[0]}`"
    filled = [name for name, _, _ in positional[:num_args]]
    missing = [
        name
        for name, kind, has_default in rows
        if not (has_default or kind.startswith("VAR") or name in [*kwargs, *filled])
    ]
    return f"it also asks for `{missing[0]}`" if missing else None


def parameter_rows(parameters: Any) -> list[tuple[str, str, bool]] | None:
    """`(name, kind, has a default)` of each parameter; None if that is unknown."""
    if not isinstance(parameters, list):
        return None
    rows = [row for row in parameters if isinstance(row, list) and len(row) == 3]
    return [(str(name), str(kind), default is True) for name, kind, default in rows]
