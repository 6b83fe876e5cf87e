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
        self, bundle: Bundle, preload: Sequence[str], walls: Walls, limits: Limits
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

    def next_maker(self) -> Callable[[], Zygote]:
        """Starts the zygotes of one more slot, one after the other."""
        user = WorkerUser() if self._walls.own_user else None
        folder = self._bundle.scratch / f"slot{next(self._numbers)}"
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
            )

        return lambda: self._starter.submit(make).result()

    def close(self) -> None:
        """Gives back what the slots had; their zygotes have been closed."""
        self._closers.close()
