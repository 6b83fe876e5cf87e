"""Validations as they could have come out, without grading anything."""

from pathlib import Path
from typing import Any

from graders.assignments import Listing
from graders.checks import Suite
from graders.loading import Assignment
from graders.records import Outcome
from graders.rubric.calibration import Calibration, GateCalibration, Rate, Sample
from graders.rubric.reading import Gate, Rubric, Task, TaskLimits
from graders.validation.killing import Case, Drawn, Fate
from graders.validation.mutating import Mutant
from graders.validation.solutions import Role, Solution
from graders.validation.trials import Told, Trial
from graders.validation.validating import Plan, Validation

PLAN: dict[str, Any] = {
    **{"seeds": 2, "catalogue": True, "generated": True, "limit": 3},
    **{"workers": 1, "calibrate": False},
}


def an_assignment(**gates: Gate) -> Assignment:
    """Two tasks of 5 points; its folders do not exist."""
    tasks = tuple(
        Task(
            id=f"A9.{number}",
            title="A task",
            points=5,
            functions={f"f{number}": "lesson L01"},
            checks={"values": 5},
        )
        for number in (2, 10)
    )
    rubric = Rubric(
        schema=1,
        assignment="assignment9_small",
        names=("assignment9",),
        version=1,
        title="Something small",
        file="small.py",
        points=10,
        limits=TaskLimits(
            load_s=1, check_s=1, submission_s=1, memory_mib=512, output_kib=16
        ),
        gates=gates,
        tasks=tasks,
    )
    folder = Path("nowhere", "assignment9_small")
    return Assignment(
        listing=Listing(
            name="assignment9_small",
            names=("assignment9",),
            title="Something small",
            file="small.py",
            points=10,
            folder=folder,
        ),
        rubric=rubric,
        suite=Suite(
            name="nowhere.assignment9_small",
            folder=folder,
            groups={},
            fixtures={},
            catalogue={},
            sha256="0" * 16,
            group_sha256={},
            data_sha256=lambda: "1" * 16,
            preparations={},
        ),
        calibration=None,
        provided={},
    )


def told(check: str = "A9.2.values", **parts: Any) -> Told:
    """One finding; failed by a wrong value, if nothing else is said."""
    defaults: dict[str, Any] = {
        "task": check.rsplit(".", 1)[0],
        "outcome": Outcome.FAILED,
        "what": "`f` returned a wrong value.",
    }
    return Told(check=check, **{**defaults, **parts})


def passed(check: str = "A9.2.values", **parts: Any) -> Told:
    return told(check, outcome=Outcome.PASSED, what="", **parts)


def trial(*findings: Told, solution: str = "reference.py", **parts: Any) -> Trial:
    """Full marks, if no finding is given."""
    lost = any(one.lost for one in findings)
    defaults: dict[str, Any] = {
        **{"seed": 0, "points": 5.0 if lost else 10.0, "max_points": 10.0},
        "seconds": 1.5,
    }
    return Trial(
        solution=solution,
        findings=findings or (passed(), passed("A9.10.values")),
        **{**defaults, **parts},
    )


def measured(value: float, *, solution: str = "reference.py", **parts: Any) -> Trial:
    """A trial in which the gate `accuracy` measured a value."""
    return trial(
        passed("A9.10.values", measured=(("accuracy", value),)),
        solution=solution,
        **parts,
    )


def mutant(number: int = 1, **parts: Any) -> Mutant:
    defaults: dict[str, Any] = {
        "id": f"numpy.sign:f2:{number:08x}",
        "operator": "numpy.sign",
        "family": "numpy",
        "function": "f2",
        "line": 3,
        "description": "`a - b` became `a + b`",
        "source": "def f2(a, b):\n    return a + b\n",
        "diff": "@@ -1,2 +1,2 @@\n def f2(a, b):\n"
        "-    return a - b\n+    return a + b\n",
        "reached_by": ("f2",),
    }
    return Mutant(**{**defaults, **parts})


def case(
    fate: Fate = Fate.SURVIVED,
    *findings: Told,
    tasks: tuple[str, ...] = ("A9.2",),
    number: int = 1,
    original: str = "reference.py",
    reason: str = "",
    confirmed: bool = False,
    **changed: Any,
) -> Case:
    """A mutant that was graded; its findings are those of its fate."""
    made = mutant(number, **changed)
    if not findings and fate is Fate.KILLED:
        findings = (told(),)
    if not findings and fate is Fate.UNDECIDED:
        findings = (told(outcome=Outcome.BROKEN),)
    name = f"{original}#{made.id}"
    return Case(
        mutant=made,
        original=original,
        solution=Solution(
            name=name, role=Role.GENERATED, source=made.source, tasks=tasks
        ),
        trial=trial(*findings, solution=name),
        fate=fate,
        reason=reason,
        confirmed=confirmed,
    )


def gate_calibration(**parts: Any) -> GateCalibration:
    defaults: dict[str, Any] = {
        **{"bound": 0.8, "spread": 0.01},
        "false_fail": Rate(count=0, of=4, low=0.0, high=0.4899),
        "false_pass": Rate(count=1, of=2, low=0.0945, high=0.9055),
        "right": (
            Sample(solution="reference.py", values=(0.95, 0.96)),
            Sample(solution="wheats/loops.py", values=(0.91, 0.97)),
        ),
        "wrong": (Sample(solution="mutants/no_bias.py", values=(0.42, 0.85)),),
    }
    return GateCalibration(**{**defaults, **parts})


def calibration(**gates: GateCalibration) -> Calibration:
    return Calibration(
        schema=1,
        date="2026-01-02",
        versions={"keras": "3"},
        seeds=2,
        gates=gates or {"accuracy": gate_calibration()},
    )


def validation(*cases: Case, **parts: Any) -> Validation:
    """Accepted, if no problem is given."""
    known = Solution(
        name="mutants/no_bias.py",
        role=Role.CATALOGUE,
        source="",
        task="A9.10",
        misconception="no_bias",
    )
    lost = told("A9.10.values", misconception="no_bias")
    defaults: dict[str, Any] = {
        "assignment": an_assignment(
            accuracy=Gate(task="A9.10", of="The accuracy", at_least=0.8)
        ),
        "plan": Plan(**{**PLAN, "generated": bool(cases)}),
        "right": (trial(), trial(seed=1), trial(solution="wheats/loops.py")),
        "stub": trial(told(), told("A9.10.values"), solution="small.py", points=0.0),
        "catalogue": ((known, trial(lost, solution=known.name)),),
        "cases": cases,
        "drawn": {"reference.py": Drawn(40, len(cases))} if cases else {},
        "calibration": calibration(),
        "problems": (),
        **{"gradings": 1234, "reused": 0, "seconds": 75.2},
    }
    return Validation(**{**defaults, **parts})
