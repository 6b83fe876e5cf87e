"""Judges recorded answers again; also in processes of their own, many at a time."""

import multiprocessing
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from itertools import groupby, islice
from typing import Any, cast

import sqlalchemy as sa

from graders.assignments import Listing
from graders.errors import NeverAsked, UsageError, WorkerLost
from graders.keys import group_keys, suite_key
from graders.ledger import (
    Judged,
    Ledger,
    judged_by_number,
    judgement_row,
    stored_records,
    submission_of,
)
from graders.loading import Assignment, load_assignment
from graders.pipeline import replay
from graders.records import Finding, Outcome, Submission
from graders.records.storing import PackedRecord

_AT_A_TIME = 25
_FEW = 2 * _AT_A_TIME
_AHEAD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be judged again.

    Args:
        judgement: the number of the one that stands.
        groups: those of its checks that have changed, and are there now.
        style: whether its style is judged again as well.
    """

    judgement: int
    groups: tuple[str, ...]
    style: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of an order.

    Args:
        content: of the submission.
        row: of the new judgement; None if the record does not hold an answer.
        changed: whether something else was found than before.
        never_asked: what the record does not hold.
    """

    content: str
    row: dict[str, Any] | None
    changed: bool = False
    never_asked: str = ""


def judge_again(
    orders: Sequence[Order], assignment: Assignment, ledger: Ledger, *, workers: int
) -> Iterator[list[Answer]]:
    """Carries out orders, some at a time, in any order; nothing is recorded.

    Args:
        orders: what is to be judged.
        assignment: its checks and rubric as they are now.
        ledger: where the answers are.
        workers: how many processes judge; few orders are carried out in this one.

    Raises:
        WorkerLost: if one of the processes was ended.
    """
    parts = _parts(orders)
    if workers == 1 or len(orders) <= _FEW:
        judge = _Judge(ledger, assignment)
        yield from map(judge, parts)
        return
    url = ledger.url.render_as_string(hide_password=False)
    # No fork: this process may have threads, such as those of a progress bar.
    with ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start,
        initargs=(
            *(url, ledger.who, assignment.listing, assignment.suite.name),
            suite_key(assignment),
        ),
    ) as pool:
        yield from _arriving(pool, parts, at_a_time=workers * _AHEAD)


def _arriving(
    pool: ProcessPoolExecutor, parts: Iterator[list[Order]], at_a_time: int
) -> Iterator[list[Answer]]:
    """Answers as they come; no more are made than are taken soon."""
    running = {pool.submit(_carry_out, part) for part in islice(parts, at_a_time)}
    try:
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            running |= {
                pool.submit(_carry_out, part) for part in islice(parts, len(done))
            }
            while done:
                yield done.pop().result()
    except BrokenProcessPool as error:
        raise WorkerLost(
            "a process that judges was ended",
            "replay",
            "Give the same command again: it goes on. Memory is the usual reason: take"
            " fewer with --workers.",
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


class _Judge:
    """Carries out orders in this process."""

    def __init__(self, ledger: Ledger, assignment: Assignment) -> None:
        self._ledger, self._assignment = ledger, assignment
        self._suite, self._groups = suite_key(assignment), group_keys(assignment)
        assignment.suite.prepare(assignment.suite.groups)

    def __call__(self, orders: Sequence[Order]) -> list[Answer]:
        def read(connection: sa.Connection) -> list[Answer]:
            return [
                answer
                for key, some in groupby(orders, key=lambda order: order.groups)
                for answer in self._answers(connection, list(some), key)
            ]

        return self._ledger.read(read)

    def _answers(
        self,
        connection: sa.Connection,
        orders: Sequence[Order],
        groups: tuple[str, ...],
    ) -> Iterator[Answer]:
        styled = {order.judgement for order in orders if order.style}
        numbers = [order.judgement for order in orders]
        rows = list(judged_by_number(connection, numbers))
        name = self._assignment.listing.name
        for row, stored in zip(
            rows, stored_records(connection, rows, name, groups), strict=True
        ):
            handed_in = None
            if row.id in styled:
                handed_in = submission_of(connection, name, row.key.submission)
            yield self._answer(row, stored, groups, handed_in)

    def _answer(
        self,
        judged: Judged,
        stored: PackedRecord,
        groups: tuple[str, ...],
        handed_in: Submission | None,
    ) -> Answer:
        content = judged.key.submission
        try:
            record = replay(
                stored,
                self._assignment,
                groups=groups,
                submission=handed_in,
                suite=self._suite,
            )
        except NeverAsked as error:
            return Answer(content=content, row=None, never_asked=error.what)
        before = (*judged.findings, *judged.style)
        return Answer(
            content=content,
            row=judgement_row(judged.execution, record, self._groups),
            changed=_outcomes(before) != _outcomes((*record.findings, *record.style)),
        )


def _outcomes(findings: Iterable[Finding]) -> dict[str, Outcome]:
    return {finding.check: finding.outcome for finding in findings}


_Told = tuple[str, str, Listing, str, str]
_told: list[_Told] = []
"""In a process of its own: what it was told when it was started."""


def _start(*told: str | Listing) -> None:
    _told.append(cast(_Told, told))


@cache
def _own_judge() -> _Judge:
    """Made with the first orders, since an error in a start has no words."""
    url, who, listing, suite, expected = _told[0]
    assignment = load_assignment(listing, suite)
    if suite_key(assignment) != expected:
        raise UsageError(
            "the checks were changed meanwhile", suite, "Give the command again."
        )
    return _Judge(Ledger(url, who), assignment)


def _carry_out(orders: Sequence[Order]) -> list[Answer]:
    return _own_judge()(orders)


def _parts(orders: Sequence[Order]) -> Iterator[list[Order]]:
    left = iter(orders)
    while part := list(islice(left, _AT_A_TIME)):
        yield part
