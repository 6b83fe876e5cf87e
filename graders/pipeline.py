"""The flow, and the only file that knows the order.

files → intake → sandbox ═ worker ═ wire → checks → rubric → record
"""

import re
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from graders.checks import (
    Asks,
    Bench,
    Check,
    Recorder,
    Replay,
    is_public,
    judge,
)
from graders.checks.budget import Budget
from graders.errors import NeverAsked, UsageError, WorkerUnavailable
from graders.keys import record_key, recorded_versions, suite_key
from graders.loading import Assignment, calibrated_gates, rubric_limits
from graders.records import (
    Answer,
    Ending,
    Finding,
    Observation,
    Outcome,
    Record,
    Submission,
)
from graders.records.storing import PackedRecord, stored_answers
from graders.rubric import award
from graders.sandbox import (
    NO_WALLS,
    SENT_SIGNALS,
    Limits,
    Room,
    Sandbox,
    SyntaxProblem,
    Walls,
    find_syntax_problem,
)
from graders.style import judge_style, unreadable_style

_HEAVY_IMPORT = re.compile(r"^(?:import|from)\s+(?:keras|tensorflow)\b", re.MULTILINE)
_ATTEMPTS = 8
_KILLS_OF_ITS_OWN = 2
Progress = Callable[[Finding], None]


def open_sandbox(
    assignment: Assignment, *, walls: Walls = NO_WALLS, slots: int = 1
) -> Sandbox:
    """Workers for an assignment; a context manager.

    Args:
        assignment: whose packages they import.
        walls: what stands around them; none is for one's own code.
        slots: how many groups of checks can run at a time behind walls.
    """
    limits = rubric_limits(assignment.rubric)
    packages = assignment.rubric.packages
    return Sandbox(packages, walls=walls, slots=slots, limits=limits)


def grade(
    submission: Submission,
    assignment: Assignment,
    sandbox: Sandbox,
    *,
    seed: int = 0,
    public_only: bool = False,
    tasks: Collection[str] | None = None,
    lanes: int = 2,
    limits: Limits | None = None,
    progress: Progress = lambda finding: None,
) -> Record:
    """Grades one submission: observes, judges, awards.

    Args:
        submission: what was handed in.
        assignment: what judges it.
        sandbox: where its workers come from.
        seed: of the inputs that checks draw, and of every worker.
        public_only: whether to leave the hidden checks out, as a student must.
        tasks: ids of the tasks to grade; None for all.
        lanes: how many groups of checks run side by side.
        limits: ceilings, instead of the rubric's.
        progress: told of each finding as it is made.

    Raises:
        UsageError: if there is no such task.
        WorkerUnavailable: if no worker can be started.
    """
    started = time.monotonic()
    public_only = public_only or not assignment.suite.has_hidden
    groups = _groups(assignment, public_only=public_only, tasks=tasks)
    limits = limits or rubric_limits(assignment.rubric)
    problem = submission.problem or _parse(submission, sandbox)
    observations: list[Observation] = []
    if problem is not None:
        findings = _all_failed(groups, problem)
        style = _style(submission, assignment, tasks, readable=False)
    else:
        for checks in groups.values():
            sandbox.warm_up(_packages(assignment, checks, submission))
        assignment.suite.prepare(groups)
        style = _style(submission, assignment, tasks)  # while workers start
        start = _StudentRoom(sandbox, limits, submission, seed)
        findings, observations = _judge_groups(
            groups, assignment, start, lanes, progress
        )
    return Record(
        assignment=assignment.listing.name,
        student=submission.student,
        filename=submission.filename,
        key=record_key(submission, assignment, seed),
        public_only=public_only,
        observations=tuple(observations),
        findings=tuple(findings),
        score=award(assignment.rubric, findings, style),
        duration_s=round(time.monotonic() - started, 3),
        tier=sandbox.walls.tier,
        layers=sandbox.walls.layers,
        style=style,
        versions=recorded_versions(),
    )


def replay(
    stored: PackedRecord,
    assignment: Assignment,
    *,
    groups: Collection[str] | None = None,
    submission: Submission | None = None,
    suite: str = "",
) -> Record:
    """Judges a stored grading again, without running student code.

    Args:
        stored: the findings, and the observations of those groups at least.
        assignment: the checks and the rubric as they are now.
        groups: groups of checks to judge again; None for all that there are.
        submission: what was handed in, to judge its style again too.
        suite: the `suite_key` of the assignment, if it is known already.

    Raises:
        NeverAsked: if a check now asks what was never asked: grade it again.
    """
    record = stored.record
    problem = _nothing_ran(stored)
    wanted = _groups(assignment, public_only=record.public_only, tasks=None)
    findings: list[Finding] = []
    for group, checks in wanted.items():
        if problem is not None:
            findings += _all_failed({group: checks}, problem)
        elif groups is None or group in groups:
            findings += _judge_stored(stored, group, checks, assignment)
        else:
            ids = {check.id for check in checks}
            findings += [item for item in record.findings if item.check in ids]
    style = record.style
    if submission is not None:
        style = _style(submission, assignment, None, readable=problem is None)
    return replace(
        record,
        key=replace(record.key, suite=suite or suite_key(assignment)),
        findings=tuple(findings),
        score=award(assignment.rubric, findings, style),
        style=style,
    )


def _nothing_ran(stored: PackedRecord) -> Finding | None:
    """The one reason, if there was nothing that could be run.

    Without the observations of a group, that may also be a group that is new.
    """
    findings = stored.record.findings
    told = {(finding.outcome, finding.what) for finding in findings}
    if stored.observations or len(told) != 1:
        return None
    return findings[0] if findings[0].outcome is Outcome.FAILED else None


def _judge_stored(
    stored: PackedRecord, group: str, checks: Sequence[Check], assignment: Assignment
) -> list[Finding]:
    if group not in stored.observations:
        raise NeverAsked(
            f"the stored grading has nothing of {group!r}",
            "replay",
            "Grade this submission again.",
        )
    answers = stored_answers(stored.observations[group])
    rooms: dict[str, Asks] = {
        name: Replay(answers, room=name) for name in ("student", "clean")
    }
    limits, seed = rubric_limits(assignment.rubric), stored.record.key.seed
    bench = _bench(assignment, rooms, group, [], stored.record.filename, limits, seed)
    return judge(checks, bench, lambda finding: None)


def _judge_groups(
    groups: Mapping[str, Sequence[Check]],
    assignment: Assignment,
    start: "_StudentRoom",
    lanes: int,
    progress: Progress,
) -> tuple[list[Finding], list[Observation]]:
    """All groups, some side by side; none shares a child with another."""

    def run(group: str) -> tuple[list[Finding], list[Observation]]:
        return _observe(groups[group], group, assignment, start, progress)

    pool = ThreadPoolExecutor(max_workers=lanes)
    try:
        results = list(pool.map(run, groups))
    except KeyboardInterrupt:
        start.sandbox.close()  # Whoever waits for an answer stops waiting.
        raise
    finally:
        pool.shutdown(cancel_futures=True)
    findings = [finding for found, _ in results for finding in found]
    return findings, [seen for _, kept in results for seen in kept]


@dataclass(frozen=True, slots=True)
class _StudentRoom:
    """What it takes to open the rooms of one group."""

    sandbox: Sandbox
    limits: Limits
    submission: Submission
    seed: int


def _observe(
    checks: Sequence[Check],
    group: str,
    assignment: Assignment,
    start: _StudentRoom,
    progress: Progress,
) -> tuple[list[Finding], list[Observation]]:
    """One group of checks, with children of its own.

    It starts again from the beginning when a worker was ended from outside. That a
    child was killed may be the submission's own doing: it is, if it is so twice.
    """
    told: set[str] = set()

    def tell(finding: Finding) -> None:
        if finding.check not in told:
            told.add(finding.check)
            progress(finding)

    num_killed = 0
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            found, kept = _observe_once(checks, group, assignment, start, tell)
        except WorkerUnavailable:
            if attempt == _ATTEMPTS or start.sandbox.closed:
                raise
            continue
        num_killed += any(_was_killed(seen.answer) for seen in kept)
        if num_killed in (0, _KILLS_OF_ITS_OWN):
            break
    return found, kept


def _was_killed(answer: Answer) -> bool:
    return answer.ending is Ending.DIED and any(
        name in answer.note for name in SENT_SIGNALS
    )


def _observe_once(
    checks: Sequence[Check],
    group: str,
    assignment: Assignment,
    start: _StudentRoom,
    progress: Progress,
) -> tuple[list[Finding], list[Observation]]:
    kept: list[Observation] = []
    submission, limits, seed = start.submission, start.limits, start.seed
    filename = submission.filename
    packages = _packages(assignment, checks, start.submission)
    with start.sandbox.lease(packages) as slot:
        student = Room(
            slot,
            limits,
            filename=filename,
            source=submission.source,
            provided=assignment.provided,
            seed=seed,
        )
        clean = Room(slot, limits, seed=seed)
        rooms: dict[str, Asks] = {"student": student, "clean": clean}
        bench = _bench(
            *(assignment, rooms, group, kept, filename, limits, seed),
            # While a worker starts, perhaps anew, is not the submission's time.
            clock=lambda: time.monotonic() - student.waited_s - clean.waited_s,
        )
        try:
            return judge(checks, bench, progress), kept
        finally:
            student.close()
            clean.close()


def _bench(
    assignment: Assignment,
    rooms: Mapping[str, Asks],
    group: str,
    kept: list[Observation],
    filename: str,
    limits: Limits,
    seed: int,
    *,
    clock: Callable[[], float] = time.monotonic,
) -> Bench:
    student, clean = (
        Recorder(rooms[name], group=group, room=name, kept=kept)
        for name in ("student", "clean")
    )
    return Bench(
        student_room=student,
        clean_room=clean,
        filename=filename,
        fixtures=assignment.suite.fixtures,
        catalogue=assignment.suite.catalogue,
        gates=calibrated_gates(assignment),
        lessons=assignment.rubric.lessons(),
        budget=Budget(
            check_s=limits.check_s,
            submission_s=limits.submission_s,
            by_task={t.id: t.check_s for t in assignment.rubric.tasks if t.check_s},
            clock=clock,
        ),
        seed=seed,
        load_s=limits.load_s,
    )


def _groups(
    assignment: Assignment, *, public_only: bool, tasks: Collection[str] | None
) -> dict[str, list[Check]]:
    known = [item.id for item in assignment.rubric.tasks]
    unknown = [task for task in tasks or () if task not in known]
    if unknown:
        raise UsageError(
            f"there is no task {unknown[0]!r}", "--task", f"Tasks: {', '.join(known)}."
        )
    wanted = {
        name: [check for check in checks if tasks is None or check.task in tasks]
        for name, checks in assignment.suite.groups.items()
        if is_public(name) or not public_only
    }
    seconds = {item.id: item.check_s or 0 for item in assignment.rubric.tasks}
    longest_first = sorted(
        wanted, key=lambda name: -sum(seconds[check.task] for check in wanted[name])
    )
    return {name: wanted[name] for name in longest_first if wanted[name]}


def _packages(
    assignment: Assignment, checks: Sequence[Check], submission: Submission
) -> tuple[str, ...]:
    """What a worker of a group imports before the submission is loaded.

    A file that imports Keras at its top would do so in the children of every group: for
    it, all groups have the packages of all tasks, imported once.
    """
    tasks = {check.task for check in checks}
    if _HEAVY_IMPORT.search(submission.source):
        tasks = {task.id for task in assignment.rubric.tasks}
    return assignment.rubric.packages_of(tasks)


def _style(
    submission: Submission,
    assignment: Assignment,
    tasks: Collection[str] | None,
    *,
    readable: bool = True,
) -> tuple[Finding, ...]:
    """What the rubric's stage has to say; nothing if single tasks are asked for."""
    asked = assignment.rubric.style
    if asked is None or tasks is not None:
        return ()
    if not readable:
        return unreadable_style()
    stub = assignment.listing.folder / assignment.listing.file
    return judge_style(
        submission.source,
        asked.stage,
        filename=submission.filename,
        given=stub.read_text("utf-8") if stub.is_file() else "",
    )


def _parse(submission: Submission, sandbox: Sandbox) -> Finding | None:
    problem = find_syntax_problem(submission.source, sandbox.bundle)
    return None if problem is None else _syntax_finding(problem, submission.filename)


def _syntax_finding(problem: SyntaxProblem, filename: str) -> Finding:
    caret = ""
    if problem.source:
        # Tabs stay tabs, so that the caret stands under the right character.
        before = problem.source[: max(problem.column - 1, 0)]
        blank = "".join(c if c == "\t" else " " for c in before)
        caret = f"\n    {problem.source}\n    {blank}^"
    return Finding(
        outcome=Outcome.FAILED,
        what=f"Syntax error: {problem.message}.{caret}",
        where=f"{filename}:{problem.line}" if problem.line else filename,
        fix="Look at this line and at the end of the one before: a bracket, a colon or"
        " a quote may be missing.",
    )


def _all_failed(groups: dict[str, list[Check]], problem: Finding) -> list[Finding]:
    """Every check fails for the one reason that nothing could be run."""
    return [
        replace(
            problem,
            check=check.id,
            task=check.task,
            title=check.title,
            hidden=check.hidden,
        )
        for checks in groups.values()
        for check in checks
    ]
