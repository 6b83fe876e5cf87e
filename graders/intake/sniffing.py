"""Which platform a source comes from, by the names of its entries."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from graders.errors import UsageError
from graders.intake.dialects import (
    blackboard,
    canvas,
    github,
    gradescope,
    moodle,
    plain,
)
from graders.intake.entry_names import is_litter
from graders.intake.handed import Layout, Placed, Sorted
from graders.intake.sources import Source

_MOST_WRAPPERS = 3
_ENOUGH = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How one platform names things.

    Args:
        name: as `--from` has it.
        title: as people call it.
        recognised: of the names of files and folders, how many files it can place.
        sort: by students.
    """

    name: str
    title: str
    recognised: Callable[[Sequence[str], Sequence[str]], int]
    sort: Callable[[Layout], Sorted]


def _dialect(title: str, module: Any) -> Dialect:
    return Dialect(
        name=title.split()[0].casefold(),
        title=title,
        recognised=module.recognised,
        sort=module.sort,
    )


DIALECTS = {
    dialect.name: dialect
    for dialect in (
        _dialect("Canvas", canvas),
        _dialect("Moodle", moodle),
        _dialect("Gradescope", gradescope),
        _dialect("Blackboard", blackboard),
        _dialect("GitHub Classroom", github),
        _dialect("plain folder", plain),
    )
}
PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What a source was taken for.

    Args:
        dialect: whose.
        root: the folder in which everything lies; ends with a slash, or is empty.
        notes: what speaks against it.
    """

    dialect: Dialect
    root: str
    notes: tuple[str, ...] = ()


def recognise(
    source: Source, where: str, expected: str, forced: str | None = None
) -> Recognised:
    """The platform that places most of a source's files.

    Folders that hold all the rest are passed through, as people pack them again.

    Args:
        source: what was handed over.
        where: its name, for errors.
        expected: name of the file that was asked for.
        forced: the name of a dialect that somebody knows it has.

    Raises:
        UsageError: if two platforms could have written it.
    """
    files = [entry.path for entry in source.entries if not is_litter(entry.path)]
    scores: dict[tuple[str, str], int] = {}
    for root in _roots(files):
        inside, folders = _below(root, files), _below(root, _folders(source))
        for name, dialect in DIALECTS.items():
            if forced in (None, name):
                scores[name, root] = dialect.recognised(inside, folders)
    fit = {
        which: score
        for which, score in scores.items()
        if score > 0 and (forced or score >= _ENOUGH * len(files))
    }
    if not fit:
        return _nobodys(files, scores, expected, forced)
    (name, root), best = max(fit.items(), key=lambda item: item[1])
    rivals = {other for (other, _), score in fit.items() if score == best} - {name}
    if rivals:
        names = " or ".join(DIALECTS[one].title for one in sorted({name, *rivals}))
        raise UsageError(
            f"this could come from {names}",
            where,
            f"Say which: --from {name}, or --from {min(rivals)}.",
        )
    return Recognised(dialect=DIALECTS[name], root=root)


def _nobodys(
    files: Sequence[str],
    scores: Mapping[tuple[str, str], int],
    expected: str,
    forced: str | None,
) -> Recognised:
    """A folder or a file per student, wherever they begin."""
    root = ""
    for deeper in _roots(files)[1:]:
        tops = {path.removeprefix(deeper).partition("/")[0] for path in files}
        if len(tops) < 2 or expected in tops:
            break
        root = deeper
    notes = [
        f"{score} of {len(files)} files are named as {DIALECTS[name].title} names"
        f" them: say --from {name} if it wrote them."
        for (name, _), score in scores.items()
        if score
    ]
    if root:
        notes.append(f"Everything lies in {root!r}: each entry of it is a student.")
    return Recognised(dialect=DIALECTS[forced or PLAIN], root=root, notes=(*notes,))


def layout_of(source: Source, root: str, zone: ZoneInfo) -> Layout:
    """What a dialect looks at: all below the root that is no litter."""
    return Layout(
        files=[
            Placed(entry=entry, path=entry.path.removeprefix(root))
            for entry in source.entries
            if entry.path.startswith(root) and not is_litter(entry.path)
        ],
        folders=[
            folder
            for folder in _below(root, _folders(source))
            if ".git" in folder.split("/") or not is_litter(folder)
        ],
        read=source.read,
        zone=zone,
    )


def _folders(source: Source) -> list[str]:
    """All folders, also those that only the names of files tell of."""
    found = set(source.folders)
    for entry in source.entries:
        parts = entry.path.split("/")[:-1]
        found |= {"/".join(parts[:n]) for n in range(1, len(parts) + 1)}
    return sorted(found)


def _below(root: str, paths: Sequence[str]) -> list[str]:
    return [path.removeprefix(root) for path in paths if path.startswith(root)]


def _roots(files: Sequence[str]) -> list[str]:
    """No folder, and each one in which all files lie."""
    roots = [""]
    for _ in range(_MOST_WRAPPERS):
        tops = {path.removeprefix(roots[-1]).partition("/")[::2] for path in files}
        folders = {top for top, _ in tops}
        if len(folders) != 1 or not all(rest for _, rest in tops):
            break
        roots.append(f"{roots[-1]}{folders.pop()}/")
    return roots
