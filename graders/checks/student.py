"""The `student` proxy: `student.conv2d(x, w, b)` asks the worker.

It returns the answer, or ends the check with the student's own error and line.
"""

import contextlib
import difflib
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from graders.checks.budget import Budget
from graders.checks.explaining import (
    Explainer,
    failed_finding,
    not_written,
    stops_a_function,
)
from graders.checks.recording import Asks
from graders.checks.signatures import parameter_rows, signature_problem
from graders.records import Answer, Ending, Finding, Outcome
from graders.wire import Opaque


class Verdict(Exception):
    """Ends a check with a finding."""

    def __init__(self, finding: Finding, error: str = "") -> None:
        super().__init__(finding)
        self.finding = finding
        self.error = error
        """Text of the submission's exception, for a check that knows its causes."""


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight of a layer or model, as the worker tells it."""

    path: str
    trainable: bool
    value: np.ndarray


class Student:
    """Attribute access asks for a function of the submission.

    Args:
        asks: the worker, or a record.
        filename: name of the submission's file, for `where`.
        functions: what the file defines, as the worker's `load` answered.
        hidden: whether exception texts and printed output are kept back.
        budget: seconds left.
        seed: what each call is seeded with.
        lessons: where a function that is not written yet is taught.
    """

    def __init__(
        self,
        asks: Asks,
        *,
        filename: str,
        functions: Mapping[str, Any],
        hidden: bool,
        budget: Budget,
        seed: int,
        lessons: Mapping[str, str],
    ) -> None:
        self._asks, self._filename, self._functions = asks, filename, functions
        self._budget, self._seed = budget, seed
        self._explainer = Explainer(
            filename=filename,
            location=self.location,
            hidden=hidden,
            check_s=lambda: budget.check_s,
            lessons=lessons,
        )
        self._tables: dict[str, Any] = {}
        self._stopped: dict[str, str] = {}
        self.is_hidden = hidden
        """Whether what is told must not quote inputs."""
        self.last = ""
        """Name of the function that was asked for last."""
        self.printed = ""
        self.warnings: tuple[str, ...] = ()
        self.changed: tuple[str, ...] = ()
        """Names of the arguments that the last call changed."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **kwargs: self._call(name, args, kwargs)

    def on(self, handle: Any, kind: str) -> "Methods":
        """The methods of an object that stays in the worker.

        `student.on(tokenizer, "CharTokenizer").encode("abc")`; `kind` names its class
        in findings. Keras' own methods can be called as well.
        """
        return Methods(
            lambda name, args, kwargs: self._call(
                f"{kind}.{name}", args, kwargs, owner=handle, method=name
            )
        )

    def use(self, thing: Any, *args: Any, of: str) -> Any:
        """Calls a function or class of the suite's `given.py` in the worker.

        Students may read that file. It makes what their functions are called with, or
        takes apart what they returned: a data set into arrays.

        Args:
            thing: the function or class.
            args: values, or handles of objects that stay there.
            of: names what it is about in a finding.
        """
        source = _source_of(inspect.getfile(thing))
        question = {
            "ask": "use",
            "source": source,
            "name": thing.__name__,
            "args": list(args),
            "seed": self._seed,
        }
        return self.question(question, of)

    def read(self, handle: Any, name: str, *, of: str) -> Any:
        """An attribute of an object that stays in the worker."""
        return self.question({"ask": "read", "of": handle, "name": name}, of)

    def apply(
        self,
        handle: Any,
        x: np.ndarray | Sequence[np.ndarray],
        *,
        training: bool | None = None,
        of: str,
    ) -> Any:
        """The output of a layer or model for a batch, still to be checked."""
        x = x if isinstance(x, np.ndarray) else list(x)
        question = {"ask": "apply", "model": handle, "x": x, "training": training}
        return self.question(question, of)

    def weights(self, handle: Any, *, of: str) -> list[Weight]:
        """Every weight of a layer or model; what has not that form is left out."""
        rows = self.question({"ask": "weights", "model": handle}, of)
        return [
            Weight(str(row.get("path")), row.get("trainable") is True, row["value"])
            for row in (rows if isinstance(rows, list) else [])
            if isinstance(row, dict) and isinstance(row.get("value"), np.ndarray)
        ]

    def gradients(
        self, handle: Any, x: np.ndarray, cotangent: np.ndarray, *, of: str
    ) -> list[np.ndarray | None]:
        """Gradients of `sum(layer(x) * cotangent)`: per trainable weight, then of x.

        None for what the output does not depend on, and for integer x.
        """
        question = {
            "ask": "gradients",
            "model": handle,
            "x": x,
            "cotangent": cotangent,
        }
        rows = self.question(question, of)
        return [
            row if isinstance(row, np.ndarray) else None
            for row in (rows if isinstance(rows, list) else [])
        ]

    @contextlib.contextmanager
    def seeded(self, seed: int) -> Iterator[None]:
        """Seeds the calls inside with another seed."""
        own, self._seed = self._seed, seed
        try:
            yield
        finally:
            self._seed = own

    def given(self, **tables: Iterable[tuple[tuple[Any, ...], Any]]) -> "Student":
        """The same student, with right values for functions of *other* tasks.

        `student.given(same_padding=[((5, 2, 2), (0, 1))]).conv2d(...)`: while conv2d
        runs, a `same_padding(5, 2, 2)` of the file answers (0, 1), so that a mistake
        there is not paid for twice. Only the values of the table ever reach the
        worker.
        """
        self._tables = {name: list(rows) for name, rows in tables.items()}
        return self

    def question(self, question: dict[str, Any], of: str) -> Any:
        """Asks anything else than a call; `of` names it in a finding."""
        return self._value(self._asks.ask(question, self._budget.left()), of)

    def seconds_left(self) -> float:
        """Seconds that the next answer may take, whoever is asked."""
        return self._budget.left()

    def location(self, name: str = "") -> str:
        """`cnn.py:41`: where a function is defined; the file if that is unknown."""
        entry = self._functions.get(name or self.last)
        line = entry.get("line") if isinstance(entry, dict) else None
        return f"{self._filename}:{line}" if type(line) is int else self._filename

    def explain(self, answer: Answer, of: str) -> Finding:
        """The finding for an answer that is no value."""
        return self._explainer.explain(answer, of, "")[0]

    def _call(
        self,
        name: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        *,
        owner: Any = None,
        method: str = "",
    ) -> Any:
        self.last, self.changed = name, ()
        tables, self._tables = self._tables, {}
        if name in self._stopped:
            raise Verdict(
                Finding(
                    outcome=Outcome.BLOCKED,
                    what=f"Not run, because {self._stopped[name]}.",
                    where=self.location(name),
                )
            )
        if owner is None or name in self._functions:
            self._require_callable(name, args, kwargs)
        question: dict[str, Any] = {
            "ask": "call" if owner is None else "method",
            "function": method or name,
            "args": list(args),
            "kwargs": kwargs,
            "given": tables,
            "seed": self._seed,
        }
        if owner is not None:
            question["of"] = _live(owner, name)
        answer = self._asks.ask(question, self._budget.left())
        self.changed = self._changed(answer, name)
        return self._value(answer, f"`{name}`", name)

    def _value(self, answer: Answer, of: str, name: str = "") -> Any:
        self.printed, self.warnings = answer.printed, answer.warnings
        if answer.ending is Ending.RETURNED:
            return answer.value
        finding, reason = self._explainer.explain(answer, of, name)
        if name and (stops_a_function(answer) or not_written(answer)):
            self._stopped[name] = reason
        raise Verdict(finding, answer.error.message if answer.error else "")

    def _require_callable(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        entry = self._functions.get(name)
        if not isinstance(entry, dict):
            near = difflib.get_close_matches(name, map(str, self._functions), n=1)
            self._stopped[name] = f"`{name}` is missing"
            raise Verdict(
                failed_finding(
                    f"The file defines no function `{name}`.",
                    self._filename,
                    f"Rename `{near[0]}` to `{name}`, if that is it."
                    if near
                    else f"Add `def {name}(...)` as the stub has it.",
                )
            )
        problem = signature_problem(entry.get("parameters"), len(args), kwargs)
        if problem:
            raise Verdict(
                failed_finding(
                    f"`{name}` cannot be called as the task says: {problem}.",
                    self.location(name),
                    "Give it the parameters of the stub, in the same order.",
                )
            )

    def _changed(self, answer: Answer, name: str) -> tuple[str, ...]:
        """Names of the arguments that a call changed."""
        if not answer.changed:
            return ()
        names = dict(enumerate(self._parameter_names(name)))
        return tuple(
            names.get(int(index), f"number {index}") for index in answer.changed
        )

    def _parameter_names(self, name: str) -> list[str]:
        entry = self._functions.get(name)
        rows = (
            parameter_rows(entry.get("parameters")) if isinstance(entry, dict) else None
        )
        return [f"`{row[0]}`" for row in rows or []]


@cache
def _source_of(path: str) -> str:
    """The text of a suite's `given.py`, as it was when it was first asked for."""
    return Path(path).read_text("utf-8")


class Methods:
    """Attribute access asks for a method of an object in the worker."""

    def __init__(
        self, call: Callable[[str, tuple[Any, ...], dict[str, Any]], Any]
    ) -> None:
        self._ask = call

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **kwargs: self._ask(name, args, kwargs)


def _live(owner: Any, name: str) -> Opaque:
    """The handle of an object; a submission may have returned anything."""
    if isinstance(owner, Opaque):
        return owner
    kind = name.split(".")[0]
    raise Verdict(
        failed_finding(
            f"There is no object of `{kind}` to call `{name}` on.",
            "",
            "Define it as a class, as the stub has it.",
        )
    )
