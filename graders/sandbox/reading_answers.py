"""A decoded reply, of any content, as an `Answer`."""

import re
from typing import Any

from graders.errors import WireError
from graders.records import Answer, Ending, StudentError

MAX_TEXT = 4096
MAX_ARGUMENTS = 100
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_FROM_WORKER = {
    "returned": Ending.RETURNED,
    "raised": Ending.RAISED,
    "missing": Ending.MISSING,
    "unreadable": Ending.UNREADABLE,
}


def read_answer(reply: Any) -> Answer:
    """Takes from a reply what has the right form.

    Raises:
        WireError: if it is not a reply at all.

    >>> read_answer({"ending": "returned", "value": 3}).value
    3
    """
    name = reply.get("ending") if isinstance(reply, dict) else None
    if not isinstance(name, str) or name not in _FROM_WORKER:
        raise WireError("not a reply", "wire", "Leave the channel to the worker.")
    ending = _FROM_WORKER[name]
    return Answer(
        ending=ending,
        value=reply.get("value") if ending is Ending.RETURNED else None,
        error=_error(reply.get("error")) if ending is Ending.RAISED else None,
        note=_text(reply.get("note"), 300),
        changed=tuple(
            str(item)
            for item in _list(reply.get("changed"))
            if type(item) is int and 0 <= item < MAX_ARGUMENTS
        ),
        printed=_text(reply.get("printed"), MAX_TEXT),
        warnings=tuple(_text(item, 500) for item in _list(reply.get("warnings"))),
    )


def _error(described: Any) -> StudentError:
    parts = described if isinstance(described, dict) else {}
    line, number = parts.get("line"), parts.get("errno")
    return StudentError(
        type=_text(parts.get("type"), 100) or "Exception",
        message=_text(parts.get("message"), 1200),
        line=line if type(line) is int and 0 < line < 10_000_000 else None,
        function=_text(parts.get("function"), 100),
        source=_text(parts.get("source"), 200),
        errno=number if type(number) is int and 0 < number < 4096 else None,
    )


def _list(value: Any) -> list[Any]:
    return value[:100] if isinstance(value, list) else []


def _text(value: Any, limit: int) -> str:
    """Text without control characters: a report may be shown on a terminal."""
    if not isinstance(value, str):
        return ""
    value = _ANSI.sub("", value[: 4 * limit])
    kept = (c if c in "\n\t" or c.isprintable() else "�" for c in value[:limit])
    return "".join(kept)
