"""Canvas: a flat archive, `doejane_LATE_1234_5678_cnn.py`."""

import re
from collections import defaultdict
from collections.abc import Sequence

from graders.intake.handed import HandedFile, HandedIn, Layout, Person, Sorted
from graders.intake.ledger_names import ledger_name

_NAME = re.compile(
    r"^(?:(?P<name>.+?)(?:_(?P<late>late))?_(?P<uid>\d+)"
    r"|(?:(?P<late2>late)_)?anon_(?P<anon>[A-Za-z0-9]+))"
    r"_(?:(?P<fid>\d+)_(?P<file>.+)|(?P<kind>text|link)\.html)$",
    re.IGNORECASE,
)
_OTHER_PLATFORMS = re.compile(r"_assignsubmission_|_attempt_\d{4}(?:-\d\d){5}")
_KINDS = {"text": "a text entry", "link": "a link to a website"}
_NO_TIME = "LATE by the platform; its time is not in the archive: give --times."


def recognised(files: Sequence[str], folders: Sequence[str]) -> int:
    """How many files are named as Canvas names them."""
    return sum(
        "/" not in path
        and bool(_NAME.match(path))
        and not _OTHER_PLATFORMS.search(path)
        for path in files
    )


def sort(layout: Layout) -> Sorted:
    """By the user's number. Names are told, and decide nothing."""
    found: dict[str, list[tuple[HandedFile, re.Match[str]]]] = defaultdict(list)
    others = {}
    for placed in layout.files:
        match = _NAME.match(placed.path)
        if match is None or "/" in placed.path:
            others[placed.entry.path] = "it is not named as Canvas names files"
            continue
        file = HandedFile(
            entry=placed.entry,
            name=match["file"] or f"{match['kind']}.html",
            upload=int(match["fid"]) if match["fid"] else None,
            by_platform=_KINDS.get((match["kind"] or "").lower(), ""),
        )
        found[match["uid"] or f"anon_{match['anon']}"].append((file, match))
    handed = [_handed_in(place, files) for place, files in found.items()]
    return Sorted(handed=handed, others=others, platform={})


def _handed_in(place: str, files: list[tuple[HandedFile, re.Match[str]]]) -> HandedIn:
    first = files[0][1]
    late = any(match["late"] or match["late2"] for _, match in files)
    name = first["name"] or ""
    if first["anon"]:
        key = ledger_name(f"anon-{first['anon']}")
        known_as = {"user_id": "", "name": "", "anonymous_id": first["anon"]}
    else:
        key = ledger_name(f"{name}-{first['uid']}")
        known_as = {"user_id": first["uid"], "name": name}
    return HandedIn(
        place=f"{name}_{place}" if name else place,
        people=(Person(key=key, known_as=known_as),),
        files=tuple(file for file, _ in files),
        submitted_at={},
        notes=(_NO_TIME,) if late else (),
    )
