"""Questions as the checks put them, to real workers."""

from typing import Any

from graders.records import Answer
from graders.sandbox import Limits, Room

QUICK = Limits(load_s=20, check_s=20, output_kib=64)


def call(function: str, *args: Any, **kwargs: Any) -> dict[str, Any]:
    return {
        "ask": "call",
        "function": function,
        "args": list(args),
        "kwargs": kwargs,
        "given": {},
        "seed": 0,
    }


def ask_once(
    launcher: Any, source: str, *args: Any, seconds: float = 20, limits: Limits = QUICK
) -> Answer:
    """Loads a file in a room of its own and calls its function `f`."""
    room = Room(launcher, limits, filename="cnn.py", source=source)
    try:
        return room.ask(call("f", *args), seconds)
    finally:
        room.close()
