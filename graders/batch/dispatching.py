"""Hands jobs to a workplace, the most urgent first, and keeps account of losses."""

import heapq
import itertools
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass

from loguru import logger

from graders.batch.workplace import Workplace
from graders.errors import GradersError, SchedulerLost, UsageError, WorkerLost

TICK_S = 1.0
_LOSSES_OF_ITS_OWN = 2
_OF_ALL = (SchedulerLost, UsageError)


@dataclass(frozen=True, slots=True)
class Task:
    """One job.

    Args:
        key: names it.
        job: the packed job.
        priority: of those that wait, a higher one is handed out first.
    """

    key: str
    job: bytes
    priority: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of a task: a packed record, or why there is none.

    Args:
        key: of the task.
        record: packed; None if there is none.
        error: the grader's own failure, in words.
        quarantined: whether it has ended two workers.
    """

    key: str
    record: bytes | None = None
    error: str = ""
    quarantined: bool = False


def dispatch(
    tasks: Iterable[Task],
    workplace: Workplace,
    *,
    may_start: Callable[[], bool] = lambda: True,
    is_over: Callable[[], bool] = lambda: False,
) -> Iterator[list[Done]]:
    """What is done since the last time, at least every `TICK_S`; perhaps nothing.

    A task whose worker is lost is given out once more, and held back after the second
    loss. What fails in any other way fails alone. At most as many are handed out as
    can run, so that an urgent one of somebody else waits for none of these.

    Args:
        tasks: what there is to do.
        workplace: where.
        may_start: whether to hand out one more now.
        is_over: whether to hand out no more at all; what runs is waited for.

    Raises:
        GradersError: if the workplace as a whole is lost.
    """
    order = itertools.count()
    waiting = [(-task.priority, next(order), task) for task in tasks]
    heapq.heapify(waiting)
    losses: Counter[str] = Counter()
    running: dict[Future[bytes], Task] = {}

    def hand_out() -> None:
        while waiting and _may_hand_out(running, workplace, may_start, is_over):
            task = heapq.heappop(waiting)[-1]
            future = workplace.submit(task.key, task.job, priority=task.priority)
            running[future] = task

    hand_out()
    while running or (waiting and not is_over()):
        done = []
        for future in _wait(running):
            task = running.pop(future)
            if isinstance(future.exception(), WorkerLost):
                losses[task.key] += 1
                logger.warning("{} lost its worker: {}", task.key, future.exception())
                if losses[task.key] < _LOSSES_OF_ITS_OWN:
                    heapq.heappush(waiting, (-task.priority, next(order), task))
                    continue
            done.append(_done(future, task.key))
        hand_out()  # So that nobody idles while results are recorded.
        yield done


def _may_hand_out(
    running: Collection[object],
    workplace: Workplace,
    may_start: Callable[[], bool],
    is_over: Callable[[], bool],
) -> bool:
    return len(running) < workplace.num_lanes() and may_start() and not is_over()


def _wait(running: Collection[Future[bytes]]) -> Collection[Future[bytes]]:
    """Those that are done, as soon as one is, or none after a while."""
    if running:
        return wait(running, timeout=TICK_S, return_when=FIRST_COMPLETED).done
    threading.Event().wait(TICK_S)  # for a worker to come, or for leave to start
    return ()


def _done(future: Future[bytes], key: str) -> Done:
    error = future.exception()
    if error is None:
        return Done(key=key, record=future.result())
    if isinstance(error, _OF_ALL):
        raise error
    if isinstance(error, WorkerLost):
        return Done(key=key, error=error.what, quarantined=True)
    if isinstance(error, GradersError):
        logger.error("{} was not graded: {}", key, error)
    else:
        logger.opt(exception=error).error("{} was not graded", key)
    return Done(key=key, error=str(error) or type(error).__name__)
