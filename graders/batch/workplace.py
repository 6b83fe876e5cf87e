"""Where gradings run, as the batch sees it."""

from concurrent.futures import Future
from typing import Protocol


class Workplace(Protocol):
    """Runs jobs: the threads of this process, or the workers of a cluster."""

    def num_lanes(self) -> int:
        """Jobs that can run now; it may change at any time, and be none."""

    def submit(self, key: str, job: bytes, *, priority: int = 0) -> Future[bytes]:
        """Runs a job, and promises the packed record.

        Of jobs that wait, one of a higher priority runs first. The future ends with
        `WorkerLost` if the process that ran it has ended.
        """

    def close(self) -> None:
        """Drops whatever is not done."""
