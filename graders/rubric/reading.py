"""Reads `rubric.yaml`: closed keys, sums checked, errors with their line."""

from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from graders.records import Stage
from graders.rubric.policy import Policy
from graders.yaml_files import WrongValue, read_closed_yaml


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


# No path: it is put beside the submission under this name.
ProvidedName = Annotated[str, Field(pattern=r"^[a-z0-9_]+\.[a-z0-9]+$")]


class TaskLimits(_Closed):
    """Ceilings for one submission, as `graders.sandbox.Limits` has them.

    Those that a rubric leaves out are as they are there.
    """

    load_s: float = Field(gt=0)
    check_s: float = Field(gt=0)
    submission_s: float = Field(gt=0)
    cpu_s: int | None = Field(default=None, gt=0)
    memory_mib: int = Field(ge=512)
    disk_mib: int | None = Field(default=None, ge=1)
    files: int | None = Field(default=None, ge=64)
    processes: int | None = Field(default=None, ge=32)
    output_kib: int = Field(ge=16)


class Task(_Closed):
    """One item of the rubric.

    Args:
        id: `A2.2`.
        title: what the student writes.
        points: must equal the sum over its checks.
        functions: the functions it asks for, each with where it is taught.
        checks: points per check, by the check's name without the task.
        check_s: seconds for one of its checks, instead of the limit for all.
        packages: what its checks need imported, beside the packages of all tasks.
        bonus: whether its points come on top of those of the rubric.
    """

    id: str = Field(pattern=r"^A\d+\.\d+$")
    title: str
    points: float = Field(gt=0)
    functions: dict[str, str]
    checks: dict[str, float] = Field(min_length=1)
    check_s: float | None = Field(default=None, gt=0)
    packages: tuple[str, ...] = ()
    bonus: bool = False

    @model_validator(mode="after")
    def _points_add_up(self) -> Self:
        total = round(sum(self.checks.values()), 6)
        if total != self.points:
            raise _wrong_sum(self.points, "the checks", total)
        return self


class ManualItem(_Closed):
    """One item that a person grades. Its points are a part of the rubric's.

    Args:
        id: `A2.M1`.
        title: what is looked at.
        points: that can be had.
        levels: words for some numbers of points, for whoever grades.
    """

    id: str = Field(pattern=r"^A\d+\.M\d+$")
    title: str
    points: float = Field(gt=0)
    levels: dict[float, str] = {}

    @model_validator(mode="after")
    def _levels_lie_within(self) -> Self:
        for level in self.levels:
            if not 0 <= level <= self.points:
                raise WrongValue(
                    f"{self.id} has a level of {level:g}, and {self.points:g} points",
                    f"Give every level from 0 to {self.points:g} points.",
                    at="levels",
                )
        return self


class Gate(_Closed):
    """A threshold on something that is measured: an accuracy, a loss.

    Args:
        task: whose points depend on it.
        of: what is measured, as a sentence begins: "The accuracy on new digits".
        at_least: the smallest value that is enough.
        at_most: or the largest one.
    """

    task: str
    of: str
    at_least: float | None = None
    at_most: float | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("give either at_least or at_most")
        return self

    @property
    def bound(self) -> float:
        """The threshold, whichever way it points."""
        bound = self.at_least if self.at_least is not None else self.at_most
        assert bound is not None
        return bound


class StyleItem(_Closed):
    """What the style of a file is worth.

    Args:
        stage: whose rules are asked for.
        points: none, if the findings are advice.
        per_finding: points that a finding costs; less than none is never given.
    """

    stage: Stage
    points: float = Field(default=0, ge=0)
    per_finding: float = Field(default=0.5, gt=0)


class Rubric(_Closed):
    """Points and limits of an assignment. Students read this file.

    Args:
        schema_: version of the file format.
        assignment: name of its folder.
        names: other names the command line understands.
        version: raised whenever a mark could change; `marks_sha256` tells.
        title: what it is about.
        file: the file that students hand in.
        packages: what a worker of every task imports before a submission is loaded.
        provides: files of its folder that a submission may import or read.
        points: must equal the sum over the tasks that are no bonus, the manual items
            and the style.
        limits: ceilings of one submission.
        gates: thresholds on measured values, by name.
        tasks: in the order in which they are shown.
        manual: what a person grades.
        style: nothing is said of style if it is left out.
        policy: nothing is ever late, and the last attempt counts, if it is left out.
    """

    schema_: int = Field(alias="schema", ge=1, le=1)
    assignment: str
    names: tuple[str, ...]
    version: int = Field(ge=1)
    title: str
    file: str = Field(pattern=r"^[a-z0-9_]+\.py$")
    packages: tuple[str, ...] = ()
    provides: tuple[ProvidedName, ...] = ()
    points: float = Field(gt=0)
    limits: TaskLimits
    gates: dict[str, Gate] = {}
    tasks: tuple[Task, ...] = Field(min_length=1)
    manual: tuple[ManualItem, ...] = ()
    style: StyleItem | None = None
    policy: Policy | None = None

    @model_validator(mode="after")
    def _items_add_up(self) -> Self:
        of_tasks = [task.points for task in self.tasks if not task.bonus]
        of_manual = [item.points for item in self.manual]
        of_style = self.style.points if self.style else 0
        total = round(sum([*of_tasks, *of_manual, of_style]), 6)
        if total != self.points:
            has_bonus = len(of_tasks) < len(self.tasks)
            parts = ["the tasks that are no bonus" if has_bonus else "the tasks"]
            parts += ["the manual items"] * bool(of_manual)
            parts += ["the style"] * bool(of_style)
            *before, last = parts
            words = f"{', '.join(before)} and {last}" if before else last
            raise _wrong_sum(self.points, words, total)
        return self

    @model_validator(mode="after")
    def _names_are_clear(self) -> Self:
        ids = [task.id for task in self.tasks]
        if len(set(ids)) != len(ids):
            raise ValueError("two tasks have the same id")
        # An id of a task is never one of these: their forms differ.
        if len({item.id for item in self.manual}) != len(self.manual):
            raise ValueError("two manual items have the same id")
        for name, gate in self.gates.items():
            if gate.task not in ids:
                raise ValueError(f"the gate {name} names no task: {gate.task}")
        return self

    def packages_of(self, tasks: Collection[str]) -> tuple[str, ...]:
        """What must be imported for some tasks together, each once, in order."""
        packages = list(self.packages)
        for task in self.tasks:
            if task.id in tasks:
                packages += task.packages
        return tuple(dict.fromkeys(packages))

    def lessons(self) -> dict[str, str]:
        """Where each function is taught."""
        return {
            name: lesson
            for task in self.tasks
            for name, lesson in task.functions.items()
        }


def _wrong_sum(says: float, parts: str, total: float) -> WrongValue:
    return WrongValue(
        f"points says {says:g}, but {parts} add up to {total:g}",
        "Change this number, or those it is the sum of.",
        at="points",
    )


def read_rubric(path: Path) -> Rubric:
    """Reads a rubric.

    Raises:
        AssignmentError: if the file is wrong, with the line.
    """
    return read_closed_yaml(path, Rubric)
