"""What people see on stderr while they wait."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from graders.records import Finding


@contextmanager
def grading_progress(name: str) -> Iterator[Callable[[Finding], None]]:
    """A line with the check that was made last; silent where nobody watches."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=_stderr(), transient=True) as progress:
        line = progress.add_task(f"{name}: loading TensorFlow", total=None)
        yield lambda finding: progress.update(
            line, description=f"{name}: {finding.check}"
        )


@contextmanager
def class_progress(total: int) -> Iterator[Callable[[str], None]]:
    """A bar with the time that is left."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=_stderr()) as progress:
        bar = progress.add_task("grading", total=total)
        yield lambda student: progress.advance(bar)


def _stderr() -> Console:
    return Console(stderr=True)
