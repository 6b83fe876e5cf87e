"""Gradescope: `submission_metadata.yml`, and a folder per submission."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from graders.errors import UsageError
from graders.intake.bounded_yaml import read_bounded_yaml
from graders.intake.handed import HandedFile, HandedIn, Layout, Person, Placed, Sorted
from graders.intake.ledger_names import ledger_name
from graders.intake.moments import moment_of
from graders.intake.sources import MOST_METADATA_BYTES, UnreadableEntry

METADATA = "submission_metadata.yml"
_FOLDER = re.compile(r"^(?P<folder>submission_(?P<id>\d+))/(?P<path>.+)$")
_MOST_SUBMITTERS = 100


def recognised(files: Sequence[str], folders: Sequence[str]) -> int:
    """How many files lie where Gradescope puts them; none without its metadata."""
    if METADATA not in files:
        return 0
    return 1 + sum(bool(_FOLDER.match(path)) for path in files)


def sort(layout: Layout) -> Sorted:
    """By who is named in the metadata; folders say nothing about people."""
    files: dict[str, list[Placed]] = defaultdict(list)
    others, platform = {}, {}
    listed: Mapping[str, Any] = {}
    for placed in layout.files:
        match = _FOLDER.match(placed.path)
        if placed.path == METADATA:
            listed = _metadata(layout, placed)
            platform[placed.entry.path] = "who handed in, and when"
        elif "/" not in placed.path:  # Of an assignment of one PDF, `12345.pdf`.
            files[placed.path].append(placed)
        elif match is None:
            others[placed.entry.path] = "it does not lie where Gradescope puts files"
        else:
            files[match["folder"]].append(placed)
    handed = []
    for folder, about in listed.items():
        own = files.pop(str(folder), [])
        if one := _handed_in(str(folder), about, own, layout):
            handed.append(one)
        else:
            others |= {
                placed.entry.path: f"{METADATA} does not say who handed it in"
                for placed in own
            }
    for own in files.values():
        for placed in own:
            others[placed.entry.path] = f"{METADATA} does not name it"
    return Sorted(handed=list(_together(handed)), others=others, platform=platform)


def _metadata(layout: Layout, placed: Placed) -> Mapping[str, Any]:
    fix = "Download the export again."
    try:
        data = layout.read(placed.entry, MOST_METADATA_BYTES + 1)
    except UnreadableEntry as error:
        raise UsageError(str(error), placed.entry.path, fix) from error
    listed = read_bounded_yaml(data, placed.entry.path, MOST_METADATA_BYTES, fix)
    if not isinstance(listed, Mapping):
        raise UsageError("it lists no submissions", placed.entry.path, fix)
    return listed


def _handed_in(
    folder: str, about: Any, files: Sequence[Placed], layout: Layout
) -> HandedIn | None:
    number = folder.removeprefix("submission_").partition(".")[0]
    people = tuple(_people(_get(about, "submitters"), number))
    if not people:
        return None
    moment = moment_of(_text(_get(about, "created_at")), layout.zone)
    # Sorted as text: by the time, and then by Gradescope's number.
    at = moment or datetime.min.replace(tzinfo=UTC)
    attempt = f"{at.astimezone(UTC) if moment else at:%Y%m%d%H%M%S.%f}-{number:0>20}"
    history = _get(about, "history")
    before = len(history) if isinstance(history, list) else 0
    times = "1 earlier attempt" if before == 1 else f"{before} earlier attempts"
    return HandedIn(
        place=folder,
        people=people,
        files=tuple(
            HandedFile(
                entry=placed.entry,
                name=placed.path.removeprefix(f"{folder}/"),
                attempt=attempt,
            )
            for placed in files
        ),
        submitted_at={attempt: moment} if moment else {},
        notes=(f"{times} on the platform, which the export leaves out.",)
        if before
        else (),
    )


def _people(submitters: Any, number: str) -> Iterator[Person]:
    if not isinstance(submitters, list):
        return
    for one in submitters[:_MOST_SUBMITTERS]:
        known = {key: _text(_get(one, key)) for key in ("name", "email", "sid")}
        if called := known["sid"] or known["email"] or known["name"]:
            yield Person(
                key=ledger_name(called), known_as={"submission_id": number, **known}
            )


def _together(handed: Sequence[HandedIn]) -> Iterator[HandedIn]:
    """Submissions of the same people are attempts of one."""
    same: dict[frozenset[str], list[HandedIn]] = defaultdict(list)
    for one in handed:
        same[frozenset(person.key for person in one.people)].append(one)
    for ones in same.values():
        latest = max(ones, key=lambda one: max(one.submitted_at, default=""))
        yield replace(
            latest,
            files=tuple(file for one in ones for file in one.files),
            submitted_at={k: v for one in ones for k, v in one.submitted_at.items()},
            notes=tuple(Counter(note for one in ones for note in one.notes)),
        )


def _get(about: Any, key: str) -> Any:
    """Keys are Ruby's symbols: `:submitters`."""
    if not isinstance(about, Mapping):
        return None
    return about.get(f":{key}", about.get(key))


def _text(value: Any) -> str:
    """Text as it is written: a number of digits keeps its zeros."""
    text = value.strip() if isinstance(value, str) else ""
    return "" if text in ("~", "null") else text
