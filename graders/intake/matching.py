"""Who handed in: what a platform says of them against the roster, and the ledger.

Numbers decide. A name decides only where there is no number to compare, and only if
nobody else has it; what a file is called never does.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graders.intake.accounting import Standing
from graders.intake.handed import HandedIn, Person
from graders.intake.ledger_names import folded, ledger_name
from graders.intake.roster import Roster, Row

Known = Mapping[str, Mapping[str, Mapping[str, str]]]
"""Students' names in the ledger → systems → what each calls them."""

_NUMBERS = {
    "canvas": (("user_id", "user_id"),),
    "moodle": (("participant", "participant"), ("id_number", "sid")),
    "gradescope": (("sid", "sid"), ("sid", "sis_id"), ("email", "email")),
    "blackboard": (("username", "login"), ("username", "sid")),
    "github": (("login", "login"),),
}
_OWN = {
    "canvas": ("user_id", "anonymous_id"),
    "moodle": ("participant",),
    "gradescope": ("sid", "email"),
    "blackboard": ("username",),
    "github": ("repository",),  # What is cut off to get the login may change.
}
_WANTED = {
    "canvas": "the column ID, as Canvas' gradebook has it",
    "moodle": "the column Identifier, as Moodle's grading worksheet has it",
    "gradescope": "the columns SID and Email",
    "blackboard": "the column Username",
    "github": "a column `login` with their names on GitHub",
    "plain": "a column `student` with the names of the entries",
}
_ADD = "Add a row for them to the roster, or leave --roster out."


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """Who somebody turned out to be.

    Args:
        handed: what they handed in.
        standing: how it is known.
        student: the name in the ledger; empty if nobody can say.
        members: names of a group's members, for each of its people.
        rows: of the roster.
        why: a sentence, where there is no name.
        fix: what to do about it.
        note: a sentence about a name that there is.
    """

    handed: HandedIn
    standing: Standing
    student: str = ""
    members: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    why: str = ""
    fix: str = ""
    note: str = ""


class _NotKnown(Exception):
    def __init__(self, standing: Standing, why: str, fix: str) -> None:
        super().__init__(why)
        self.standing, self.why, self.fix = standing, why, fix


class Matching:
    """Matches a whole class.

    Args:
        dialect: where they come from.
        roster: of the class, if there is one.
        known: from earlier runs: a student stays under the same name.
        largest_group: none if this assignment has no groups.
    """

    def __init__(
        self,
        dialect: str,
        roster: Roster | None,
        known: Known,
        largest_group: int | None,
    ) -> None:
        self._dialect, self._roster = dialect, roster
        self._largest = largest_group
        self._found = _Index(roster) if roster else None
        self._earlier = {
            (key, one[key].casefold()): student
            for student, systems in known.items()
            if (one := systems.get(dialect))
            for key in _OWN.get(dialect, ())
            if one.get(key)
        }

    def match(self, handed: Sequence[HandedIn]) -> list[Matched]:
        """All of them; two that come to the same name are both ambiguous."""
        found = [self._match_one(one) for one in handed]
        same: dict[str, list[Matched]] = defaultdict(list)
        for one in found:
            if one.student:
                same[one.student.casefold()].append(one)
        clashing = {
            id(one): ", ".join(sorted(other.handed.place for other in ones))
            for ones in same.values()
            if len(ones) > 1
            for one in ones
        }
        return [
            Matched(
                handed=one.handed,
                standing=Standing.AMBIGUOUS,
                why=f"several come to the name {one.student!r}: {clashing[id(one)]}",
                fix=self._with_numbers(),
            )
            if id(one) in clashing
            else one
            for one in found
        ]

    def missing(self, matched: Sequence[Matched]) -> list[Row]:
        """Rows of the roster that nobody handed in for."""
        if self._roster is None:
            return []
        there = {row.line for one in matched for row in one.rows}
        return [row for row in self._roster.rows if row.line not in there]

    def _match_one(self, handed: HandedIn) -> Matched:
        try:
            if members := self._rows_of_group(handed):
                return self._team(handed, members)
            people = [self._who(person) for person in handed.people]
            self._refuse_group(len(people))
        except _NotKnown as error:
            return Matched(
                handed=handed, standing=error.standing, why=error.why, fix=error.fix
            )
        names = tuple(name for name, _, _ in people)
        alone = len(names) == 1
        return Matched(
            handed=handed,
            standing=Standing.MATCHED if self._roster else Standing.BY_PLATFORM,
            student=names[0] if alone else ledger_name("+".join(sorted(names))),
            members=() if alone else names,
            rows=tuple(row for _, row, _ in people if row),
            note=" ".join(note for _, _, note in people if note),
        )

    def _who(self, person: Person) -> tuple[str, Row | None, str]:
        row = self._row_of(person) if self._roster else None
        name = row.student if row else person.key
        earlier = next(
            (
                self._earlier[key, person.known_as[key].casefold()]
                for key in _OWN.get(self._dialect, ())
                if (key, person.known_as.get(key, "").casefold()) in self._earlier
            ),
            name,
        )
        if earlier == name:
            return name, row, self._unlike(person, row)
        other = self._found and self._found.by_student(earlier)
        if other:
            note = (
                f"An earlier run had this as {earlier!r}, who is another one by line"
                f" {other.line} of the roster: look at that one's mark."
            )
            return name, row, note
        return earlier, row, f"Kept as {earlier!r}, the name of an earlier run."

    def _unlike(self, person: Person, row: Row | None) -> str:
        """Canvas hands over a group under its name, with the number of one member."""
        told, known = person.known_as.get("name", ""), row and row.fields.get("name")
        if self._dialect != "canvas" or not told or not known:
            return ""
        if folded(told) in _orders(known):
            return ""
        return (
            f"The archive calls it {told!r}, the roster {known!r}. If it is a group,"
            " say who is in it: --groups."
        )

    def _row_of(self, person: Person) -> Row:
        assert self._roster is not None
        assert self._found is not None
        if self._dialect == "plain":
            return self._only(self._found.by_entry(person.key), person.key)
        pairs = [
            (theirs, ours)
            for theirs, ours in _NUMBERS[self._dialect]
            if person.known_as.get(theirs) and self._roster.has(ours)
        ]
        hits: dict[int, Row] = {}
        for theirs, ours in pairs:
            for row in self._found.by_number(ours, person.known_as[theirs]):
                hits[row.line] = row
        if len(hits) > 1:
            lines = " and ".join(str(line) for line in sorted(hits))
            raise _NotKnown(
                Standing.AMBIGUOUS,
                f"its numbers belong to lines {lines} of the roster",
                "Correct the roster: one person, one row.",
            )
        if hits:
            hit = next(iter(hits.values()))
            self._refuse_contradiction(person, hit, pairs)
            return hit
        if self._dialect == "github" and (clone := self._by_repository(person)):
            return clone
        if pairs:
            told = person.known_as[pairs[0][0]]
            raise _NotKnown(
                Standing.UNMATCHED, f"the roster has no {pairs[0][1]} {told!r}", _ADD
            )
        name = person.known_as.get("name", "")
        return self._only(self._found.by_name(name), name)

    def _refuse_contradiction(
        self, person: Person, row: Row, pairs: Sequence[tuple[str, str]]
    ) -> None:
        """A weaker number that fits does not outweigh a stronger one that does not."""
        theirs, ours = pairs[0]
        told, known = person.known_as[theirs], _field(row, ours)
        fits = any(
            _field(row, ours).casefold() == told.casefold()
            for theirs, ours in pairs
            if person.known_as[theirs] == told
        )
        if known and not fits:
            raise _NotKnown(
                Standing.AMBIGUOUS,
                f"its {theirs} is {told!r}, but line {row.line} of the roster says"
                f" {known!r}",
                "Correct the roster, or the platform's entry.",
            )

    def _by_repository(self, person: Person) -> Row | None:
        """The longest login that a clone's name ends with: logins may have dashes."""
        assert self._roster is not None
        folder = person.known_as.get("repository", "").casefold()
        fitting = [
            (len(login), row)
            for row in self._roster.rows
            if (login := row.fields.get("login", "").casefold())
            and folder.endswith(f"-{login}")
        ]
        return max(fitting, key=lambda item: item[0])[1] if fitting else None

    def _only(self, rows: Sequence[Row], name: str) -> Row:
        if len(rows) == 1:
            return rows[0]
        if rows:
            lines = " and ".join(str(row.line) for row in rows)
            raise _NotKnown(
                Standing.AMBIGUOUS,
                f"lines {lines} of the roster are both called {name!r}",
                self._with_numbers(),
            )
        raise _NotKnown(
            Standing.UNMATCHED, f"the roster has nobody called {name!r}", _ADD
        )

    def _with_numbers(self) -> str:
        return f"Give a roster with {_WANTED[self._dialect]}."

    def _rows_of_group(self, handed: HandedIn) -> list[Row]:
        """The members of a team of Moodle's, whose number is nobody's."""
        if self._dialect != "moodle" or self._roster is None:
            return []
        known_as = handed.people[0].known_as
        if any(row.participant == known_as["participant"] for row in self._roster.rows):
            return []
        wanted = folded(known_as["name"])
        return [
            row for row in self._roster.rows if wanted and folded(row.group) == wanted
        ]

    def _team(self, handed: HandedIn, rows: Sequence[Row]) -> Matched:
        self._refuse_group(len(rows))
        return Matched(
            handed=handed,
            standing=Standing.MATCHED,
            student=ledger_name(rows[0].group),
            members=tuple(row.student for row in rows),
            rows=tuple(rows),
        )

    def _refuse_group(self, size: int) -> None:
        if size > 1 and (self._largest is None or size > self._largest):
            allowed = (
                "this assignment has no groups"
                if self._largest is None
                else f"groups have at most {self._largest}"
            )
            raise _NotKnown(
                Standing.AMBIGUOUS,
                f"{size} handed in together, and {allowed}",
                f"Write `groups: {size}` into the policy of the rubric, or have each"
                " hand in alone.",
            )


def _field(row: Row, name: str) -> str:
    return row.participant if name == "participant" else row.fields.get(name, "")


class _Index:
    """Rows of a roster by whatever they can be found by."""

    def __init__(self, roster: Roster) -> None:
        self._numbers: dict[tuple[str, str], list[Row]] = defaultdict(list)
        self._entries: dict[str, list[Row]] = defaultdict(list)
        self._names: dict[str, list[Row]] = defaultdict(list)
        self._students = {row.student: row for row in roster.rows}
        for row in roster.rows:
            for field in ("participant", *row.fields):
                self._numbers[field, _field(row, field).casefold()].append(row)
            ids = [value for field, value in row.fields.items() if field != "name"]
            for name in {ledger_name(one).casefold() for one in (row.student, *ids)}:
                self._entries[name].append(row)
            for name in _orders(row.fields.get("name", "")):
                self._names[name].append(row)

    def by_student(self, name: str) -> Row | None:
        return self._students.get(name)

    def by_number(self, field: str, value: str) -> list[Row]:
        return self._numbers.get((field, value.casefold()), [])

    def by_entry(self, name: str) -> list[Row]:
        """Rows that have an entry's name in any column, or at least as a name."""
        return self._entries.get(ledger_name(name).casefold()) or self.by_name(name)

    def by_name(self, name: str) -> list[Row]:
        return self._names.get(folded(name), []) if folded(name) else []


def _orders(name: str) -> set[str]:
    """A name with its parts in each order that platforms write them in."""
    parts = name.replace(",", " ").split()
    return {folded("".join(parts[at:] + parts[:at])) for at in range(len(parts))}
