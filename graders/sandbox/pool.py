"""Where children come from: zygotes on Linux, fresh processes elsewhere."""

import contextlib
import itertools
import queue
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, Self

from graders.errors import WorkerUnavailable
from graders.records import Tier
from graders.sandbox.bundle import Bundle
from graders.sandbox.children import Child, stopped
from graders.sandbox.limits import Limits
from graders.sandbox.spawner import Spawner
from graders.sandbox.walls import NO_WALLS, Walls


class Launcher(Protocol):
    """Makes children that are ready to answer."""

    @property
    def served(self) -> bool:
        """Whether it worked at first, so that another like it may work again."""

    @property
    def worn(self) -> bool:
        """Whether another one should take its place."""

    def num_processes(self) -> int:
        """Processes that it keeps running, with all that came from them."""

    def launch(self, limits: Limits) -> Child:
        """A fresh child.

        Raises:
            WorkerUnavailable: if none can be started.
        """

    def close(self) -> None:
        """Ends everything that was started."""


class Slot:
    """One worker's place: a launcher, renewed when it has ended or is worn.

    Args:
        make: starts a launcher.
    """

    def __init__(self, make: Callable[[], Launcher]) -> None:
        self._make = make
        self._launcher: Launcher | None = None
        self._gone: list[Launcher] = []
        self._lock = threading.Lock()
        self._closed = False
        self.num_starts = 0
        """How many launchers it has had."""

    def num_processes(self) -> int:
        """Processes of its launcher that are alive; 0 if it keeps none."""
        return 0 if self._launcher is None else self._launcher.num_processes()

    def warm_up(self) -> Launcher:
        """Starts to import the heavy packages; does not wait for them."""
        with self._lock:
            if self._closed:
                raise stopped()
            if self._launcher is None:
                self._launcher = self._make()
                self.num_starts += 1
            return self._launcher

    def launch(self, limits: Limits) -> Child:
        """A fresh child. Raises `WorkerUnavailable` if none can be started."""
        launcher = self.warm_up()
        try:
            return launcher.launch(limits)
        except WorkerUnavailable:
            if not launcher.served:
                raise
        # It was ended, by a submission or for want of memory: that is not to cost
        # the others of a class their grading.
        self._renew(launcher)
        return self.warm_up().launch(limits)

    def rest(self) -> None:
        """Between two submissions: a worn launcher gives way to another."""
        launcher = self._launcher
        if launcher is not None and launcher.worn:
            self._renew(launcher)
            launcher.close()
            self.warm_up()

    def close(self) -> None:
        """Ends its launchers, and whatever still waits for one."""
        with self._lock:
            self._closed = True
        for launcher in [*self._gone, self._launcher]:
            if launcher is not None:
                launcher.close()

    def _renew(self, old: Launcher) -> None:
        with self._lock:
            if self._launcher is old:
                self._gone.append(old)
                self._launcher = None


class _Slots:
    """The slots of those jobs that find the same packages imported."""

    def __init__(self, slots: Sequence[Slot], close: Callable[[], None]) -> None:
        self._slots, self._close = slots, close
        self._free: queue.SimpleQueue[Slot] = queue.SimpleQueue()
        for slot in slots:
            self._free.put(slot)
        self._turns = itertools.cycle(slots)

    def warm_up(self) -> None:
        for slot in self._slots:
            slot.warm_up()

    def next(self) -> Slot:
        return next(self._turns)

    @contextlib.contextmanager
    def alone(self) -> Iterator[Slot]:
        """A slot that nobody else has meanwhile."""
        slot = self._free.get()
        try:
            yield slot
        finally:
            # A zygote that cannot be started again is told to whoever needs it next.
            with contextlib.suppress(WorkerUnavailable):
                slot.rest()
            self._free.put(slot)

    def close(self) -> None:
        for slot in self._slots:
            slot.close()
        self._close()


class Sandbox:
    """Children for submissions and for the clean room; a context manager.

    Without walls, as for a student's own file, all submissions share one zygote.
    Behind walls, each slot serves one group of checks of one submission at a time.
    Checks that need other packages imported have zygotes of their own, started when
    they are first asked for.

    Args:
        preload: packages every child shall find imported, for example `keras`, where
            whoever asks names no others.
        walls: what stands around every worker.
        slots: how many zygotes there are behind walls, and so how many groups of
            checks run at a time.
        limits: the ceilings of its jobs, for what holds all of a slot together.
    """

    def __init__(
        self,
        preload: Sequence[str],
        *,
        walls: Walls = NO_WALLS,
        slots: int = 1,
        limits: Limits | None = None,
    ) -> None:
        self.walls = walls
        self.bundle = Bundle()
        self._preload = tuple(preload)
        self._limits = limits or Limits()
        self._count = 1 if walls.tier is Tier.NONE else slots
        self.closed = False
        self._lock = threading.Lock()
        self._by_preload: dict[tuple[str, ...], _Slots] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends every worker, and whatever still waits for one."""
        with self._lock:
            self.closed = True
        for slots in self._by_preload.values():
            slots.close()
        self.bundle.remove()

    def warm_up(self, preload: Sequence[str] | None = None) -> None:
        """Starts to import the heavy packages; does not wait for them."""
        self._slots(preload).warm_up()

    def launch(self, limits: Limits) -> Child:
        """A fresh child from any slot, whoever else has one there."""
        return self._slots(None).next().launch(limits)

    @contextlib.contextmanager
    def lease(self, preload: Sequence[str] | None = None) -> Iterator[Slot]:
        """A slot for one group of checks: behind walls, for it alone."""
        slots = self._slots(preload)
        if self.walls.tier is Tier.NONE:
            yield slots.next()
            return
        with slots.alone() as slot:
            yield slot

    def _slots(self, preload: Sequence[str] | None) -> _Slots:
        packages = self._preload if preload is None else tuple(preload)
        with self._lock:
            if self.closed:
                raise stopped()
            if packages not in self._by_preload:
                self._by_preload[packages] = self._make_slots(packages)
            return self._by_preload[packages]

    def _make_slots(self, preload: tuple[str, ...]) -> _Slots:
        if sys.platform != "linux":
            spawners = [
                Slot(lambda: Spawner(self.bundle, preload)) for _ in range(self._count)
            ]
            return _Slots(spawners, lambda: None)
        from graders.sandbox.zygote_slots import ZygoteSlots

        zygotes = ZygoteSlots(
            self.bundle, preload, self.walls, self._limits, self._count
        )
        slots = [Slot(zygotes.next_maker()) for _ in range(self._count)]
        return _Slots(slots, zygotes.close)
