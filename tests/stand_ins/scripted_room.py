"""A stand-in for a worker: answers from functions that a test writes."""

from collections.abc import Callable
from typing import Any

from graders.checks import Bench, Check, Recorder, Student, judge
from graders.checks.budget import Budget
from graders.records import Answer, Ending, Finding, Observation, StudentError


class ScriptedRoom:
    """Answers each kind of question by a function of the question."""

    def __init__(self, **answers: Callable[[dict[str, Any]], Any]) -> None:
        self._answers = answers
        self.asked: list[dict[str, Any]] = []

    def ask(self, question: dict[str, Any], seconds: float) -> Answer:
        self.asked.append(question)
        value = self._answers[question["ask"]](question)
        return value if isinstance(value, Answer) else returned(value)


def always(value: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda question: value


def returned(value: Any, **parts: Any) -> Answer:
    return Answer(ending=Ending.RETURNED, value=value, **parts)


def raised(kind: str, message: str = "", **parts: Any) -> Answer:
    error = StudentError(type=kind, message=message, **parts)
    return Answer(ending=Ending.RAISED, error=error)


def function(*names: str, line: int | None = 7, defaults: int = 0) -> dict[str, Any]:
    """What `load` says of a function with such parameters."""
    rows = [
        [name, "POSITIONAL_OR_KEYWORD", index >= len(names) - defaults]
        for index, name in enumerate(names)
    ]
    return {"parameters": rows, "line": line}


def make_student(
    room: ScriptedRoom,
    *,
    functions: dict[str, Any] | None = None,
    hidden: bool = False,
    check_s: float = 30.0,
    lessons: dict[str, str] | None = None,
) -> Student:
    return Student(
        room,
        filename="cnn.py",
        functions={"f": function("x")} if functions is None else functions,
        hidden=hidden,
        budget=Budget(check_s=check_s, submission_s=240),
        seed=0,
        lessons=lessons or {},
    )


def make_bench(
    student: ScriptedRoom, clean: ScriptedRoom | None = None, **options: Any
) -> Bench:
    kept: list[Observation] = []
    rooms = {"student": student, "clean": clean or ScriptedRoom()}
    recorders = {
        f"{name}_room": Recorder(room, group="public", room=name, kept=kept)
        for name, room in rooms.items()
    }
    defaults: dict[str, Any] = {
        "filename": "cnn.py",
        "fixtures": {},
        "catalogue": {},
        "gates": {},
        "lessons": {},
        "budget": Budget(check_s=30, submission_s=240),
        "seed": 0,
        "load_s": 30,
    }
    return Bench(**recorders, **{**defaults, **options})


def judged(checks: list[Check], bench: Bench) -> list[Finding]:
    return judge(checks, bench, lambda finding: None)
