"""Texts → their words, read in a process that they may end."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from graders.errors import WorkerUnavailable
from graders.similarity.normalising import MOST_WORDS, Unit, lexed

READ_S = 5.0
_MOST_BYTES = 16 * 1024 * 1024
_ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = (
    "import sys; sys.path.insert(0, {root!r});"
    " from graders.similarity.apart import serve; serve()"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is compared of a text.

    Args:
        units: functions, methods, and what stands between them.
        signs: kind, text and line of comments, sentences, numbers and tables.
        parsed: whether all of it is Python.
        whole: whether all of it was read.
    """

    units: tuple[Unit, ...]
    signs: tuple[tuple[str, str, int], ...]
    parsed: bool
    whole: bool

    @property
    def num_words(self) -> int:
        """Of all units together."""
        return sum(len(unit.words) for unit in self.units)


def read_texts(texts: Iterable[str]) -> Iterator[Reading]:
    """Reads each text; what ends the process, or takes too long, is read as words.

    Raises:
        WorkerUnavailable: if the process cannot be started.
    """
    with _Reader() as reader:
        for text in texts:
            yield reader.read(text) or _as_words(text)


class _Reader:
    """The process, started when it is needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def read(self, text: str) -> Reading | None:
        """None if the process did not answer in time, or at all."""
        process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Timer(READ_S, process.kill)
        late.start()
        try:
            process.stdin.write(json.dumps(text).encode() + b"\n")
            process.stdin.flush()
            line = process.stdout.readline(_MOST_BYTES)
        except OSError:  # It ended while it was written to.
            line = b""
        finally:
            late.cancel()
        if not line.endswith(b"\n"):
            self._end()
            return None
        return _reading(json.loads(line))

    def _start(self) -> "subprocess.Popen[bytes]":
        program = _PROGRAM.format(root=str(_ROOT))
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", program],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Out of reach of a terminal's Ctrl-C.
            )
        except OSError as error:
            raise WorkerUnavailable(
                f"Python could not be started: {error}",
                "similarity",
                "Check that the environment is complete: `make clean`, then try again.",
            ) from error
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            with self._process as process:  # Closes its pipes, and waits.
                process.kill()
            self._process = None


def _reading(told: dict[str, Any]) -> Reading:
    units = tuple(
        Unit(
            name=unit["name"],
            first=unit["first"],
            last=unit["last"],
            words=list(zip(unit["words"], unit["lines"], strict=True)),
        )
        for unit in told["units"]
    )
    found = Reading(
        units=units,
        signs=tuple((kind, text, line) for kind, text, line in told["signs"]),
        parsed=told["parsed"],
        whole=True,
    )
    whole = found.num_words < MOST_WORDS
    return found if whole else _cut(found)


def _cut(found: Reading) -> Reading:
    return Reading(
        units=found.units, signs=found.signs, parsed=found.parsed, whole=False
    )


def _as_words(text: str) -> Reading:
    unit = lexed(text)
    whole = len(unit.words) < MOST_WORDS
    return Reading(units=(unit,), signs=(), parsed=False, whole=whole)
