"""No platform: a folder, or a file, per student."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import PurePosixPath

from graders.intake.handed import HandedFile, HandedIn, Layout, Person, Sorted
from graders.intake.ledger_names import ledger_name


def recognised(files: Sequence[str], folders: Sequence[str]) -> int:
    """Any file is fine, so it says nothing."""
    return 0


def sort(layout: Layout) -> Sorted:
    """By the names at the top."""
    folders: dict[str, list[HandedFile]] = defaultdict(list)
    handed = []
    for folder in layout.folders:
        if "/" not in folder:
            folders[folder] += []
    for placed in layout.files:
        top, _, name = placed.path.partition("/")
        file = HandedFile(entry=placed.entry, name=name or top)
        if name:
            folders[top].append(file)
        else:
            handed.append(_handed_in(top, PurePosixPath(top).stem, [file]))
    handed += [_handed_in(top, top, files) for top, files in folders.items()]
    return Sorted(handed=handed, others={}, platform={})


def _handed_in(place: str, student: str, files: list[HandedFile]) -> HandedIn:
    return HandedIn(
        place=place,
        people=(Person(key=ledger_name(student), known_as={}),),
        files=tuple(files),
        submitted_at={},
    )
