"""GitHub Classroom: a clone per student, `assignment-2-jdoe/`."""

import os
from collections import defaultdict
from collections.abc import Sequence

from graders.intake.handed import HandedFile, HandedIn, Layout, Person, Sorted
from graders.intake.ledger_names import ledger_name

_NO_TIME = (
    "The time of a commit is not read, since students choose it: without --times"
    " nobody is late."
)


def recognised(files: Sequence[str], folders: Sequence[str]) -> int:
    """How many files lie in clones."""
    clones = _clones(folders)
    return sum(path.split("/")[0] in clones for path in files if "/" in path)


def sort(layout: Layout) -> Sorted:
    """By the folder's name, less what all names begin with."""
    clones = _clones(layout.folders)
    files: dict[str, list[HandedFile]] = {name: [] for name in sorted(clones)}
    others = {}
    by_folder = defaultdict(list)
    for placed in layout.files:
        folder, _, name = placed.path.partition("/")
        if not name:
            others[placed.entry.path] = "it lies in no clone"
            continue
        by_folder[folder].append(HandedFile(entry=placed.entry, name=name))
    # Told to be clones without any `.git`: each folder is one.
    for folder, own in by_folder.items():
        if folder in clones or not clones:
            files[folder] = own
        else:
            others |= {file.entry.path: "it lies in no clone" for file in own}
    start = _prefix(sorted(files))
    handed = [_handed_in(name, name[len(start) :], files[name]) for name in files]
    told = (
        f"Logins are what follows {start!r} in the names of the folders."
        if start
        else "The folders' names have no beginning in common: they are taken as logins."
    )
    return Sorted(handed=handed, others=others, platform={}, notes=(told, _NO_TIME))


def _clones(folders: Sequence[str]) -> set[str]:
    split = [folder.split("/") for folder in folders]
    return {parts[0] for parts in split if parts[1:] == [".git"]}


def _prefix(names: list[str]) -> str:
    """`assignment-2-`: one clone alone does not say where the login begins."""
    if len(names) < 2:
        return ""
    common = os.path.commonprefix(names)  # noqa: RUF071, no paths
    return common[: common.rfind("-") + 1]


def _handed_in(folder: str, login: str, files: list[HandedFile]) -> HandedIn:
    return HandedIn(
        place=folder,
        people=(
            Person(
                key=ledger_name(login), known_as={"login": login, "repository": folder}
            ),
        ),
        files=tuple(files),
        submitted_at={},
    )
