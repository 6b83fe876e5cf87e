"""The `student` proxy: `student.conv2d(x, w, b)` asks the worker.

It returns the answer, or ends the check with the student's own error and line.
"""

import difflib
import textwrap
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from graders.checks.advice import advice_for, shown_error_type
from graders.checks.recording import Asks
from graders.records import Answer, Ending, Finding, Outcome

MAX_MESSAGE = 400
_STOPPING = {
    Ending.MISSING,
    Ending.TIMED_OUT,
    Ending.DIED,
    Ending.EXCEEDED,
    Ending.FLOODED,
    Ending.UNREADABLE,
}


class Verdict(Exception):
    """Ends a check with a finding."""

    def __init__(self, finding: Finding, error: str = "") -> None:
        super().__init__(finding)
        self.finding = finding
        self.error = error
        """Text of the submission's exception, for a check that knows its causes."""


class Budget:
    """Seconds left, for the check that runs and for the whole group.

    Args:
        check_s: for one check.
        submission_s: for the group.
        by_task: for one check of a task, where that differs.
    """

    def __init__(
        self,
        *,
        check_s: float,
        submission_s: float,
        by_task: Mapping[str, float] | None = None,
    ) -> None:
        self.check_s, self.submission_s = check_s, submission_s
        self._any_task_s, self._by_task = check_s, by_task or {}
        self._group_end = time.monotonic() + submission_s
        self._check_end = self._group_end

    def start_check(self, task: str) -> None:
        """Gives a new check its full time."""
        self.check_s = self._by_task.get(task, self._any_task_s)
        self._check_end = time.monotonic() + self.check_s

    def left(self) -> float:
        """Seconds that the next answer may take."""
        return min(self._check_end, self._group_end) - time.monotonic()

    @property
    def spent(self) -> bool:
        """Whether the group's time is over."""
        return time.monotonic() >= self._group_end


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
        self._hidden, self._budget, self._seed = hidden, budget, seed
        self._lessons = lessons
        self._tables: dict[str, Any] = {}
        self._stopped: dict[str, str] = {}
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
        return self._explain(answer, of, "")[0]

    def _call(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
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
        self._require_callable(name, args, kwargs)
        question = {
            "ask": "call",
            "function": name,
            "args": list(args),
            "kwargs": kwargs,
            "given": tables,
            "seed": self._seed,
        }
        answer = self._asks.ask(question, self._budget.left())
        names = dict(enumerate(self._parameter_names(name)))
        self.changed = tuple(
            names.get(int(index), f"number {index}") for index in answer.changed
        )
        return self._value(answer, f"`{name}`", name)

    def _value(self, answer: Answer, of: str, name: str = "") -> Any:
        self.printed, self.warnings = answer.printed, answer.warnings
        if answer.ending is Ending.RETURNED:
            return answer.value
        finding, reason = self._explain(answer, of, name)
        if name and (answer.ending in _STOPPING or _not_written(answer)):
            self._stopped[name] = reason
        raise Verdict(finding, answer.error.message if answer.error else "")

    def _explain(self, answer: Answer, of: str, name: str) -> tuple[Finding, str]:
        """The finding for an answer that is no value, and the reason in brief."""
        if answer.ending is Ending.LOST:
            return Finding(
                outcome=Outcome.BLOCKED,
                what="Not run, because the worker that held the model has ended.",
            ), ""
        if answer.ending is Ending.RAISED:
            return self._explain_error(answer, of, name)
        where = self.location(name)
        if answer.ending is Ending.MISSING:
            return _failed(
                f"{of} is not a function any more when it is called.",
                where,
                "Do not replace or delete it while the file runs.",
            ), f"{of} is missing"
        if answer.ending is Ending.TIMED_OUT:
            line = f"{self._filename}:{answer.line}" if answer.line else where
            limit = f"{self._budget.check_s:g} s"
            return _failed(
                f"{of} did not return within the time limit of {limit} a check.",
                line,
                "Look for a loop that never ends, or for loops over single pixels"
                " where one NumPy call would do.",
            ), f"{of} did not return in time"
        if answer.ending is Ending.FLOODED:
            return _failed(
                f"{of} printed more than the limit of {answer.note} KiB.",
                where,
                "Remove the print calls inside loops.",
            ), f"{of} printed too much"
        if answer.ending is Ending.EXCEEDED:
            line = f"{self._filename}:{answer.line}" if answer.line else where
            return _failed(
                f"{of} took more than the limit of {answer.note}.",
                line,
                "Look for arrays, files or processes that are made in a loop, or that"
                " are much larger than the input.",
            ), f"{of} went over a limit"
        if answer.ending is Ending.DIED:
            return _failed(
                f"{of} ended the Python process: {self._ending(answer)}.",
                where,
                "Return a value instead of ending the process; if you did not end it,"
                " look for a very large array or for code outside Python.",
            ), f"{of} ended the process"
        note = "" if self._hidden or not answer.note else f": {answer.note}"
        return _failed(
            f"{of} did not give a value that can be graded{note}.",
            where,
            "Return plain numbers and arrays of a reasonable size.",
        ), f"{of} gave nothing that can be read"

    def _ending(self, answer: Answer) -> str:
        """How a process ended; for a hidden check without the number it chose."""
        if not self._hidden:
            return answer.note
        itself = "exit status" in answer.note
        return "it ended itself" if itself else "it was ended by a signal"

    def _explain_error(self, answer: Answer, of: str, name: str) -> tuple[Finding, str]:
        error = answer.error
        assert error is not None
        where = self.location(name)
        if error.line is not None:
            where = f"{self._filename}:{error.line}"
            if error.function and error.function != "<module>":
                where += f", in {error.function}"
        if _not_written(answer):
            lesson = self._lessons.get(name)
            fix = f"Write it: {lesson}." if lesson else "Write it."
            return _failed(f"{of} is not written yet.", where, fix), (
                f"{of} is not written yet"
            )
        kind = shown_error_type(error.type, hidden=self._hidden)
        message = textwrap.shorten(error.message, MAX_MESSAGE, placeholder=" ...")
        text = "" if self._hidden or not message else f": {message}"
        line = f" The line is `{error.source}`." if error.source else ""
        limit = f" The limit is {answer.note}." if answer.note else ""
        what = f"{of} raised {kind}{text.rstrip('.')}.{limit}{line}"
        return _failed(what, where, advice_for(error.type)), f"{of} raised {kind}"

    def _require_callable(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        entry = self._functions.get(name)
        if not isinstance(entry, dict):
            near = difflib.get_close_matches(name, map(str, self._functions), n=1)
            self._stopped[name] = f"`{name}` is missing"
            raise Verdict(
                _failed(
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
                _failed(
                    f"`{name}` cannot be called as the task says: {problem}.",
                    self.location(name),
                    "Give it the parameters of the stub, in the same order.",
                )
            )

    def _parameter_names(self, name: str) -> list[str]:
        entry = self._functions.get(name)
        rows = _rows(entry.get("parameters")) if isinstance(entry, dict) else None
        return [f"`{row[0]}`" for row in rows or []]


def signature_problem(
    parameters: Any, num_args: int, kwargs: Mapping[str, Any]
) -> str | None:
    """Why a call does not fit a signature; None if it fits or is unknown.

    >>> signature_problem([["x", "POSITIONAL_OR_KEYWORD", False]], 2, {})
    'it takes 1 positional argument and gets 2'
    """
    rows = _rows(parameters)
    if rows is None:
        return None
    kinds = [kind for _, kind, _ in rows]
    positional = [row for row in rows if row[1].startswith("POSITIONAL")]
    if num_args > len(positional) and "VAR_POSITIONAL" not in kinds:
        noun = "argument" if len(positional) == 1 else "arguments"
        return f"it takes {len(positional)} positional {noun} and gets {num_args}"
    names = {row[0] for row in rows}
    unknown = [key for key in kwargs if key not in names]
    if unknown and "VAR_KEYWORD" not in kinds:
        return f"it has no parameter `{unknown[0]}`"
    filled = [name for name, _, _ in positional[:num_args]]
    missing = [
        name
        for name, kind, has_default in rows
        if not (has_default or kind.startswith("VAR") or name in [*kwargs, *filled])
    ]
    return f"it also asks for `{missing[0]}`" if missing else None


def _rows(parameters: Any) -> list[tuple[str, str, bool]] | None:
    """`(name, kind, has a default)` of each parameter; None if that is unknown."""
    if not isinstance(parameters, list):
        return None
    rows = [row for row in parameters if isinstance(row, list) and len(row) == 3]
    return [(str(name), str(kind), default is True) for name, kind, default in rows]


def _not_written(answer: Answer) -> bool:
    return answer.error is not None and answer.error.type == "NotImplementedError"


def _failed(what: str, where: str, fix: str) -> Finding:
    return Finding(outcome=Outcome.FAILED, what=what, where=where, fix=fix)
