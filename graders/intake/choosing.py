"""Which of a student's files counts."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from graders.intake.handed import HandedFile
from graders.intake.sources import is_archive_name

_COPY = re.compile(r"-\d+$")


class Attempts(StrEnum):
    """Which attempt counts, where an archive has several."""

    LATEST = "latest"
    FIRST = "first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A student's files, each in one place.

    Args:
        chosen: the one that counts; none if that cannot be told.
        older: of other attempts.
        beside: all others of the same attempt.
        found: why none is chosen, as a sentence goes on.
    """

    chosen: HandedFile | None
    older: tuple[HandedFile, ...]
    beside: tuple[HandedFile, ...]
    found: str = ""


def choose(
    files: Sequence[HandedFile], expected: str, attempts: Attempts = Attempts.LATEST
) -> Choice:
    """The file that was asked for; else one that a platform renamed; else the only one.

    Args:
        files: of one student.
        expected: what was asked for, `cnn.py`.
        attempts: which of them counts.
    """
    current, older = _of_one_attempt(files, attempts)
    own = [file for file in current if not file.by_platform]
    python = [file for file in own if _path(file).suffix.casefold() == ".py"]
    stem = PurePosixPath(expected).stem.casefold()
    asked_for = [file for file in python if _stem(file, stem) == stem]
    candidates = asked_for or python
    exact = [file for file in asked_for if _path(file).name == expected]
    kept, replaced = _of_uploads(candidates, stem, attempts)
    if len(kept) > 1 and len(exact) == 1:
        kept = exact
    chosen = kept[0] if len(kept) == 1 else None
    if not candidates:
        chosen = _stand_in(own)
    older = [*older, *replaced]
    beside = [file for file in current if file is not chosen and file not in replaced]
    found = "" if chosen else _found(kept, own or current)
    return Choice(chosen=chosen, older=tuple(older), beside=tuple(beside), found=found)


def _of_one_attempt(
    files: Sequence[HandedFile], attempts: Attempts
) -> tuple[list[HandedFile], list[HandedFile]]:
    pick = max if attempts is Attempts.LATEST else min
    counts = pick((file.attempt for file in files), default="")
    current = [file for file in files if file.attempt == counts]
    return current, [file for file in files if file.attempt != counts]


def _of_uploads(
    files: Iterable[HandedFile], expected: str, attempts: Attempts
) -> tuple[list[HandedFile], list[HandedFile]]:
    """Of files that a platform numbers, one of each name; the others it replaced."""
    pick = max if attempts is Attempts.LATEST else min
    alike: dict[str, list[HandedFile]] = defaultdict(list)
    kept = []
    for file in files:
        if file.upload is None:
            kept.append(file)
        else:
            alike[_stem(file, expected)].append(file)
    kept += [pick(same, key=lambda file: file.upload or 0) for same in alike.values()]
    left = [file for same in alike.values() for file in same if file not in kept]
    return kept, left


def _stand_in(own: Sequence[HandedFile]) -> HandedFile | None:
    """Without any Python file: the only archive, notebook or other file."""
    archives = [file for file in own if is_archive_name(file.name)]
    notebooks = [file for file in own if _path(file).suffix.casefold() == ".ipynb"]
    for kind in (archives, notebooks, own):
        if len(kind) == 1:
            return kind[0]
    return None


def _found(python: Sequence[HandedFile], files: Sequence[HandedFile]) -> str:
    if len(python) > 1:
        return f"there are several: {_names(python)}"
    if files and all(file.by_platform for file in files):
        return f"found {', '.join(sorted({file.by_platform for file in files}))}"
    return f"found {_names(files)}" if files else "no file at all"


def _names(files: Sequence[HandedFile]) -> str:
    names = ", ".join(sorted(file.name for file in files)[:5])
    return f"{names}, ..." if len(files) > 5 else names


def _stem(file: HandedFile, expected: str) -> str:
    """`cnn` of `cnn.py`, and of `cnn-1.py`, which is how platforms rename the next.

    A file that was asked for as `lab-1.py` keeps its number.
    """
    stem = _path(file).stem.casefold()
    return stem if stem == expected else _COPY.sub("", stem)


def _path(file: HandedFile) -> PurePosixPath:
    return PurePosixPath(file.name)
