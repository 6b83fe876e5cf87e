"""Seconds that are left, for the check that runs and for its whole group."""

import time
from collections.abc import Callable, Mapping


class Budget:
    """Seconds left, for the check that runs and for the whole group.

    Args:
        check_s: for one check.
        submission_s: for the group.
        by_task: for one check of a task, where that differs.
        clock: tells the time in seconds; stands still while a submission waits for
            what is not its own doing.
    """

    def __init__(
        self,
        *,
        check_s: float,
        submission_s: float,
        by_task: Mapping[str, float] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock = clock
        self.check_s, self.submission_s = check_s, submission_s
        self._any_task_s, self._by_task = check_s, by_task or {}
        self._group_end = self._clock() + submission_s
        self._check_end = self._group_end

    def start_check(self, task: str) -> None:
        """Gives a new check its full time."""
        self.check_s = self._by_task.get(task, self._any_task_s)
        self._check_end = self._clock() + self.check_s

    def renew(self) -> None:
        """Gives the same check its full time again."""
        self._check_end = self._clock() + self.check_s

    def left(self) -> float:
        """Seconds that the next answer may take."""
        return min(self._check_end, self._group_end) - self._clock()

    @property
    def spent(self) -> bool:
        """Whether the group's time is over."""
        return self._clock() >= self._group_end
