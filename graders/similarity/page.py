"""A comparison as one HTML file that needs nothing else."""

from pathlib import Path

from graders.errors import ResultsNotWritten
from graders.reports.pages import render_page as render_house_page
from graders.reports.wording import visible
from graders.similarity.comparing import Comparison, Settings
from graders.similarity.passages import Side
from graders.similarity.rare import few
from graders.similarity.wording import HINT, besides, in_words, named, percent

_TEMPLATES = Path(__file__).parent / "templates"
MOST_ROWS = 1000
_MOST_LETTERS = 160


def write_page(
    found: Comparison, title: str, settings: Settings, path: Path, *, attempts: bool
) -> None:
    """Writes the page.

    Args:
        found: what it tells.
        title: of the assignment.
        settings: that it was found by.
        path: of the file.
        attempts: whether the number of an attempt is told.

    Raises:
        ResultsNotWritten: if the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = render_page(found, title, settings, attempts=attempts)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise ResultsNotWritten(
            f"the page cannot be written: {error}",
            str(path),
            "Free some space, or name another file with --out.",
        ) from error


def render_page(
    found: Comparison, title: str, settings: Settings, *, attempts: bool
) -> str:
    """The whole page."""
    return render_house_page(
        "similar.html",
        folder=_TEMPLATES,
        style="similar.css",
        found=found,
        title=title,
        settings=settings,
        hint=HINT,
        rows=found.pairs[:MOST_ROWS],
        few=few(found.num_students),
        named=lambda work: named(work, attempts=attempts),
        place=_place,
        line=_line,
        percent=percent,
        besides=besides,
        in_words=in_words,
    )


def _place(side: Side) -> str:
    """Where the lines of one side are."""
    first, last = side.span
    lines = f"line {first}" if first == last else f"lines {first} to {last}"
    return f"{visible(side.name)}, {lines}" if side.name else f"outside, {lines}"


def _line(text: str) -> str:
    """A line of a submission, so that it can be shown; cut where it is too long."""
    shown = visible(text.replace("\t", "    ").replace("\r", ""))
    cut = len(shown) > _MOST_LETTERS
    return f"{shown[:_MOST_LETTERS]} ..." if cut else shown
