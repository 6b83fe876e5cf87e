"""Which assignments there are, and by which names they can be called."""

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from graders.errors import AssignmentError, UsageError

FOLDER = Path(__file__).resolve().parents[1] / "assignments"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """An assignment as the command line lists it; read without checking it.

    Args:
        name: its folder, `assignment2_cnn`.
        names: what it may be called: `assignment2`, `cnn`, `2`.
        title: what it is about.
        file: the file that students hand in.
        points: the sum of its points.
        folder: where it is.
    """

    name: str
    names: tuple[str, ...]
    title: str
    file: str
    points: float
    folder: Path

    @property
    def stub(self) -> Path:
        """Where the stub lies in a student's working folder."""
        return Path("assignments", self.name, self.file)


def list_assignments() -> list[Listing]:
    """All assignments, in the order of their folders.

    Raises:
        AssignmentError: if a rubric cannot be read.
    """
    return [read_listing(path) for path in sorted(FOLDER.glob("*/rubric.yaml"))]


def find_assignment(name: str) -> Listing:
    """The assignment of that name.

    Raises:
        UsageError: if there is none; the nearest name is suggested.
    """
    listings = list_assignments()
    for listing in listings:
        if name in (listing.name, *listing.names):
            return listing
    known = [name for listing in listings for name in (listing.name, *listing.names)]
    near = difflib.get_close_matches(name, known, n=1)
    raise UsageError(
        f"there is no assignment {name!r}",
        "grade",
        f"Did you mean {near[0]!r}?" if near else "Run `grade list` to see them all.",
    )


def read_listing(path: Path) -> Listing:
    """What a `rubric.yaml` says of its assignment.

    Raises:
        AssignmentError: if it cannot be read.
    """
    try:
        data: dict[str, Any] = yaml.load(
            path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        )
        return Listing(
            name=path.parent.name,
            names=tuple(str(name) for name in data["names"]),
            title=str(data["title"]),
            file=str(data["file"]),
            points=float(data["points"]),
            folder=path.parent,
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise AssignmentError(
            f"the rubric cannot be read: {error}", str(path), "Correct the file."
        ) from error
