"""Where submissions are run: here, or on a cluster."""

from typing import Any

from graders.batch import OpenWorkplace
from graders.loading import Assignment
from graders.records import Tier


def place_of(
    assignment: Assignment, tier: Tier, workers: int, scheduler: str | None
) -> OpenWorkplace:
    """What opens the place once there is something to run.

    Args:
        assignment: what judges.
        tier: weakest walls to be content with.
        workers: submissions at a time on this machine.
        scheduler: address of a Dask scheduler, to run them there instead.
    """

    def open_cluster() -> Any:
        from graders.batch.cluster import grading_cluster

        assert scheduler is not None
        return grading_cluster(scheduler, assignment)

    def open_here() -> Any:
        from graders.batch.local import LocalWorkplace
        from graders.sandbox import choose_walls

        return LocalWorkplace(assignment, workers=workers, walls=choose_walls(tier))

    return open_here if scheduler is None else open_cluster
