"""Exceptions of a submission as plain text: its own lines, our frames cut."""

import traceback
from typing import Any

from graders.worker.loading import LoadedFile

MAX_TEXT = 1200


def describe_error(error: BaseException, file: LoadedFile | None) -> dict[str, Any]:
    """Type, message, and the submission's own innermost line."""
    described: dict[str, Any] = {
        "type": type(error).__name__[:100],
        "message": message_of(error),
        "line": None,
        "function": "",
        "source": "",
        "errno": _errno(error),
    }
    if file is None:
        return described
    if isinstance(error, SyntaxError) and error.filename == file.filename:
        described["line"] = error.lineno
        described["source"] = (error.text or "").strip()[:200]
        return described
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__, limit=-400)
        if frame.filename == file.filename
    ]
    if frames:
        described["line"] = frames[-1].lineno
        described["function"] = frames[-1].name[:100]
        described["source"] = (frames[-1].line or "")[:200]
    return described


def _errno(error: BaseException) -> int | None:
    number = error.errno if isinstance(error, OSError) else None
    return number if type(number) is int else None


def message_of(error: BaseException | str) -> str:
    """The text of an exception or a warning, whatever its class does."""
    try:
        return clean(str(error)[:MAX_TEXT])
    except BaseException:
        return "(the exception's own text could not be read)"


def clean(text: str) -> str:
    """Text that can be encoded: a lone surrogate becomes a question mark.

    >>> clean("a\\ud800")
    'a?'
    """
    return str.encode(text, "utf-8", "replace").decode()
