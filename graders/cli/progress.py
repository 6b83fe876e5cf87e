"""What people see on stderr while they wait."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from graders.batch import Progress as BatchProgress

Advance = Callable[[], None]


@contextmanager
def grading_progress(name: str) -> Iterator[Callable[[Finding], None]]:
    """A line with the check that was made last; silent where nobody watches."""
    columns = (SpinnerColumn(), _words(), TimeElapsedColumn())
    with Progress(*columns, console=_stderr(), transient=True) as progress:
        line = progress.add_task(f"{name}: loading TensorFlow", total=None)
        yield lambda finding: progress.update(
            line, description=f"{name}: {finding.check}"
        )


@contextmanager
def class_progress() -> Iterator["Callable[[BatchProgress], None]"]:
    """A bar with the time that is left, and how many came to what."""
    with _bars() as progress:
        bar = progress.add_task("grading", total=None)

        def tell(batch: "BatchProgress") -> None:
            progress.update(
                bar,
                total=batch.total,
                completed=batch.reused + sum(batch.outcomes.values()),
                description=_in_words(batch),
            )

        yield tell


def _in_words(batch: "BatchProgress") -> str:
    counts = [f"{word} {number}" for word, number in batch.outcomes.items() if number]
    if batch.waits:
        counts.append(f"waiting: {batch.waits}")
    return " · ".join(["grading", *counts])


@contextmanager
def counting_progress(name: str) -> Iterator[Callable[[int, int], None]]:
    """A bar that is told how many are done, and of how many."""
    with _bars() as progress:
        bar = progress.add_task(name, total=None)
        yield lambda done, total: progress.update(bar, completed=done, total=total)


@contextmanager
def phases() -> Iterator[Callable[[str, int], AbstractContextManager[Advance]]]:
    """A bar for each phase of a validation, one below the other."""
    with _bars() as progress:

        @contextmanager
        def phase(name: str, total: int) -> Iterator[Advance]:
            bar = progress.add_task(name, total=total)
            yield lambda: progress.advance(bar)

        yield phase


def _bars() -> Progress:
    return Progress(
        _words(),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left:", markup=False),
        TimeRemainingColumn(),
        console=_stderr(),
    )


def _words() -> TextColumn:
    """What a line is about.

    Without markup: rich would import its reader of markup at each refresh, in a thread
    of its own, while tensorflow-datasets has put another function in the place of
    Python's import.
    """
    return TextColumn("{task.description}", markup=False)


def _stderr() -> Console:
    return Console(stderr=True)
