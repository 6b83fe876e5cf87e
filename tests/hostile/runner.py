"""Grades an attack between two honest submissions, and lists what went wrong."""

import os
import shutil
import socket
import stat
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from graders.assignments import Listing
from graders.checks import load_suite
from graders.intake import read_submission
from graders.loading import Assignment
from graders.pipeline import grade
from graders.records import Outcome, Record
from graders.rubric import read_rubric
from graders.sandbox import Sandbox, Walls
from tests.hostile import host
from tests.hostile.cards import Attack, Card
from tests.hostile.exercise import forms, hidden_arrays
from tests.hostile.outside import REPO, Outside
from tests.hostile.reports import faults_of, rendered, told
from tests.hostile.spying import Received, spying

EXERCISE = Path(__file__).resolve().parent / "exercise"
HONEST_DEADLINE_S = 60.0
_SPARSE_BYTES = 1 << 40
_TASKS = ("A0.1", "A0.2", "A0.3", "A0.4")


def load_exercise() -> Assignment:
    """The assignment in `exercise/`."""
    rubric = read_rubric(EXERCISE / "rubric.yaml")
    listing = Listing(
        name=rubric.assignment,
        names=rubric.names,
        title=rubric.title,
        file=rubric.file,
        points=rubric.points,
        folder=EXERCISE,
    )
    suite = load_suite("tests.hostile.exercise")
    return Assignment(
        listing=listing, rubric=rubric, suite=suite, calibration=None, provided={}
    )


@dataclass
class Arena:
    """One sandbox, with an honest submission for comparison."""

    sandbox: Sandbox
    walls: Walls
    assignment: Assignment
    outside: Outside
    proof: tuple[str, ...] = _TASKS
    """Tasks of the honest submission, first and last."""
    _honest_so_far: bool = field(default=False, init=False)
    _usual: int = field(default=0, init=False)

    def __enter__(self) -> Self:
        problems = self.grade_honestly(self.proof)
        self._usual = len(host.processes_of(self.sandbox.bundle.root))
        if problems:
            self.sandbox.close()
        assert not problems, problems
        return self

    def __exit__(self, *error: object) -> None:
        closed = self.sandbox.closed
        problems = [] if closed else self.grade_honestly(self.proof)
        self.sandbox.close()
        assert not problems, problems

    def attempt(self, attack: Attack) -> list[str]:
        """Grades an attack; everything that it should not have come to."""
        if not self._honest_so_far:
            before = self.grade_honestly(attack.card.tasks)
            if before:
                return [f"before the attack: {problem}" for problem in before]
        problems = self._attack(attack)
        self._honest_so_far = False
        after = self.grade_honestly(("A0.1", "A0.2", *attack.card.tasks))
        self._honest_so_far = not after
        return problems + [f"after the attack: {problem}" for problem in after]

    def grade_honestly(self, tasks: Iterable[str]) -> list[str]:
        """What the reference solution lost; nothing, if all is well."""
        return self.losses_of(EXERCISE / "reference.py", tasks)

    def losses_of(self, path: Path, tasks: Iterable[str]) -> list[str]:
        """Grades a right solution; its unpassed findings."""
        record = self._graded(path, sorted(set(tasks)), HONEST_DEADLINE_S)
        if record is None:
            return ["an honest submission took too long"]
        return [
            f"an honest submission lost {finding.check}: {finding.what}"
            for finding in record.findings
            if finding.outcome is not Outcome.PASSED
        ] + self._wrong_tier(record)

    def _attack(self, attack: Attack) -> list[str]:
        root = self.sandbox.bundle.root
        path = hand_in(attack, self.outside)
        planted, packages = self.outside.state(), host.packages()
        shared = host.shared_memory(self.outside.token)
        running = set(host.processes_of(root))
        self._usual = max(self._usual, len(running))
        standing = host.standing(root)
        self.outside.heard()
        problems: list[str] = []
        with spying() as received:
            for _ in range(attack.card.times):
                record = self._graded(path, attack.card.tasks, attack.card.deadline_s)
                if record is None:
                    problems.append(f"it took over {attack.card.deadline_s:g} s")
                    break
                problems += _judged_wrongly(attack.card, record)
                problems += self._wrong_tier(record)
                problems += _reported_wrongly(
                    attack.card, record, self._secrets(attack)
                )
        problems += _leaked(received, self._secrets(attack))
        problems += host.new_processes(root, running, self._usual)
        problems += _differences("planted", planted, self.outside.state())
        problems += _differences("package", packages, _old_or_ours(packages))
        left = host.shared_memory(self.outside.token) - shared
        problems += [f"it left {name}" for name in sorted(left)]
        problems += _stands_otherwise(standing, host.standing(root))
        if received.lost_zygotes:
            problems.append("a zygote was ended from within")
        problems += self.outside.heard()
        host.remove_leftovers(self.outside.token)
        return problems

    def _graded(
        self, path: Path, tasks: Iterable[str], deadline_s: float
    ) -> Record | None:
        """The record; None if it was not there in time, and the sandbox is closed."""
        submission = read_submission(path, "student_a")
        pool = ThreadPoolExecutor(max_workers=1)
        grading: Future[Record] = pool.submit(
            grade, submission, self.assignment, self.sandbox, tasks=list(tasks), lanes=1
        )
        try:
            return grading.result(timeout=deadline_s)
        except TookTooLong:
            self.sandbox.close()
            return None
        finally:
            pool.shutdown(wait=False)

    def _wrong_tier(self, record: Record) -> list[str]:
        tier = record.tier
        return [] if tier == self.walls.tier else [f"it was graded in tier {tier}"]

    def _secrets(self, attack: Attack) -> dict[str, str]:
        """What may come back from no worker, and stand in no report."""
        secrets = {
            **self.outside.canaries,
            "hidden value": hidden_arrays.IN_THIS_PROCESS,
            "hidden check": hidden_arrays.IN_THIS_FILE,
        }
        if b"@REPO@" not in attack.text:
            secrets["path of the hidden checks"] = str(REPO / "tests" / "hostile")
        return secrets


def hand_in(attack: Attack, outside: Outside) -> Path:
    """Puts the file of an attack where submissions lie, in the form its card says."""
    values = outside.values()
    folder = Path(values["HANDED_IN"])
    shutil.rmtree(folder)
    folder.mkdir()
    path = folder / os.fsdecode(attack.card.filename.encode("utf-8", "surrogateescape"))
    match attack.card.form:
        case "file":
            path.write_bytes(attack.filled_in(values))
            path.chmod(0o666)
        case "symlink":
            path.symlink_to(values["CANARY_FILE"])
        case "fifo":
            os.mkfifo(path)
        case "socket":
            with socket.socket(socket.AF_UNIX) as listener:
                listener.bind(str(path))
        case "directory":
            path.mkdir()
        case "device":
            path.symlink_to("/dev/zero")
        case "sparse":
            with path.open("wb") as file:
                file.truncate(_SPARSE_BYTES)
    folder.chmod(stat.S_IRWXU | stat.S_IRWXG | stat.S_IRWXO)
    return path


def _judged_wrongly(card: Card, record: Record) -> list[str]:
    due = {item.id: item.points for item in record.score.items}
    findings = told(record.findings)
    problems = []
    if isinstance(card.points, dict):
        problems += [
            f"{task} got {due[task]:g} points instead of {points:g}: {findings}"
            for task, points in card.points.items()
            if due[task] != points
        ]
    elif record.score.points != card.points:
        problems.append(
            f"it got {record.score.points:g} points instead of {card.points:g}:"
            f" {findings}"
        )
    if any(finding.outcome is Outcome.BROKEN for finding in record.findings):
        problems.append(f"a check could not be decided: {findings}")
    problems += [
        f"no finding says {t!r}: {findings}" for t in card.says if t not in findings
    ]
    return problems


def _reported_wrongly(card: Card, record: Record, secrets: dict[str, str]) -> list[str]:
    problems = faults_of(record)
    shown = "\n".join([told(record.findings), *rendered(record)])
    for text in card.says_not:
        if text in shown:
            problems.append(f"it is told {text!r}: {told(record.findings)}")
    hidden = {
        "a hidden input": f"{forms.HIDDEN_NUMBER}",
        "a hidden answer": f"{forms.HIDDEN_TOTAL}",
    }
    for name, text in {**secrets, **hidden}.items():
        if text in shown:
            problems.append(f"a report shows {name}")
    return problems


def _leaked(received: Received, secrets: dict[str, str]) -> list[str]:
    return [f"a worker sent the {k}" for k, text in secrets.items() if text in received]


def _old_or_ours(before: dict[str, str]) -> dict[str, str]:
    """The packages now; somebody else may be installing another one meanwhile."""
    return {
        name: state
        for name, state in host.packages().items()
        if name in before or "hostile" in name
    }


def _stands_otherwise(
    before: list[dict[str, str]], after: list[dict[str, str]]
) -> list[str]:
    """A worker whose limits, priority or place are like those of none before."""
    usual = before[0] if before else {}
    return [
        f"a worker stands otherwise in {name}: {usual.get(name)} -> {value}"
        for standing in after
        if standing not in before
        for name, value in standing.items()
        if usual.get(name) != value
    ]


def _differences(of: str, before: dict[Any, Any], after: dict[Any, Any]) -> list[str]:
    return [
        f"{of} {name!s} changed: {before.get(name)} -> {after.get(name)}"
        for name in sorted({*before, *after}, key=str)
        if before.get(name) != after.get(name)
    ]
