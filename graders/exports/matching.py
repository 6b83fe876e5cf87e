"""Students of the ledger → rows of a platform's table. Nobody is guessed.

What a platform itself calls a student decides. Without that, what the roster or another
platform says; without that, a name or an id in the table that is theirs alone.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graders.exports.class_to_export import ClassToExport
from graders.reports.wording import visible

NAME = "name"
_Fact = tuple[str, str]
# Where else each of a platform's keys is said: the roster, then other platforms.
_SIS_ID: tuple[_Fact, ...] = (
    *(("roster", "sis_id"), ("roster", "sid"), ("gradescope", "sid")),
    *(("moodle", "id_number"), ("canvas", "sis_id")),
)
_EMAIL: tuple[_Fact, ...] = (
    *(("roster", "email"), ("gradescope", "email"), ("moodle", "email")),
)
_LOGIN: tuple[_Fact, ...] = (
    *(("roster", "login"), ("canvas", "login"), ("blackboard", "username")),
)
_SAID_ELSEWHERE: Mapping[str, Mapping[str, tuple[_Fact, ...]]] = {
    "canvas": {
        "user_id": (("roster", "user_id"),),
        "sis_id": _SIS_ID,
        "login": (*_LOGIN, *_EMAIL),
    },
    "moodle": {"id_number": _SIS_ID, "email": _EMAIL},
    "blackboard": {"username": _LOGIN, "sid": _SIS_ID},
}
_ANY_CASE = ("login", "email", "username")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformRow:
    """One student, as a table of a platform has them.

    Args:
        number: of the row in the table.
        line: where it begins in the file.
        keys: what it is known by, the strongest key first: `user_id`, ..., `name`.
    """

    number: int
    line: int
    keys: Mapping[str, str]

    @property
    def shown(self) -> str:
        """As a person recognises it: the name, and the strongest key."""
        name = self.keys.get(NAME, "")
        first = next((k for key, k in self.keys.items() if k and key != NAME), "")
        return visible(f"{name} ({first})" if name and first else name or first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmatched:
    """A student whose row is not known.

    Args:
        student: name in the ledger.
        what: why, in words.
        remedy: what to do.
        candidates: rows that it could be, in words; none if there are none.
    """

    student: str
    what: str
    remedy: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """Rows by student, how each was found, and whose is not known."""

    rows: Mapping[str, PlatformRow]
    found_by: Mapping[str, str]
    unmatched: tuple[Unmatched, ...]


@dataclass
class _Index:
    """Rows by the values of each key."""

    rows: Sequence[PlatformRow]
    by_key: dict[str, dict[str, list[PlatformRow]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.rows:
            for key, value in row.keys.items():
                if value:
                    places = self.by_key.setdefault(key, defaultdict(list))
                    places[_comparable(key, value)].append(row)

    def find(self, key: str, value: str) -> list[PlatformRow]:
        """All rows that have the value."""
        return self.by_key.get(key, {}).get(_comparable(key, value), [])

    def known(self, key: str) -> bool:
        """Whether the table says anything of a key."""
        return bool(self.by_key.get(key))


def match(
    system: str, the_class: ClassToExport, rows: Sequence[PlatformRow]
) -> Matching:
    """Finds everybody's row.

    Args:
        system: `canvas`, `moodle` or `blackboard`.
        the_class: whose marks leave the house.
        rows: of the platform's table.
    """
    index = _Index(rows)
    found: dict[str, tuple[PlatformRow, str]] = {}
    unmatched: list[Unmatched] = []
    for one in the_class.marked:
        known = the_class.identities.get(one.student, {})
        place = _find(system, one.student, known, index)
        if isinstance(place, Unmatched):
            unmatched.append(place)
        else:
            found[one.student] = place
    for student, told in _two_for_one_row(found):
        del found[student]
        unmatched.append(told)
    return Matching(
        rows={student: row for student, (row, _) in found.items()},
        found_by={student: how for student, (_, how) in found.items()},
        unmatched=tuple(sorted(unmatched, key=lambda one: one.student)),
    )


def _find(
    system: str,
    student: str,
    known: Mapping[str, Mapping[str, str]],
    index: _Index,
) -> tuple[PlatformRow, str] | Unmatched:
    own = {key: text for key, text in known.get(system, {}).items() if text}
    for key in (key for key in own if key != NAME and index.known(key)):
        # The platform's own words decide: a name never speaks against an id.
        return _only(student, index.find(key, own[key]), f"{key} {own[key]}")
    hits: dict[int, tuple[PlatformRow, str]] = {}
    for key, facts in _SAID_ELSEWHERE.get(system, {}).items():
        for other, theirs in facts:
            value = known.get(other, {}).get(theirs, "")
            for row in index.find(key, value) if value and other != system else ():
                hits.setdefault(
                    row.number, (row, f"{key} {value}, by {_called(other)}")
                )
    if hits:
        how = next(iter(hits.values()))[1]
        return _only(student, [row for row, _ in hits.values()], how)
    named = (own.get(NAME, ""), known.get("roster", {}).get(NAME, ""))
    return _by_name(student, [student, *filter(None, named)], index)


def _called(system: str) -> str:
    return "the roster" if system == "roster" else system.capitalize()


def _by_name(
    student: str, names: Sequence[str], index: _Index
) -> tuple[PlatformRow, str] | Unmatched:
    """By what a folder was called: an id, a login or a name that is theirs alone."""
    hits: dict[int, tuple[PlatformRow, str]] = {}
    for key in index.by_key:
        for name in names:
            for row in index.find(key, name):
                hits.setdefault(row.number, (row, f"{key} {name}"))
    rows = [row for row, _ in hits.values()]
    how = next((how for _, how in hits.values()), "")
    return _only(student, rows, how)


def _only(
    student: str, rows: Sequence[PlatformRow], how: str
) -> tuple[PlatformRow, str] | Unmatched:
    if len(rows) == 1:
        return rows[0], visible(how)
    if not rows:
        return Unmatched(
            student=student,
            what=f"no row of the table has {visible(how)}"
            if how
            else "no row of the table has this name, login or id",
            remedy="Give a table that has them, or read the submissions in with a"
            " roster.",
        )
    return Unmatched(
        student=student,
        what=f"{len(rows)} rows of the table could be theirs",
        remedy="Read the submissions in with a roster that has their ids, or enter"
        " the grade by hand.",
        candidates=tuple(f"line {row.line}: {row.shown}" for row in rows),
    )


def _two_for_one_row(
    found: Mapping[str, tuple[PlatformRow, str]],
) -> Iterable[tuple[str, Unmatched]]:
    """Everybody who shares a row with another student."""
    by_row: dict[int, list[str]] = defaultdict(list)
    for student, (row, _) in found.items():
        by_row[row.number].append(student)
    shared = [students for students in by_row.values() if len(students) > 1]
    for students in shared:
        for student in students:
            row = found[student][0]
            others = ", ".join(visible(name) for name in students if name != student)
            yield (
                student,
                Unmatched(
                    student=student,
                    what=f"the same row of the table would be theirs and {others}'s",
                    remedy="Read the submissions in with a roster that tells them"
                    " apart, or enter the grades by hand.",
                    candidates=(f"line {row.line}: {row.shown}",),
                ),
            )


def _comparable(key: str, value: str) -> str:
    """What is compared: ids as they are, logins in any case, names in any order.

    >>> _comparable("name", "Doe, Jane"), _comparable("login", "JDoe ")
    ('jane doe', 'jdoe')
    """
    text = unicodedata.normalize("NFKC", value).strip()
    if key == NAME:
        last, comma, first = text.partition(",")
        ordered = f"{first} {last}" if comma else text
        return " ".join(ordered.replace("_", " ").split()).casefold()
    return text.casefold() if key in _ANY_CASE else text
