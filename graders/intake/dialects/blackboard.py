"""Blackboard: flat, `Assignment 2_jdoe_attempt_2026-10-09-21-59-00_cnn.py`."""

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from graders.intake.handed import HandedFile, HandedIn, Layout, Person, Sorted
from graders.intake.ledger_names import ledger_name
from graders.intake.moments import moment_of

# The first `_attempt_` ends the user's name; a later one is of the student's making.
_NAME = re.compile(
    r"^(?P<before>.+?)_attempt_(?P<at>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.txt)$"
)


def recognised(files: Sequence[str], folders: Sequence[str]) -> int:
    """How many files are named as Blackboard names them."""
    return sum("/" not in path and bool(_NAME.match(path)) for path in files)


def sort(layout: Layout) -> Sorted:
    """By the user's name, and by the time of each attempt."""
    others, matches = {}, []
    for placed in layout.files:
        match = _NAME.match(placed.path)
        if match is None or "/" in placed.path:
            others[placed.entry.path] = "it is not named as Blackboard names files"
        else:
            matches.append((placed.entry, match))
    start = _before_users({match["before"] for _, match in matches})
    files: dict[str, list[HandedFile]] = defaultdict(list)
    for entry, match in matches:
        own = match["file"] is None
        files[match["before"][start:]].append(
            HandedFile(
                entry=entry,
                name=match["file"] or "attempt.txt",
                attempt=match["at"],
                by_platform="the platform's own note on the attempt" if own else "",
            )
        )
    handed = [_handed_in(user, own, layout) for user, own in files.items()]
    return Sorted(handed=handed, others=others, platform={})


def _before_users(befores: set[str]) -> int:
    """Where names of users begin: behind the assignment's name, which all share.

    A user's name may have an underscore, and then the last one does not begin it.
    """
    last = {before.rpartition("_")[0] for before in befores}
    if len(last) == 1:
        return len(last.pop()) + 1
    shared = os.path.commonprefix(sorted(befores))  # noqa: RUF071, no paths
    return shared.rfind("_") + 1


def _handed_in(user: str, files: Iterable[HandedFile], layout: Layout) -> HandedIn:
    files = tuple(files)
    times = {
        file.attempt: moment
        for file in files
        if (moment := moment_of(file.attempt, layout.zone))
    }
    return HandedIn(
        place=user,
        people=(Person(key=ledger_name(user), known_as={"username": user}),),
        files=files,
        submitted_at=times,
    )
