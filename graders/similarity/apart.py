"""The process that reads texts: a line of JSON in, a line of JSON out, until the end.

A text can end Python's parser, or take all memory. Then this process is what ends, and
`reading.py` starts another. It runs nothing of what it reads.
"""

import json
import sys
import warnings
from typing import Any

from graders.similarity.normalising import parts_of, units_of
from graders.similarity.signs import signs_of

_MEMORY_BYTES = 1024**3
_CPU_S = 600


def read_text(text: str) -> dict[str, Any]:
    """What `reading.py` makes a `Reading` of."""
    parts = parts_of(text)
    units = units_of(parts)
    return {
        "parsed": all(part.tree is not None for part in parts),
        "units": [
            {
                "name": unit.name,
                "first": unit.first,
                "last": unit.last,
                "words": [word for word, _ in unit.words],
                "lines": [line for _, line in unit.words],
            }
            for unit in units
        ],
        "signs": signs_of(text, parts),
    }


def serve() -> None:
    """Answers until there is nothing more to read."""
    _limit()
    warnings.simplefilter("ignore")  # Of odd escapes, in texts that are not ours.
    for line in sys.stdin.buffer:
        answer = json.dumps(read_text(json.loads(line)))
        sys.stdout.buffer.write(answer.encode() + b"\n")
        sys.stdout.buffer.flush()


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has none; there the clock alone ends it.
        return
    for kind, most in (
        (resource.RLIMIT_AS, _MEMORY_BYTES),
        (resource.RLIMIT_CPU, _CPU_S),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):  # macOS knows no limit of memory.
            continue
