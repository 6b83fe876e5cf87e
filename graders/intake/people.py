"""Who handed in, as it is told and as it is kept."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from graders.intake.accounting import KnownAs, Standing, StudentAccount
from graders.intake.matching import Matched
from graders.intake.roster import Row
from graders.intake.sniffing import PLAIN


def students_of(
    matched: Sequence[Matched], missing: Sequence[Row]
) -> list[StudentAccount]:
    """Everybody who handed in, and everybody of the roster who did not."""
    there = [
        StudentAccount(
            student=one.student,
            place=one.handed.place,
            standing=one.standing,
            why=one.why,
            fix=one.fix,
        )
        for one in matched
    ]
    absent = [
        StudentAccount(
            student=row.student,
            place=f"line {row.line} of the roster",
            standing=Standing.NOT_HANDED_IN,
            why="nothing that was handed in is theirs",
            fix="Look for them among the unmatched; else they did not hand in.",
        )
        for row in missing
    ]
    return [*there, *absent]


def identities_of(matched: Sequence[Matched], dialect: str) -> Iterator[KnownAs]:
    """What the platform and the roster call each of them."""
    for one in matched:
        names = one.members or ((one.student,) if one.student else ())
        people = one.handed.people
        if dialect != PLAIN and len(people) == len(names):
            for at, (name, person) in enumerate(zip(names, people, strict=True)):
                row = one.rows[at] if len(one.rows) == len(names) else None
                more = _named(row) if row and dialect == "moodle" else {}
                yield _known(name, dialect, {**person.known_as, **more})
        elif dialect == "moodle":  # A team has a number, its members have their own.
            for name, row in zip(names, one.rows, strict=True):
                known_as = {"participant": row.participant, "name": "", **_named(row)}
                yield _known(name, dialect, known_as)
        if len(one.rows) == len(names):
            for name, row in zip(names, one.rows, strict=True):
                yield _known(name, "roster", row.fields)


def _known(student: str, system: str, known_as: Mapping[str, str]) -> KnownAs:
    """As a database takes it: without NUL and half characters."""
    told = {
        key: "".join(c for c in value if unicodedata.category(c) not in ("Cc", "Cs"))
        for key, value in known_as.items()
    }
    return KnownAs(student=student, system=system, known_as=told)


def _named(row: Row) -> dict[str, str]:
    """What Moodle's worksheet says besides the number."""
    fields = {"name": "name", "email": "email", "id_number": "sid"}
    return {
        theirs: row.fields[ours]
        for theirs, ours in fields.items()
        if ours in row.fields
    }
