"""`@check` and `@fixture`: marks on plain functions, collected by `load_suite`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from graders.records import Finding

CheckFunction = Callable[..., Finding | Iterator[Finding]]
_MARK = "__survival_school_check__"
_FIXTURE = "__survival_school_fixture__"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A function that judges one behaviour.

    Args:
        id: `A2.2.uneven_strides`: the task and the function's name.
        task: the rubric item it gives points to.
        title: one sentence, shown to the student.
        hidden: whether its inputs are kept from the student.
        needs: ids of checks that must have passed; otherwise it is blocked.
        function: the body; its parameters name fixtures.
    """

    id: str
    task: str
    title: str
    hidden: bool
    needs: tuple[str, ...]
    function: CheckFunction


@dataclass(frozen=True, slots=True)
class CheckMark:
    """What `@check` was given."""

    task: str
    title: str
    needs: tuple[str, ...]


def check(
    task: str, *, title: str, needs: Iterable[str] = ()
) -> Callable[[CheckFunction], CheckFunction]:
    """Marks a function as a check of one task.

    The body returns a finding, or yields several: the first that is not passed
    ends the check. It stays a plain function, so a test calls it directly.

    Args:
        task: id of the rubric item, `A2.2`.
        title: one sentence that says what is checked.
        needs: names of earlier checks of the same task in the same file.
    """

    def mark(function: CheckFunction) -> CheckFunction:
        setattr(function, _MARK, CheckMark(task, title, tuple(needs)))
        return function

    return mark


def fixture(function: Callable[..., Any]) -> Callable[..., Any]:
    """Marks a function whose result several checks of a group share.

    It is called once per group, when the first check asks for it by name. A fixture
    that fails fails that check, and blocks the others that ask for it.
    """
    setattr(function, _FIXTURE, True)
    return function


def collect_checks(namespace: dict[str, Any], *, hidden: bool) -> tuple[Check, ...]:
    """The checks of a module, in the order in which they are written."""
    return tuple(
        Check(
            id=f"{mark.task}.{function.__name__}",
            task=mark.task,
            title=mark.title,
            hidden=hidden,
            needs=tuple(f"{mark.task}.{name}" for name in mark.needs),
            function=function,
        )
        for function in namespace.values()
        if (mark := getattr(function, _MARK, None)) is not None
    )


def collect_fixtures(namespace: dict[str, Any]) -> dict[str, Callable[..., Any]]:
    """The fixtures that a module defines or imports, by name."""
    return {
        name: value
        for name, value in namespace.items()
        if callable(value) and getattr(value, _FIXTURE, False) is True
    }
