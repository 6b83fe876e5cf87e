"""Where gradings run when a Dask scheduler is named: on the workers it has."""

import contextlib
import functools
import itertools
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from graders.batch.jobs import describe, run_job
from graders.errors import SchedulerLost, UsageError, WorkerLost
from graders.loading import Assignment

try:
    from distributed import Client, SchedulerPlugin, get_worker
    from distributed.scheduler import KilledWorker, Scheduler
except ImportError as error:
    raise UsageError(
        f"a cluster needs Dask, which is not installed here ({error})",
        "--scheduler",
        "Run: pip install 'survival-school[cluster]'",
    ) from error

Job = Callable[[bytes], bytes]
Check = Callable[[], bytes]
_TICK_S = 1.0
_VERIFIED: set[bytes] = set()  # In a worker: what its process was found to be.


class ClusterWorkplace:
    """Gradings on the workers of a Dask scheduler; a context manager.

    A job whose worker ends is lost at once, as `WorkerLost`, and not run again; Dask
    itself would try it on four workers before it said so. Jobs that only wait on that
    worker may be lost with it, so keep no more in flight than `num_lanes`.

    Whoever can reach a scheduler can run programs on it and on its workers. Jobs are
    trusted code; what students wrote runs in sandboxes below the workers.

    Args:
        address: of the scheduler, `tcp://…` or `tls://…`.
        run_job: what a worker does with a job; a function of an importable module.
        check_worker: what a worker is; run once in each worker's process.
        expected: what every worker must answer to it.
        timeout_s: how long to wait for the scheduler before it counts as gone.

    Raises:
        UsageError: if no scheduler answers there, or one of its workers has another
            installation.
    """

    def __init__(
        self,
        address: str,
        run_job: Job,
        check_worker: Check,
        expected: bytes,
        *,
        timeout_s: float = 30,
    ) -> None:
        self._address, self._timeout_s = address, timeout_s
        self._run = functools.partial(_run_checked, run_job, check_worker, expected)
        self._name, self._numbers = uuid4().hex, itertools.count()
        self._lock = threading.Lock()
        self._open: dict[str, Future[bytes]] = {}
        self._arriving: dict[str, float] = {}
        self._closing = threading.Event()
        self._lost: SchedulerLost | None = None
        self._client = _connect(address, timeout_s)
        try:
            self._prepare(check_worker, expected)
        except BaseException:
            self.close()
            raise
        self._executor = self._client.get_executor(pure=False, retries=0)
        self._watch = threading.Thread(target=self._keep_watch, daemon=True)
        self._watch.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def num_lanes(self) -> int:
        """Jobs that can run now: threads of all workers, as of a second ago.

        Raises:
            SchedulerLost: if the scheduler is gone.
        """
        self._raise_if_lost()
        return self._lanes

    def submit(self, key: str, job: bytes, *, priority: int = 0) -> Future[bytes]:
        """Has a worker run a job, and returns what will be its answer.

        Callbacks of the future run in the thread that talks to the scheduler: they
        must be short, and must not call this object.

        Args:
            key: names the job in Dask's logs; the same one may come again.
            job: what `run_job` is given.
            priority: of jobs that wait, a higher one runs first.

        Raises:
            SchedulerLost: if the scheduler is gone. The future ends with it, or with
                `WorkerLost`, with `UsageError` if the worker has another
                installation, or with what `run_job` raised.
        """
        # Dask takes a key that it knows for the job that it knows. The number comes
        # first, so that all jobs are of one kind to it: "grade".
        name = f"grade-{next(self._numbers)}-{self._name}-{key}"
        asked: Future[bytes] = Future()
        with self._lock:
            self._raise_if_lost()
            self._open[name] = asked
        try:
            inner = self._executor.submit(self._run, job, key=name, priority=priority)
        except Exception as error:
            self._lose(f"the scheduler takes no more jobs ({error})")
            return asked
        inner.add_done_callback(functools.partial(self._arrived, name))
        asked.add_done_callback(functools.partial(self._cancelled, name, inner))
        return asked

    def close(self) -> None:
        """Drops whatever has no answer yet, and leaves the scheduler."""
        self._closing.set()
        with contextlib.suppress(Exception):  # It may be gone, and is not needed.
            self._client.close(timeout=self._timeout_s)
        for asked in self._take_all():
            asked.cancel()
            asked.set_running_or_notify_cancel()

    def _prepare(self, check_worker: Check, expected: bytes) -> None:
        plugin = _FirstLossIsTheLast(self._client.id)
        try:
            self._client.register_plugin(plugin, name=plugin.name)
            self._lanes = self._count_lanes()
        except OSError as error:
            raise _no_answer(self._address, error) from error
        except (ImportError, AttributeError) as error:
            raise _differs(self._address, "scheduler", str(error)) from error
        # Who does not answer now is checked before its first job, as are all others.
        answers = {}
        with contextlib.suppress(OSError):
            answers = self._client.run(
                _ask, check_worker, on_error="return", callback_timeout=self._timeout_s
            )
        for address, answer in sorted(answers.items()):
            if answer != expected and not isinstance(answer, OSError):
                raise _differs(address, "worker", answer)

    def _count_lanes(self) -> int:
        threads = self._client.nthreads(callback_timeout=self._timeout_s)
        return sum(threads.values())

    def _keep_watch(self) -> None:
        """Counts workers, and sees to it that no future waits for ever."""
        while not self._closing.wait(_TICK_S) and self._lost is None:
            try:
                self._lanes = self._count_lanes()
            except Exception as error:
                if not self._closing.is_set():
                    self._lose(f"it does not answer ({type(error).__name__})")
                return
            self._give_up_answers()

    def _give_up_answers(self) -> None:
        """A job can be done and its answer not to be had; Dask's executor says nothing.

        That is so after a failed connection to fetch it.
        """
        now = time.monotonic()
        with self._lock:
            states = {name: self._client.futures.get(name) for name in self._open}
        done = {name for name, state in states.items() if state and state.done()}
        self._arriving = {name: self._arriving.get(name, now) for name in done}
        for name, since in self._arriving.items():
            if now - since > self._timeout_s and (asked := self._take(name)):
                _fail(asked, _lost_at("unknown", "its answer could not be fetched"))

    def _arrived(self, name: str, inner: Future[bytes]) -> None:
        if inner.cancelled():
            if not self._closing.is_set() and self._is_open(name):
                self._lose("the connection to it was lost")
            return
        asked = self._take(name)
        if asked is None:
            return
        error = inner.exception()
        if isinstance(error, KilledWorker):
            _fail(asked, _lost_at(error.last_worker.address, "its process ended"))
        elif error is not None:
            _fail(asked, error)
        elif asked.set_running_or_notify_cancel():
            asked.set_result(inner.result())

    def _cancelled(self, name: str, inner: Future[bytes], asked: Future[bytes]) -> None:
        if asked.cancelled() and self._take(name):
            asked.set_running_or_notify_cancel()  # Who waits for it is told, too.
            inner.cancel()

    def _is_open(self, name: str) -> bool:
        with self._lock:
            return name in self._open

    def _take(self, name: str) -> Future[bytes] | None:
        """A future for whoever settles it: each is given once."""
        with self._lock:
            return self._open.pop(name, None)

    def _take_all(self) -> list[Future[bytes]]:
        with self._lock:
            taken = list(self._open.values())
            self._open.clear()
        return taken

    def _lose(self, why: str) -> None:
        """From here on nothing is asked of the scheduler, even if it came back.

        What it was told about losses is forgotten with the connection.
        """
        with self._lock:
            if self._lost is None:
                self._lost = SchedulerLost(
                    f"the scheduler is gone: {why}",
                    self._address,
                    "Start it and its workers again, then give the same command: it"
                    " goes on from here.",
                )
        for asked in self._take_all():
            _fail(asked, self._lost)

    def _raise_if_lost(self) -> None:
        if self._lost is not None:
            raise self._lost


def grading_cluster(address: str, assignment: Assignment) -> ClusterWorkplace:
    """Grades submissions of an assignment on the workers of a scheduler.

    Args:
        address: of the scheduler.
        assignment: what judges; every worker must have the same.

    Raises:
        UsageError: as `ClusterWorkplace` does.
    """
    name = assignment.listing.name
    check_worker = functools.partial(describe, name)
    return ClusterWorkplace(address, run_job, check_worker, describe(name))


class _TidyClient(Client):
    """A client that leaves no thread behind where it cannot connect.

    Dask's own would stop its thread when it is collected as garbage, which can stop
    the whole process if that happens while another one starts.
    """

    def __init__(self, address: str, timeout_s: float) -> None:
        try:
            super().__init__(  # type: ignore[no-untyped-call]
                address, timeout=timeout_s, set_as_default=False, name="grade"
            )
        except BaseException:
            with contextlib.suppress(Exception):
                self.close()  # type: ignore[no-untyped-call]
            raise


class _FirstLossIsTheLast(SchedulerPlugin):
    """Has the scheduler report a job of one client once its worker has ended.

    A scheduler counts for each job how many workers ended under it, and reports it
    when there are more than its setting `allowed-failures`. Here the count starts at
    that setting; the jobs of others are left as they are.
    """

    def __init__(self, client: str) -> None:
        self._client = client
        self.name = f"grade-{client}"

    def update_graph(
        self, scheduler: Scheduler, *, client: str, tasks: list[Any], **_: Any
    ) -> None:
        """Called by the scheduler with new tasks, before any of them can start."""
        if client == self._client:
            for key in tasks:
                scheduler.tasks[key].suspicious = scheduler.allowed_failures

    def remove_client(self, scheduler: Scheduler, client: str) -> None:
        """Called when a client left or was lost."""
        if client == self._client:
            scheduler.remove_plugin(self.name)


def _run_checked(
    run_job: Job, check_worker: Check, expected: bytes, job: bytes
) -> bytes:
    """Runs in a worker: one that joined later is checked before its first job."""
    if expected not in _VERIFIED:
        answer = _ask(check_worker)
        if answer != expected:
            raise _differs(get_worker().address, "worker", answer)
        _VERIFIED.add(expected)
    return run_job(job)


def _ask(check_worker: Check) -> bytes | str:
    """Runs in a worker: what it is, or why it cannot say."""
    try:
        return check_worker()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _connect(address: str, timeout_s: float) -> Any:
    # Whatever matters of what Dask logs is said by an error of ours.
    for name in ("distributed", "distributed.client", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        return _TidyClient(address, timeout_s)
    except OSError as error:
        raise _no_answer(address, error) from error
    except (ValueError, TypeError, RuntimeError, ImportError) as error:
        raise UsageError(
            f"the scheduler cannot be spoken to: {error}",
            address,
            "Write --scheduler tcp://HOST:PORT as the scheduler printed it, or"
            " tls://HOST:PORT with Dask's own settings for certificates.",
        ) from error


def _no_answer(address: str, error: Exception) -> UsageError:
    return UsageError(
        f"no scheduler answers there ({type(error).__name__})",
        address,
        "Start one with: dask scheduler. It prints its address; a firewall may be in"
        " between.",
    )


def _differs(address: str, who: str, answer: bytes | str | Exception) -> UsageError:
    why = "" if isinstance(answer, bytes) else f" ({answer})"
    return UsageError(
        f"the checks or packages of this {who} are not those here{why}",
        address,
        "Install the same versions there, start it again, and give the same command.",
    )


def _lost_at(worker: str, why: str) -> WorkerLost:
    return WorkerLost(
        f"the worker was lost: {why}",
        worker,
        "Its log, or that of the machine, says why; memory is the usual reason.",
    )


def _fail(asked: Future[bytes], error: BaseException) -> None:
    if asked.set_running_or_notify_cancel():
        asked.set_exception(error)
