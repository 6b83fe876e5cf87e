"""YAML files with closed keys: an error names the line and the nearest real key."""

import difflib
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from graders.errors import AssignmentError

Contents = TypeVar("Contents", bound=BaseModel)


def read_closed_yaml(path: Path, kind: type[Contents]) -> Contents:
    """Reads a file into a model that forbids unknown keys.

    Raises:
        AssignmentError: what is wrong, at which line, and the way out.
    """
    text = _read(path)
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise AssignmentError(
            f"not valid YAML: {problem}", f"{path.name}{line}", "Check the indentation."
        ) from error
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        # A misspelt key is also a missing one: say the former.
        unknown_first = sorted(
            error.errors(), key=lambda item: item["type"] != "extra_forbidden"
        )
        first = unknown_first[0]
        location = first["loc"]
        if "points says" in first["msg"]:
            location = (*location, "points")
        where = f"{path.name}:{_line_of(node, location)}"
        what, fix = _explain(first, data, kind)
        raise AssignmentError(what, where, fix) from error


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AssignmentError(
            f"the file cannot be read: {error}", str(path), "Check that it is there."
        ) from error


def _explain(first: Any, data: Any, kind: type[BaseModel]) -> tuple[str, str]:
    location = first["loc"]
    name = str(location[-1]) if location else ""
    if first["type"] == "extra_forbidden":
        known = sorted(_all_keys(kind))
        near = difflib.get_close_matches(name, known, n=1)
        return (
            f"unknown key {name!r}",
            f"Did you mean {near[0]!r}?"
            if near
            else f"Known keys: {', '.join(known)}.",
        )
    if first["type"] == "missing":
        return f"the key {name!r} is missing", f"Add `{name}:`."
    path = ".".join(str(part) for part in location)
    said = first["msg"].removeprefix("Value error, ")
    if "points says" in said:
        return said, "Change this number, or those it is the sum of."
    if first["type"] == "value_error":
        return f"{path}: {said}" if path else said, "Correct the value."
    return (
        f"{path}: {first['msg'][:1].lower()}{first['msg'][1:]};"
        f" received {str(first['input'])[:60]!r}",
        "Correct the value.",
    )


def _all_keys(kind: type[BaseModel]) -> set[str]:
    """Keys of a model and of the models in its fields."""
    keys: set[str] = set()
    for name, field in kind.model_fields.items():
        keys.add(field.alias or name)
        for inner in _models_in(field.annotation):
            keys |= _all_keys(inner)
    return keys


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    found: list[type[BaseModel]] = []
    for part in getattr(annotation, "__args__", ()):
        found += _models_in(part)
    return found


def _line_of(node: yaml.Node | None, location: tuple[Any, ...]) -> int:
    """Line of the deepest node on the way to a location that exists."""
    line = 1
    for part in location:
        if isinstance(node, yaml.MappingNode):
            pairs = [pair for pair in node.value if str(pair[0].value) == str(part)]
            if not pairs:
                break
            line, node = pairs[0][0].start_mark.line + 1, pairs[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line
