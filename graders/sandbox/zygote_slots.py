"""What the zygotes of one sandbox share, and what each slot has of its own (Linux).

Where each job has namespaces of its own, all zygotes are forked from one template, and
share its memory. Elsewhere each slot has a template of its own, so that two of them are
different users, or at least in different containers.
"""

import contextlib
import itertools
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from graders.sandbox.bundle import Bundle
from graders.sandbox.cgroups import Group, Tree, find_tree
from graders.sandbox.limits import Limits
from graders.sandbox.places import readable_places
from graders.sandbox.template import (
    JOBS_AT_A_TIME,
    WORKER_MIB,
    WORKER_PROCESSES,
    Template,
)
from graders.sandbox.walls import Walls
from graders.sandbox.watchdog import Watchdog
from graders.sandbox.worker_user import WorkerUser
from graders.sandbox.zygote import Zygote


@dataclass(frozen=True, slots=True)
class _Plan:
    """What holds for every slot."""

    bundle: Bundle
    preload: tuple[str, ...]
    walls: Walls
    limits: Limits
    tree: Tree | None

    @property
    def scope(self) -> bool:
        """Whether systemd holds the memory, for want of a tree of cgroups."""
        return self.walls.cgroup and self.tree is None


class ZygoteSlots:
    """Gives each slot what it needs; its zygotes come and go there."""

    def __init__(
        self,
        bundle: Bundle,
        preload: Sequence[str],
        walls: Walls,
        limits: Limits,
        count: int,
    ) -> None:
        tree = find_tree() if walls.cgroup else None
        self._plan = _Plan(bundle, tuple(preload), walls, limits, tree)
        self._count = count
        self._closers = contextlib.ExitStack()
        # Started from one thread that lasts: the kernel ends bubblewrap when the
        # thread that started it ends.
        self._starter = ThreadPoolExecutor(max_workers=1)
        self._closers.callback(self._starter.shutdown)
        self._watchdog = Watchdog()
        self._closers.callback(self._watchdog.close)
        self._numbers = itertools.count()
        self._shared = self._new_home(count) if walls.namespaces else None

    def next_maker(self) -> Callable[[], Zygote]:
        """Starts the zygotes of one more slot, one after the other."""
        home = self._shared or self._new_home(1)
        number = next(self._numbers)
        processors = share_of_processors(number, self._count)
        return lambda: self._starter.submit(self._make, home, processors).result()

    def close(self) -> None:
        """Gives back what the slots had; their zygotes have been closed."""
        self._closers.close()

    def _new_home(self, num_zygotes: int) -> "_Home":
        folder = self._plan.bundle.new_home()
        home = _Home(self._plan, folder, num_zygotes)
        self._closers.callback(home.close)
        return home

    def _make(self, home: "_Home", processors: Sequence[int]) -> Zygote:
        group = None
        if self._plan.tree is not None:
            limits = self._plan.limits
            group = Group(
                self._plan.tree,
                memory_mib=WORKER_MIB + JOBS_AT_A_TIME * limits.memory_mib,
                processes=WORKER_PROCESSES + JOBS_AT_A_TIME * limits.processes,
            )
        return Zygote(
            home.template(),
            walls=self._plan.walls,
            folder=home.folder,
            watchdog=self._watchdog,
            group=group,
            processors=processors,
        )


class _Home:
    """A folder and, as root, a user; and the template that lives there."""

    def __init__(self, plan: _Plan, folder: Path, num_zygotes: int) -> None:
        self._plan, self.folder, self._num_zygotes = plan, folder, num_zygotes
        self._lock = threading.Lock()
        self._template: Template | None = None
        self._user = WorkerUser() if plan.walls.own_user else None
        if self._user is not None:
            os.chown(self.folder, self._user.uid, self._user.uid)

    def template(self) -> Template:
        """The template that a new zygote is forked from.

        One that several zygotes share stays, if it is alive. One with a single zygote
        goes with it: what is left in its folder is not to meet the next submission.
        """
        with self._lock:
            template = self._template
            if template is None or not (self._plan.walls.namespaces and template.alive):
                self._end_template(replaced=True)
                template = self._template = self._start()
            return template

    def close(self) -> None:
        """Ends the template, and gives its user back."""
        self._end_template()
        if self._user is not None:
            self._user.release()

    def _end_template(self, *, replaced: bool = False) -> None:
        if self._template is not None:
            self._template.close(replaced=replaced)
        if self._user is not None:
            self._user.end_processes()

    def _start(self) -> Template:
        plan = self._plan
        return Template(
            plan.bundle,
            plan.preload,
            walls=plan.walls,
            folder=self.folder,
            places=readable_places(),
            user=self._user,
            scope=plan.scope,
            num_zygotes=self._num_zygotes,
            limits=plan.limits,
        )


def share_of_processors(index: int, count: int) -> list[int]:
    """Processors of one of `count` slots: what keeps one busy keeps no other waiting.

    >>> share_of_processors(0, 1) == sorted(os.sched_getaffinity(0))
    True
    """
    there = sorted(os.sched_getaffinity(0))
    return there[index::count] or [there[index % len(there)]]
