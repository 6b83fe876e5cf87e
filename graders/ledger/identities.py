"""Who a student is to a learning platform, so that a mark finds its way back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from graders.ledger.clock import now
from graders.ledger.opening import Ledger
from graders.ledger.tables import identities

KnownAs = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """One student as one platform has them.

    Args:
        student: the name in the ledger.
        system: `canvas`, `moodle`, `gradescope`, `blackboard`, `github` or `roster`.
        known_as: what the platform calls them: `{"user_id": "1234", "name": ...}`.
    """

    student: str
    system: str
    known_as: KnownAs


def keep_identities(
    ledger: Ledger, assignment: str, found: Iterable[Identity], reason: str
) -> None:
    """Records whatever is not known already; a later identity takes an earlier's place.

    Args:
        ledger: where.
        assignment: its name.
        found: of some students or of all.
        reason: where it was read, `the archive week3.zip`.
    """

    def write(connection: sa.Connection) -> None:
        known = identities_of(connection, assignment)
        rows = [
            {
                "assignment": assignment,
                "student": one.student,
                "system": one.system,
                "known_as": dict(one.known_as),
                "who": ledger.who,
                "reason": reason,
                "at": now(),
            }
            for one in found
            if known.get(one.student, {}).get(one.system) != one.known_as
        ]
        if rows:
            connection.execute(sa.insert(identities), rows)

    ledger.write(write)


def identities_of(
    connection: sa.Connection, assignment: str
) -> dict[str, dict[str, KnownAs]]:
    """What each platform calls each student, by student and platform."""
    found: dict[str, dict[str, KnownAs]] = defaultdict(dict)
    query = (
        sa.select(identities.c.student, identities.c.system, identities.c.known_as)
        .where(identities.c.assignment == assignment)
        .order_by(identities.c.id)
    )
    for student, system, known_as in connection.execute(query):
        found[student][system] = known_as
    return dict(found)
