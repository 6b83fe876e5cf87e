"""What a reviewer has in mind: drafts, what they rest on, and how they are undone."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa

from graders.ledger import Draft, Ledger, adjusted, note_draft, open_drafts
from graders.review.cases import Case
from graders.review.ground import changes, others_drafting, read_grounds

MOST_REASONS = 9
Key = tuple[tuple[str, ...], str]
Before = Mapping[str, tuple[float, str] | None]
"""Points and reason of each student of a case; None where there was no draft."""


def key_of(case: Case) -> Key:
    """Who gets points for what: no two cases of a queue have the same."""
    return case.students, case.item


class InMind:
    """The drafts of one reviewer. Each change is in the ledger at once.

    Args:
        ledger: where; opened in the name of the reviewer.
        assignment: its name.
    """

    def __init__(self, ledger: Ledger, assignment: str) -> None:
        self._ledger, self._assignment = ledger, assignment
        self._drafts: dict[tuple[str, str], Draft] = {}
        self._doubts: dict[Key, list[str]] = {}

    def read(self, connection: sa.Connection) -> Collection[tuple[str, str]]:
        """Reads the drafts; students and items that have one."""
        who = self._ledger.who
        self._drafts = open_drafts(connection, self._assignment, who)
        return self._drafts.keys()

    def weigh(self, connection: sa.Connection, cases: Iterable[Case]) -> None:
        """Finds out for which cases something has changed since their draft."""
        drafted = [(case, self.of(case)) for case in cases]
        some = [(case, draft) for case, draft in drafted if draft is not None]
        whose = [(case.owner, case.students[0], case.item) for case, _ in some]
        found = read_grounds(connection, self._assignment, whose)
        for (case, draft), grounds in zip(some, found, strict=True):
            told = changes(grounds.at(draft.at), grounds.at())
            self._doubts[key_of(case)] = told

    def of(self, case: Case) -> Draft | None:
        """What is noted for a case; None if nothing, or not the same for all of it."""
        drafts = [self._drafts.get((name, case.item)) for name in case.students]
        first = drafts[0]
        if first is None or any(d is None or d.points != first.points for d in drafts):
            return None
        return first

    def doubts(self, case: Case) -> list[str]:
        """What has changed since the draft of a case was noted; nothing if nothing."""
        return self._doubts.get(key_of(case), [])

    def note(self, case: Case, points: float | None, reason: str) -> Before:
        """Notes points, or takes them back for None; what was there before."""
        before: dict[str, tuple[float, str] | None] = {}
        for name in case.students:
            known = self._drafts.get((name, case.item))
            # One in doubt does not come back: noted anew, it would seem sound.
            sound = known is not None and not self.doubts(case)
            before[name] = (known.points, known.reason) if known and sound else None
        self._write(key_of(case), dict.fromkeys(case.students, (points, reason)))
        return before

    def restore(self, key: Key, before: Before) -> None:
        """Makes drafts what they were before they were noted."""
        self._write(key, {name: before[name] or (None, "undone") for name in key[0]})

    def others(self, case: Case) -> list[str]:
        """Other reviewers who have points in mind for a case, as of now."""
        whose = self._ledger.who, case.students[0], case.item
        return self._ledger.read(
            lambda connection: others_drafting(connection, self._assignment, *whose)
        )

    def reasons(self, besides: Collection[str]) -> list[str]:
        """What the reviewer wrote last, newest first, to be offered again.

        Args:
            besides: items whose reasons are of no use for others.
        """

        def read(connection: sa.Connection) -> list[tuple[datetime, str]]:
            given = adjusted(connection, self._assignment).values()
            mine = [a for own in given for a in own if a.who == self._ledger.who]
            return [(one.at, one.reason) for one in mine if one.item not in besides]

        drafts = self._drafts.values()
        noted = [(own.at, own.reason) for own in drafts if own.item not in besides]
        known = sorted((*self._ledger.read(read), *noted), reverse=True)
        told = dict.fromkeys(reason for _, reason in known if reason)
        return list(told)[:MOST_REASONS]

    def _write(self, key: Key, drafts: Mapping[str, tuple[float | None, str]]) -> None:
        for name, (points, reason) in drafts.items():
            note_draft(self._ledger, self._assignment, name, key[1], points, reason)
        self._doubts.pop(key, None)  # It rests on what is known now.
        self._ledger.read(self.read)
