"""YAML files with closed keys: an error names the line and the nearest real key."""

import difflib
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from graders.errors import AssignmentError

Contents = TypeVar("Contents", bound=BaseModel)


class WrongValue(ValueError):
    """Raised by a validator that knows the way out.

    Args:
        what: the fact, with the value received.
        fix: the next action.
        at: the key that it stands at, if a whole model was looked at.
    """

    def __init__(self, what: str, fix: str, at: str = "") -> None:
        super().__init__(what, fix, at)
        self.what, self.fix, self.at = what, fix, at


class _Loader(yaml.SafeLoader):
    """Leaves dates and times as text.

    YAML makes a moment of `2026-10-09 23:59:00`, text of `2026-10-09 23:59`, and an
    error without a line of a 13th month. What they mean is for the model to say.
    """


_Loader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_closed_yaml(path: Path, kind: type[Contents]) -> Contents:
    """Reads a file into a model that forbids unknown keys.

    Raises:
        AssignmentError: what is wrong, at which line, and the way out.
    """
    text = _read(path)
    try:
        node = yaml.compose(text, Loader=_Loader)
        data = yaml.load(text, Loader=_Loader)
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
        wrong = first.get("ctx", {}).get("error")
        if isinstance(wrong, WrongValue):
            location = (*location, wrong.at)
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
        known = sorted(_keys(_model_at(kind, location)))
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
    if first["type"] == "value_error":
        wrong = first["ctx"]["error"]
        if isinstance(wrong, WrongValue):
            return wrong.what, wrong.fix
        said = first["msg"].removeprefix("Value error, ")
        return f"{path}: {said}" if path else said, "Correct the value."
    return (
        f"{path}: {first['msg'][:1].lower()}{first['msg'][1:]};"
        f" received {str(first['input'])[:60]!r}",
        "Correct the value.",
    )


def _keys(kind: type[BaseModel]) -> dict[str, Any]:
    """Types of a model's fields, by the key that a file has for them."""
    return {
        field.alias or name: field.annotation
        for name, field in kind.model_fields.items()
    }


def _model_at(kind: type[BaseModel], location: tuple[Any, ...]) -> type[BaseModel]:
    """The model whose key a location ends in; places in a list are passed over."""
    for part in location[:-1]:
        kind = next(iter(_models_in(_keys(kind).get(part))), kind)
    return kind


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
