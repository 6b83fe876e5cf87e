"""Grades a class: each result recorded as it arrives, nothing executed twice."""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime

from graders.batch.dispatching import TICK_S, Done, Task, dispatch
from graders.batch.jobs import pack_job
from graders.batch.keeping import Keeper
from graders.batch.stock import Stock, Wanted, judged_already, take_stock
from graders.batch.workplace import Workplace
from graders.keys import blank_key, versions
from graders.ledger import (
    SEEN_EVERY_S,
    Ledger,
    Run,
    claim,
    claim_key,
    end_run,
    hand_in,
    held_back,
    hold,
    now,
    release,
    somebody_waits,
    start_run,
    still_here,
)
from graders.loading import Assignment
from graders.marks import use_rubric
from graders.records import Score, Submission, Tier
from graders.records.storing import PackedRecord, unpack_head

OpenWorkplace = Callable[[], AbstractContextManager[Workplace]]
_FEW = 3
_WAITED_FOR, _FIRST, _AGAIN = 20, 10, 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a batch has come.

    Args:
        total: gradings that there are, equal submissions counted once.
        reused: of them, those that were there already.
        outcomes: how many of the others came to what.
        waits: why nothing is handed out at the moment; empty if something is.
    """

    total: int
    reused: int
    outcomes: Mapping[str, int]
    waits: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOutcome:
    """What came of a class; submissions are named by their contents.

    Args:
        num_graded: how many were executed now.
        reused: what had a result already.
        num_reused: how many students have handed in something that had.
        failed: what could not be graded through our own fault, and why.
        held: what has ended two workers, and is not run again, and why.
        not_started: what the deadline left.
        tiers: of the walls around what was executed now, with their layers.
    """

    num_graded: int
    reused: Set[str]
    num_reused: int
    failed: Mapping[str, str]
    held: Mapping[str, str]
    not_started: Set[str]
    tiers: Mapping[Tier, tuple[str, ...]]

    @property
    def reasons(self) -> dict[str, str]:
        """Why there is no result, of each submission that has none."""
        return {
            **dict.fromkeys(self.not_started, "not graded before the deadline"),
            **{
                content: f"not graded, through no fault of theirs: {why}"
                for content, why in self.failed.items()
            },
            **{content: f"held back: {why}" for content, why in self.held.items()},
        }


def grade_class(
    submissions: Sequence[Submission],
    assignment: Assignment,
    ledger: Ledger,
    open_workplace: OpenWorkplace,
    *,
    tier: Tier = Tier.NONE,
    seed: int = 0,
    deadline: datetime | None = None,
    retry: bool = False,
    new: bool = True,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> BatchOutcome:
    """Grades whatever has no result for the same key yet.

    A run that was killed or stopped has recorded what was done; what was in flight is
    run again. A score that would replace a decided one is proposed, and counts only
    when somebody has confirmed it.

    Args:
        submissions: what is to be graded, of any number of students.
        assignment: what judges it.
        ledger: where results are kept.
        open_workplace: where gradings run; called only if there are any.
        tier: results of weaker walls than these are made anew.
        seed: of all gradings.
        deadline: when to start no more.
        retry: whether to run what has ended two workers before.
        new: whether they are attempts of their students; not, if the ledger had them.
        progress: told whenever something is done, and every second.
    """
    name = assignment.listing.name
    submissions = [_as_asked_for(item, assignment) for item in submissions]
    rubric = use_rubric(ledger, assignment.rubric)
    wanted = Wanted(assignment=name, blank=blank_key(assignment, seed), tier=tier)
    num_contents = len({item.content for item in submissions})
    waited_for = num_contents <= _FEW
    run = start_run(ledger, "batch", name, versions(), waited_for=waited_for)
    try:
        if new:
            hand_in(ledger, name, submissions, run)
        if retry:
            _let_go(ledger, name)
        stock = take_stock(submissions, wanted, ledger)
        keeper = Keeper(ledger, run, assignment, rubric)
        keeper.keep_stored(stock.done.values())
        batch = _Batch(assignment, ledger, run, wanted, stock, keeper, progress)
        batch.tell()
        if stock.to_run:
            with open_workplace() as workplace:
                batch.execute(workplace, deadline)
    finally:
        end_run(ledger, run)
    return batch.outcome(submissions)


class _Batch:
    """What is left to do of a class, and what has come of it so far."""

    def __init__(
        self,
        assignment: Assignment,
        ledger: Ledger,
        run: Run,
        wanted: Wanted,
        stock: Stock,
        keeper: Keeper,
        progress: Callable[[Progress], None],
    ) -> None:
        self._assignment, self._ledger, self._run = assignment, ledger, run
        self._wanted, self._stock, self._keeper = wanted, stock, keeper
        self._progress = progress
        self._left = dict(stock.to_run)
        self._failed: dict[str, str] = {}
        self._held = dict(stock.held)
        self._elsewhere: set[str] = set()
        self._outcomes: Counter[str] = Counter()
        self._tiers: dict[Tier, tuple[str, ...]] = {}
        self._waits = ""
        self._seen_at = self._asked_at = time.monotonic()

    def execute(self, workplace: Workplace, deadline: datetime | None) -> None:
        """Grades what is left, and waits for what another run is grading."""

        def is_over() -> bool:
            return deadline is not None and now() >= deadline

        while self._left and not is_over():
            mine = self._claim()
            tasks = [self._task(content) for content in mine]
            for done in dispatch(
                tasks, workplace, may_start=self._may_start, is_over=is_over
            ):
                self._take(done)
                self._tick("" if workplace.num_lanes() else "no worker is there")
            if self._left and not mine:
                self._tick("another run grades the rest")
                time.sleep(TICK_S)

    def outcome(self, submissions: Sequence[Submission]) -> BatchOutcome:
        """What has come of it."""
        reused = self._stock.done.keys() | self._elsewhere
        return BatchOutcome(
            num_graded=sum(self._outcomes.values()),
            reused=reused,
            num_reused=sum(item.content in reused for item in submissions),
            failed=self._failed,
            held=self._held,
            not_started=frozenset(self._left),
            tiers=self._tiers,
        )

    def tell(self) -> None:
        """Reports how far it has come."""
        reused = len(self._stock.done) + len(self._elsewhere)
        outcomes = Counter(self._outcomes)
        outcomes["not graded"] = len(self._failed) + len(self._held)
        total = reused + outcomes.total() + len(self._left)
        self._progress(
            Progress(total=total, reused=reused, outcomes=outcomes, waits=self._waits)
        )

    def _claim(self) -> list[str]:
        """Contents that nobody else is at or has graded meanwhile, in order."""
        keys = {claim_key(self._wanted.key(item)): c for c, item in self._left.items()}
        claimed = claim(self._ledger, self._run, keys)
        done = self._ledger.read(
            lambda connection: judged_already(connection, self._left, self._wanted)
        )
        for content in done:
            del self._left[content]
        self._elsewhere |= done.keys()
        release(self._ledger, self._run, [k for k in claimed if keys[k] in done])
        return [c for key, c in keys.items() if key in claimed and c not in done]

    def _task(self, content: str) -> Task:
        job = pack_job(
            self._left[content],
            self._assignment,
            seed=self._wanted.blank.seed,
            tier=self._wanted.tier,
        )
        priority = _AGAIN if self._keeper.has_mark(content) else _FIRST
        return Task(content, job, _WAITED_FOR if self._run.waited_for else priority)

    def _may_start(self) -> bool:
        """Not while a person waits for another run on this machine."""
        if self._run.waited_for:
            return True
        if time.monotonic() - self._asked_at >= TICK_S:
            self._asked_at = time.monotonic()
            waits = somebody_waits(self._ledger, self._run)
            self._waits = "a submission that somebody waits for goes first" * waits
        return not self._waits

    def _take(self, done: Sequence[Done]) -> None:
        records = [packed for one in done if (packed := self._record(one)) is not None]
        if records:
            for packed, score in zip(records, self._keeper.keep(records), strict=True):
                self._outcomes[_in_a_word(score)] += 1
                record = packed.record
                self._tiers[record.tier] = record.layers
                del self._left[record.key.submission]
        given_up = [one.key for one in done if one.key in self._left]
        for content in given_up:
            submission = self._left.pop(content)
            key = claim_key(self._wanted.key(submission))
            release(self._ledger, self._run, [key])

    def _record(self, done: Done) -> PackedRecord | None:
        """The record, or None with the reason noted."""
        if done.quarantined:
            reason = f"it has ended two workers; the last time: {done.error}"
            name = self._wanted.assignment
            hold(self._ledger, name, done.key, held=True, reason=reason)
            self._held[done.key] = reason
            return None
        if done.record is None:
            self._failed[done.key] = done.error
            return None
        try:
            packed = unpack_head(done.record)
        except ValueError as error:
            self._failed[done.key] = str(error)
            return None
        if packed.record.key != self._wanted.key(self._left[done.key]):
            self._failed[done.key] = "a worker graded it by other checks or packages"
            return None
        return packed

    def _tick(self, waits: str) -> None:
        self._waits = waits or self._waits
        if time.monotonic() - self._seen_at >= SEEN_EVERY_S:
            self._seen_at = time.monotonic()
            still_here(self._ledger, self._run)
        self.tell()
        self._waits = ""


def _let_go(ledger: Ledger, assignment: str) -> None:
    for content in ledger.read(lambda connection: held_back(connection, assignment)):
        hold(ledger, assignment, content, held=False, reason="to be tried again")


def _as_asked_for(submission: Submission, assignment: Assignment) -> Submission:
    """Under the name that was asked for.

    Learning platforms rename files, and the same work is to be graded once.
    """
    if submission.problem is not None:
        return submission
    return replace(submission, filename=assignment.rubric.file)


def _in_a_word(score: Score) -> str:
    if score.broken:
        return "broken"
    return "full marks" if score.points >= score.max_points else "points lost"
