"""What the zygotes of one sandbox share, and what each slot has of its own (Linux)."""

import contextlib
import itertools
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from graders.sandbox.bundle import Bundle
from graders.sandbox.cgroups import find_tree
from graders.sandbox.limits import Limits
from graders.sandbox.places import readable_places
from graders.sandbox.walls import Walls
from graders.sandbox.watchdog import Watchdog
from graders.sandbox.worker_user import WorkerUser
from graders.sandbox.zygote import Zygote


class ZygoteSlots:
    """Gives each slot a folder and, as root, a user; its zygotes come and go there."""

    def __init__(
        self,
        bundle: Bundle,
        preload: Sequence[str],
        walls: Walls,
        limits: Limits,
        count: int,
    ) -> None:
        self._bundle, self._preload = bundle, preload
        self._walls, self._limits = walls, limits
        self._tree = find_tree() if walls.cgroup else None
        self._closers = contextlib.ExitStack()
        # Started from one thread that lasts: the kernel ends bubblewrap when the
        # thread that started it ends.
        self._starter = ThreadPoolExecutor(max_workers=1)
        self._closers.callback(self._starter.shutdown)
        self._watchdog = Watchdog()
        self._closers.callback(self._watchdog.close)
        self._numbers = itertools.count(1)
        self._count = count

    def next_maker(self) -> Callable[[], Zygote]:
        """Starts the zygotes of one more slot, one after the other."""
        user = WorkerUser() if self._walls.own_user else None
        number = next(self._numbers)
        folder = self._bundle.scratch / f"slot{number}"
        folder.mkdir(mode=0o700)
        if user is not None:
            self._closers.callback(user.release)
            os.chown(folder, user.uid, user.uid)

        def make() -> Zygote:
            if user is not None:
                user.end_processes()
            return Zygote(
                self._bundle,
                self._preload,
                walls=self._walls,
                folder=folder,
                places=readable_places(),
                watchdog=self._watchdog,
                user=user,
                tree=self._tree,
                limits=self._limits,
                processors=share_of_processors(number - 1, self._count),
            )

        return lambda: self._starter.submit(make).result()

    def close(self) -> None:
        """Gives back what the slots had; their zygotes have been closed."""
        self._closers.close()


def share_of_processors(index: int, count: int) -> list[int]:
    """Processors of one of `count` slots: what keeps one busy keeps no other waiting.

    >>> share_of_processors(0, 1) == sorted(os.sched_getaffinity(0))
    True
    """
    there = sorted(os.sched_getaffinity(0))
    return there[index::count] or [there[index % len(there)]]
