"""The finding for an answer that is no value: what happened, where, what to do."""

import textwrap
from collections.abc import Callable, Mapping

from graders.checks.advice import advice_for, shown_error_type
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


class Explainer:
    """Words for what a submission did instead of returning.

    Args:
        filename: name of the submission's file.
        location: `cnn.py:41` of a function, by its name.
        hidden: whether exception texts are kept back.
        check_s: gives the time limit of the check that runs.
        lessons: where a function that is not written yet is taught.
    """

    def __init__(
        self,
        *,
        filename: str,
        location: Callable[[str], str],
        hidden: bool,
        check_s: Callable[[], float],
        lessons: Mapping[str, str],
    ) -> None:
        self._filename, self._location, self._hidden = filename, location, hidden
        self._check_s, self._lessons = check_s, lessons

    def explain(self, answer: Answer, of: str, name: str) -> tuple[Finding, str]:
        """The finding for an answer that is no value, and the reason in brief."""
        if answer.ending is Ending.LOST:
            return Finding(
                outcome=Outcome.BLOCKED,
                what="Not run, because the worker that held the model has ended.",
            ), ""
        if answer.ending is Ending.RAISED:
            return self._explain_error(answer, of, name)
        where = self._location(name)
        if answer.ending is Ending.MISSING and "." in name:
            return failed_finding(
                f"There is no method {of}.", where, "Add it as the stub has it."
            ), f"{of} is missing"
        if answer.ending is Ending.MISSING:
            return failed_finding(
                f"{of} is not a function any more when it is called.",
                where,
                "Do not replace or delete it while the file runs.",
            ), f"{of} is missing"
        if answer.ending is Ending.TIMED_OUT:
            line = f"{self._filename}:{answer.line}" if answer.line else where
            limit = f"{self._check_s():g} s"
            return failed_finding(
                f"{of} did not return within the time limit of {limit} a check.",
                line,
                "Look for a loop that never ends, or for loops over single pixels"
                " where one NumPy call would do.",
            ), f"{of} did not return in time"
        if answer.ending is Ending.FLOODED:
            return failed_finding(
                f"{of} printed more than the limit of {answer.note} KiB.",
                where,
                "Remove the print calls inside loops.",
            ), f"{of} printed too much"
        if answer.ending is Ending.EXCEEDED:
            line = f"{self._filename}:{answer.line}" if answer.line else where
            return failed_finding(
                f"{of} took more than the limit of {answer.note}.",
                line,
                "Look for arrays, files or processes that are made in a loop, or that"
                " are much larger than the input.",
            ), f"{of} went over a limit"
        if answer.ending is Ending.DIED:
            return failed_finding(
                f"{of} ended the Python process: {self._ending(answer)}.",
                where,
                "Return a value instead of ending the process; if you did not end it,"
                " look for a very large array or for code outside Python.",
            ), f"{of} ended the process"
        note = "" if self._hidden or not answer.note else f": {answer.note}"
        return failed_finding(
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
        where = self._location(name)
        if error.line is not None:
            where = f"{self._filename}:{error.line}"
            if error.function and error.function != "<module>":
                where += f", in {error.function}"
        if not_written(answer):
            lesson = self._lessons.get(name) or self._lessons.get(name.split(".")[0])
            fix = f"Write it: {lesson}." if lesson else "Write it."
            return failed_finding(f"{of} is not written yet.", where, fix), (
                f"{of} is not written yet"
            )
        kind = shown_error_type(error.type, hidden=self._hidden)
        message = textwrap.shorten(error.message, MAX_MESSAGE, placeholder=" ...")
        text = "" if self._hidden or not message else f": {message}"
        line = f" The line is `{error.source}`." if error.source else ""
        limit = f" The limit is {answer.note}." if answer.note else ""
        what = f"{of} raised {kind}{text.rstrip('.')}.{limit}{line}"
        return failed_finding(
            what, where, advice_for(error.type)
        ), f"{of} raised {kind}"


def stops_a_function(answer: Answer) -> bool:
    """Whether the function is not worth asking again."""
    return answer.ending in _STOPPING


def not_written(answer: Answer) -> bool:
    """Whether it is as the stub has it."""
    return answer.error is not None and answer.error.type == "NotImplementedError"


def failed_finding(what: str, where: str, fix: str) -> Finding:
    """What did not work, where, and what to do."""
    return Finding(outcome=Outcome.FAILED, what=what, where=where, fix=fix)
