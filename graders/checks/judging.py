"""Runs the checks of one group, in order, each to exactly one finding."""

import hashlib
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from loguru import logger

from graders.checks.budget import Budget
from graders.checks.catalogue import Catalogue
from graders.checks.check import Check
from graders.checks.gate import Gate, Gates
from graders.checks.recording import Recorder
from graders.checks.student import Student, Verdict
from graders.errors import NeverAsked, WorkerUnavailable
from graders.records import Answer, Ending, Finding, Outcome

_OUR_OWN = (NeverAsked, WorkerUnavailable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What the checks of one group work with.

    Args:
        student_room: recorder of the submission's worker.
        clean_room: recorder of a worker without student code.
        filename: name of the submission's file.
        fixtures: shared steps, by name.
        catalogue: misconceptions, by id.
        gates: thresholds on measured values, by name.
        lessons: where each function is taught.
        budget: seconds left.
        seed: of the whole grading.
        load_s: seconds for importing the file.
    """

    student_room: Recorder
    clean_room: Recorder
    filename: str
    fixtures: Mapping[str, Callable[..., Any]]
    catalogue: Catalogue
    gates: Mapping[str, Gate]
    lessons: Mapping[str, str]
    budget: Budget
    seed: int
    load_s: float


def judge(
    checks: Iterable[Check], bench: Bench, done: Callable[[Finding], None]
) -> list[Finding]:
    """One finding per check, in order; `done` hears of each as it is made.

    Raises:
        WorkerUnavailable: if no worker can be started.
        NeverAsked: if this is a replay, and the record does not hold an answer.
    """
    checks = list(checks)
    if not checks:
        return []
    bench.student_room.check = "load"
    loaded = bench.student_room.ask({"ask": "load"}, bench.load_s)
    if loaded.ending is not Ending.RETURNED:
        finding = explain_load(loaded, bench)
        return [_told(done, _for_check(finding, check)) for check in checks]
    functions = loaded.value if isinstance(loaded.value, dict) else {}
    titles = {check.id: check.title for check in checks}
    group = _Group(bench, functions, titles)
    return [_told(done, group.run(check)) for check in checks]


class _Group:
    """The findings and the fixtures so far."""

    def __init__(
        self, bench: Bench, functions: Mapping[str, Any], titles: Mapping[str, str]
    ) -> None:
        self._bench, self._functions = bench, functions
        self._outcomes: dict[str, Outcome] = {}
        self._titles = dict(titles)
        self._values: dict[str, Any] = {}
        self._gates = Gates(bench.gates, bench.seed, bench.budget.renew)
        self._student: Student | None = None

    def run(self, check: Check) -> Finding:
        bench = self._bench
        bench.student_room.check = bench.clean_room.check = check.id
        bench.budget.start_check(check.task)
        student = self._student = self._student or self._new_student(check.hidden)
        finding = self._blocked(check) or self._run_body(check, student)
        self._outcomes[check.id] = finding.outcome
        if finding.outcome is Outcome.FAILED and not finding.where:
            finding = replace(finding, where=student.location())
        if finding.outcome is Outcome.FAILED and not check.hidden:
            finding = replace(finding, printed=student.printed)
        return self._gates.on(self._worded(_for_check(finding, check)))

    def _blocked(self, check: Check) -> Finding | None:
        if self._bench.budget.spent:
            return Finding(
                outcome=Outcome.BLOCKED,
                what="Not run, because the submission has used all of its"
                f" {self._bench.budget.submission_s:g} s.",
            )
        for needed in check.needs:
            if self._outcomes.get(needed) is not Outcome.PASSED:
                return Finding(
                    outcome=Outcome.BLOCKED,
                    what="Not run, because this check did not pass:"
                    f" {self._titles.get(needed, needed)}.",
                )
        return None

    def _run_body(self, check: Check, student: Student) -> Finding:
        try:
            # Whatever a submission returns may overflow in a comparison.
            with np.errstate(all="ignore"):
                return _first_unpassed(
                    check.function(**self._arguments(check, student))
                )
        except Verdict as verdict:
            return verdict.finding
        except _OUR_OWN:
            raise
        except Exception as error:
            logger.opt(exception=error).error("check {} is broken", check.id)
            return Finding(
                outcome=Outcome.BROKEN,
                what=f"This check could not be decided ({type(error).__name__}); the"
                " fault is the grader's and costs no points.",
                fix="Ask your teacher to look at it.",
                detail=str(error)[:500],
            )

    def _arguments(self, check: Check, student: Student) -> dict[str, Any]:
        return {
            name: self._resolve(name, check, student)
            for name in _parameters(check.function)
        }

    def _resolve(self, name: str, check: Check, student: Student) -> Any:
        match name:
            case "student":
                return student
            case "clean_room":
                return self._bench.clean_room
            case "gates":
                return self._gates
            case "rng":
                return check_rng(self._bench.seed, check.id)
            case "seed":
                return self._bench.seed
        return self._fixture(name, check, student)

    def _fixture(self, name: str, check: Check, student: Student) -> Any:
        if name not in self._values:
            function = self._bench.fixtures[name]
            try:
                self._values[name] = function(
                    **{
                        part: self._resolve(part, check, student)
                        for part in _parameters(function)
                    }
                )
            except Verdict as verdict:
                what = f"Not run: {verdict.finding.what}"
                blocked = replace(
                    verdict.finding,
                    outcome=Outcome.BLOCKED,
                    what=what.replace("Not run: Not run", "Not run"),
                )
                self._values[name] = Verdict(blocked)
                raise
        value = self._values[name]
        if isinstance(value, Verdict):
            raise value
        return value

    def _new_student(self, hidden: bool) -> Student:
        bench = self._bench
        return Student(
            bench.student_room,
            filename=bench.filename,
            functions=self._functions,
            hidden=hidden,
            budget=bench.budget,
            seed=bench.seed,
            lessons=bench.lessons,
        )

    def _worded(self, finding: Finding) -> Finding:
        """With the hint of its misconception, if it has one."""
        known = self._bench.catalogue.get(finding.misconception or "")
        return replace(finding, fix=known.hint.strip()) if known else finding


@cache
def _parameters(function: Callable[..., Any]) -> tuple[str, ...]:
    """Names of what a check or a fixture asks for."""
    return tuple(inspect.signature(function).parameters)


def _first_unpassed(result: Finding | Iterator[Finding]) -> Finding:
    """What a body returned; of several findings, the first that is not passed."""
    findings = [result] if isinstance(result, Finding) else result
    unpassed = (f for f in findings if f.outcome is not Outcome.PASSED)
    return next(unpassed, Finding(outcome=Outcome.PASSED))


def check_rng(seed: int, check_id: str) -> np.random.Generator:
    """The generator of one check: the same for every submission.

    >>> float(check_rng(0, "A2.2.values").random()) < 1
    True
    """
    digest = hashlib.sha256(check_id.encode()).digest()
    return np.random.default_rng([seed, int.from_bytes(digest[:8], "big")])


def explain_load(answer: Answer, bench: Bench) -> Finding:
    """The finding for a file that could not be imported."""
    student = Student(
        bench.student_room,
        filename=bench.filename,
        functions={},
        hidden=False,
        budget=Budget(check_s=bench.load_s, submission_s=bench.load_s),
        seed=bench.seed,
        lessons={},
    )
    finding = student.explain(answer, "Importing your file")
    if answer.ending is Ending.TIMED_OUT:
        finding = replace(
            finding,
            what=f"Importing your file takes longer than {bench.load_s:g} s.",
            fix="Train and experiment under `if __name__ == '__main__':`, so that it"
            " does not happen when the file is imported.",
        )
    return finding


def _for_check(finding: Finding, check: Check) -> Finding:
    return replace(
        finding,
        check=check.id,
        task=check.task,
        title=check.title,
        hidden=check.hidden,
    )


def _told(done: Callable[[Finding], None], finding: Finding) -> Finding:
    done(finding)
    return finding
