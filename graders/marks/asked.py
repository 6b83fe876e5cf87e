"""Questions to a submission and its answers, each in a line a person can read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from graders.records import Answer, Ending, Observation
from graders.wire import Generator, Opaque

_MOST_CHARACTERS = 60
_FEW = 4
_ENDINGS = {
    Ending.MISSING: "is not defined",
    Ending.TIMED_OUT: "took too long",
    Ending.DIED: "ended its process",
    Ending.EXCEEDED: "went over a limit",
    Ending.FLOODED: "printed too much",
    Ending.LOST: "was asked of an object that was gone",
    Ending.UNREADABLE: "sent what cannot be read",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question and its answer, in short.

    Args:
        room: `student`, or `clean` for a worker without student code.
        question: as a call: `conv2d(x (2, 5, 7, 3) float32, stride=2)`.
        answer: `returned (2, 2, 6, 4) float32`.
    """

    room: str
    question: str
    answer: str


def by_check(observations: Iterable[Observation]) -> dict[str, list[Asked]]:
    """Questions in the order in which they were asked, by the check they served.

    Args:
        observations: of one group of checks.
    """
    found: dict[str, list[Asked]] = defaultdict(list)
    functions: Mapping[str, Any] = {}
    for seen in observations:
        if seen.question.get("ask") == "load":
            loaded = seen.answer.value
            functions = loaded if isinstance(loaded, dict) else {}
        asked = Asked(
            room=seen.room,
            question=_question(seen.question, functions),
            answer=_answer(seen.answer),
        )
        found[seen.check].append(asked)
    return dict(found)


def short(value: Any) -> str:
    """A value in a few words.

    >>> short((2, 1)), short([1] * 9), short("a" * 99)[:5], short({"a": 1})
    ('(2, 1)', 'list of 9', "'aaaa", 'dict of 1')
    """
    if isinstance(value, Opaque):
        return _cut(value.type_name)
    if isinstance(value, Generator):
        return f"default_rng({value.seed})"
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        kind = "str" if value.dtype.kind == "U" else value.dtype
        return f"{tuple(value.shape)} {kind}"
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if isinstance(value, dict):
        return f"dict of {len(value)}"
    if isinstance(value, list | tuple):
        if len(value) <= _FEW and all(map(_is_small, value)):
            return repr(value)
        return f"{type(value).__name__} of {len(value)}"
    return _cut(repr(value))


def _is_small(value: Any) -> bool:
    return (
        value is None
        or isinstance(value, bool | int | float)
        or (isinstance(value, str) and len(value) < _MOST_CHARACTERS // _FEW)
    )


def _cut(text: str) -> str:
    if len(text) <= _MOST_CHARACTERS:
        return text
    return f"{text[: _MOST_CHARACTERS - 4]} ..."


def _question(question: Mapping[str, Any], functions: Mapping[str, Any]) -> str:
    match question.get("ask"):
        case "load":
            return "import the file"
        case "call" | "method":
            return _call(question, functions)
        case "use":
            return f"given.{question.get('name')}({_values(question.get('args', ()))})"
        case "read":
            return f"{short(question.get('of'))}.{question.get('name')}"
        case ask:
            parts = [
                short(value) if isinstance(value, Opaque) else f"{name} {short(value)}"
                for name, value in question.items()
                if name != "ask" and value is not None
            ]
            return f"{ask}({', '.join(parts)})"


def _call(question: Mapping[str, Any], functions: Mapping[str, Any]) -> str:
    name = str(question.get("function"))
    owner = question.get("of")
    if isinstance(owner, Opaque):
        name = f"{owner.type_name.rpartition('.')[2]}.{name}"
    names = _parameters(functions.get(name))
    args = question.get("args", ())
    parts = [
        _argument(value, parameter)
        for value, parameter in zip_longest(args, names[: len(args)])
    ]
    parts += [f"{key}={short(v)}" for key, v in question.get("kwargs", {}).items()]
    given = question.get("given") or {}
    right = f", with right values of {', '.join(given)}" if given else ""
    return f"{name}({', '.join(parts)}){right}"


def _argument(value: Any, parameter: str | None) -> str:
    """An array with the name of its parameter, since its own numbers are not told."""
    named = parameter if hasattr(value, "shape") else None
    return f"{named} {short(value)}" if named else short(value)


def _values(values: Iterable[Any]) -> str:
    return ", ".join(map(short, values))


def _parameters(entry: Any) -> list[str]:
    """Names of a function's parameters, as the submission's worker told them."""
    rows = entry.get("parameters") if isinstance(entry, dict) else None
    if not isinstance(rows, list):
        return []
    return [_cut(str(row[0])) for row in rows if isinstance(row, list) and row]


def _answer(answer: Answer) -> str:
    if answer.ending is Ending.RETURNED:
        said = f"returned {short(answer.value)}"
    elif answer.ending is Ending.RAISED and answer.error is not None:
        line = f", line {answer.error.line}" if answer.error.line else ""
        said = f"raised {_cut(answer.error.type)}: {_cut(answer.error.message)}{line}"
    else:
        said = _ENDINGS.get(answer.ending, answer.ending.value)
        said += f" ({_cut(answer.note)})" if answer.note else ""
    changed = f", and changed argument {', '.join(answer.changed)}"
    return said + (changed if answer.changed else "")
