"""Moodle: `Jane Doe_1234_assignsubmission_file/cnn.py`, or the same flat."""

import re
from collections import defaultdict
from collections.abc import Sequence

from graders.intake.handed import HandedFile, HandedIn, Layout, Person, Sorted
from graders.intake.ledger_names import ledger_name

_NAME = re.compile(
    # The first number before the plugin's name is Moodle's: students' words come later.
    # Some who extract an archive write underscores for the gaps in names.
    r"^(?P<name>[^/]+?)_(?P<id>\d+)_assignsubmission_(?P<plugin>[a-z]+)"
    r"(?:_?/(?P<path>.+)|_(?P<flat>[^/]+)|_?)$"
)


def recognised(files: Sequence[str], folders: Sequence[str]) -> int:
    """How many files lie where Moodle puts them."""
    return sum(bool(_NAME.match(path)) for path in files)


def sort(layout: Layout) -> Sorted:
    """By the number of the participant, which holds for one assignment."""
    found: dict[str, list[HandedFile]] = defaultdict(list)
    names: dict[str, str] = {}
    others = {}
    for placed in layout.files:
        match = _NAME.match(placed.path)
        file = match and (match["path"] or match["flat"])
        if not match or not file:
            others[placed.entry.path] = "it does not lie where Moodle puts files"
            continue
        names.setdefault(match["id"], match["name"])
        online = match["plugin"] == "onlinetext"
        found[match["id"]].append(
            HandedFile(
                entry=placed.entry,
                name=file,
                by_platform="a text entry" if online else "",
            )
        )
    for folder in layout.folders:
        if (match := _NAME.match(folder)) and "/" not in folder:
            names.setdefault(match["id"], match["name"])
            found[match["id"]] += []
    blind = len(names) > 1 and len(set(names.values())) == 1
    handed = [
        _handed_in(number, names[number], files, blind=blind)
        for number, files in found.items()
    ]
    return Sorted(handed=handed, others=others, platform={})


def _handed_in(
    number: str, name: str, files: list[HandedFile], *, blind: bool
) -> HandedIn:
    # "Participant" in the language of the site, if nobody has another name.
    unnamed = blind or name == "Participant"
    words = "_".join(name.casefold().split())
    key = f"participant-{number}" if unnamed else f"{words}-{number}"
    return HandedIn(
        place=f"{name}_{number}",
        people=(
            Person(
                key=ledger_name(key),
                known_as={"participant": number, "name": "" if unnamed else name},
            ),
        ),
        files=tuple(files),
        submitted_at={},
    )
