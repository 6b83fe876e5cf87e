"""What a page has of a picture: the drawing, and the same in words and in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Panel:
    """One drawing of a picture.

    Args:
        caption: above it; may come from a submission.
        svg: the drawing.
        legend: a name for each line, in their order; none if there is but one.
    """

    caption: str
    svg: Markup
    legend: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture.

    Args:
        title: what it is a picture of.
        sentence: the figures that matter, for who cannot see it.
        panels: the drawings.
        head: of a table with all of its numbers.
        rows: of the table.
        about: the check that it was made for.
    """

    title: str
    sentence: str
    panels: tuple[Panel, ...]
    head: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    about: str = ""
