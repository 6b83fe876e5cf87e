"""A worker as the checks see it: ask, and always get an answer.

Whatever a submission does to its child (never answer, die, flood, break the
protocol) is an `Ending`, and the next question finds a fresh child with the file
loaded again. Only a worker that cannot be started at all is an exception.
"""

import contextlib
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from graders.errors import WireError, WorkerUnavailable
from graders.records import Answer, Ending
from graders.sandbox.children import Child, Ended, ending_signal
from graders.sandbox.limits import Limits, limit_behind
from graders.sandbox.reading_answers import read_answer
from graders.wire import Opaque

FLOODED_STATUS = 77
HANDLES_PER_CHILD = 1_000_000
_STACK_BEFORE_S = 0.25


class Launches(Protocol):
    """Anything that can start a child, such as `Sandbox`."""

    def launch(self, limits: Limits) -> Child:
        """A fresh child."""


class Room:
    """One submission's worker, or a clean room if there is no file to load.

    Args:
        launcher: where children come from.
        limits: the submission's ceilings.
        filename: name of the submission's file; empty for a clean room.
        source: its text.
        provided: files that students are given with theirs, by their path from it.
        seed: what every call in the child is seeded with.
    """

    def __init__(
        self,
        launcher: Launches,
        limits: Limits,
        *,
        filename: str = "",
        source: str = "",
        provided: Mapping[str, bytes] | None = None,
        seed: int = 0,
    ) -> None:
        self._launcher, self._limits = launcher, limits
        self._provided = dict(provided or {})
        self._filename, self._source, self._seed = filename, source, seed
        self._child: Child | None = None
        self._num_children = 0
        self._load_failure: Answer | None = None
        self.waited_s = 0.0
        """Seconds that no child was there, since one was being started."""

    def ask(self, question: dict[str, Any], seconds: float) -> Answer:
        """Asks one question, loading the file first where that is needed.

        Raises:
            WorkerUnavailable: if no child can be started.
        """
        if self._load_failure is not None:
            return self._load_failure
        if self._child is None:
            loaded = self._start()
            if loaded.ending is not Ending.RETURNED:
                self._load_failure = loaded
                self._end()
            if loaded.ending is not Ending.RETURNED or question["ask"] == "load":
                return loaded
        if seconds <= 0:
            return Answer(ending=Ending.TIMED_OUT, note="0")
        if any(self._is_lost(value) for value in question.values()):
            return Answer(ending=Ending.LOST)
        return self._exchange(question, seconds)

    def close(self) -> None:
        """Ends the child, if there is one."""
        # Without a zygote there is no child either, and every answer is in.
        with contextlib.suppress(WorkerUnavailable):
            self._end()

    def _is_lost(self, value: Any) -> bool:
        """Whether a value holds a handle of a child that is gone."""
        if isinstance(value, Opaque):
            return value.handle // HANDLES_PER_CHILD != self._num_children
        if isinstance(value, list | tuple):
            return any(self._is_lost(item) for item in value)
        if isinstance(value, dict):
            return any(self._is_lost(item) for item in value.values())
        return False

    def _start(self) -> Answer:
        began = time.monotonic()
        self._child = self._launcher.launch(self._limits)
        self.waited_s += time.monotonic() - began
        self._num_children += 1
        question = {
            "ask": "load",
            "filename": self._filename,
            "source": self._source,
            "provided": self._provided,
            "seed": self._seed,
            "first_handle": self._num_children * HANDLES_PER_CHILD,
        }
        return self._exchange(question, self._limits.load_s)

    def _exchange(self, question: dict[str, Any], seconds: float) -> Answer:
        assert self._child is not None
        channel = self._child.channel
        sent = {
            **question,
            "output_kib": self._limits.output_kib,
            "stack_after_s": max(seconds - _STACK_BEFORE_S, seconds / 2, 0.001),
        }
        try:
            answer = self._own(read_answer(channel.exchange(sent, seconds)))
        except TimeoutError:
            self._end()
            line = channel.line_in(self._filename) if self._filename else None
            return Answer(ending=Ending.TIMED_OUT, note=f"{seconds:g}", line=line)
        except EOFError:
            ended = self._end()
            if channel.flooded or ended.status == FLOODED_STATUS:
                return Answer(
                    ending=Ending.FLOODED, note=f"{self._limits.output_kib:,}"
                )
            line = channel.line_in(self._filename) if self._filename else None
            if ended.exceeded:
                return Answer(ending=Ending.EXCEEDED, note=ended.exceeded, line=line)
            return Answer(ending=Ending.DIED, note=_how_it_died(ended.status))
        except WireError as error:
            self._end()
            return Answer(ending=Ending.UNREADABLE, note=error.what)
        if answer.error is not None:
            return replace(answer, note=limit_behind(answer.error, self._limits))
        return answer

    def _own(self, answer: Answer) -> Answer:
        """Quotes the file as it was handed in, not as the worker says it is.

        A submission can change both in its process, and a hidden check shows both.
        """
        error = answer.error
        if error is None:
            return answer
        lines = self._source.splitlines()
        known = error.line is not None and error.line <= len(lines)
        named = error.function.isidentifier() and error.function in self._source
        own = replace(
            error,
            source=lines[(error.line or 1) - 1].strip()[:200] if known else "",
            function=error.function if named or error.function == "<module>" else "",
        )
        return replace(answer, error=own)

    def _end(self) -> Ended:
        if self._child is None:
            return Ended(0)
        child, self._child = self._child, None
        try:
            return child.end()
        finally:
            child.channel.close()


def _how_it_died(status: int) -> str:
    name = ending_signal(status)
    if not name:
        return f"it ended itself with exit status {status}"
    return f"it was ended by {name}"
