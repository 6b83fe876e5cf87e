"""One reviewer at work: where they are in the queue, and what they have decided.

The terminal and the plain mode are two faces of it. Every decision is a draft in the
ledger at once, so nothing is kept here that could be lost.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from graders.errors import UsageError
from graders.ledger import Draft, Ledger, now
from graders.marks import GradedAssignment, find_graded, known_students
from graders.reports.wording import points as in_short
from graders.review.cases import Case, Why, read_cases
from graders.review.choices import words_for
from graders.review.evidence import Evidence, read_evidence
from graders.review.ground import Ground, Grounds, changes, read_grounds
from graders.review.in_mind import Before, InMind, Key, key_of
from graders.review.ordering import in_order, neutral_numbers
from graders.review.selection import Progress, Selection, items_of, require_known

_FEWEST_FOR_A_GUESS = 3
_LONGEST_S = 600.0
"""Whoever takes longer has gone for a coffee, which says nothing of the pace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """One decision, and what was there before it."""

    key: Key
    before: Before


class Review:
    """The queue of one reviewer.

    Args:
        ledger: where; opened in the name of the reviewer.
        assignment: any of its names.
        selection: which part of what waits.
        clock: seconds, to tell how long it takes.

    Raises:
        UsageError: if there is no such assignment, item or student.
    """

    def __init__(
        self,
        ledger: Ledger,
        assignment: str,
        selection: Selection,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ledger, self.selection, self._clock = ledger, selection, clock
        self.graded: GradedAssignment = ledger.read(
            lambda connection: find_graded(connection, assignment)
        )
        ledger.read(lambda c: require_known(c, self.graded, selection))
        self.cases: list[Case] = []
        self.index = 0
        self._known: dict[Key, Ground] = {}
        self._in_mind = InMind(ledger, self.name)
        self._steps: list[_Step] = []
        self._took_s: list[float] = []
        self._shown_s = clock()
        ledger.read(self._read)
        self.notice = ""
        """What the reviewer has to be told once."""
        self.next_open(start=0)

    # What there is.

    @property
    def who(self) -> str:
        """The reviewer."""
        return self._ledger.who

    @property
    def name(self) -> str:
        """Of the assignment."""
        return self.graded.name

    @property
    def current(self) -> Case | None:
        """The case that is looked at; None at the end of the queue."""
        return self.cases[self.index] if self.index < len(self.cases) else None

    def label(self, case: Case) -> str:
        """What the student is called: a number, if that is asked for."""
        if self.selection.anonymous:
            return f"student {self._numbers[case.owner]}"
        if case.students == (case.owner,):
            return case.owner
        return f"{case.owner} ({', '.join(case.students)})"

    def draft(self, case: Case) -> Draft | None:
        """What is noted for a case; None if nothing, or not the same for all of it."""
        return self._in_mind.of(case)

    def doubts(self, case: Case) -> list[str]:
        """What has changed since the draft of a case was noted; nothing if nothing."""
        return self._in_mind.doubts(case)

    def others(self, case: Case) -> list[str]:
        """Other reviewers who have points in mind for a case, as of now."""
        return self._in_mind.others(case)

    def is_open(self, case: Case) -> bool:
        """Whether it has yet to be decided, or once more."""
        if self.draft(case) is None:
            return case.why is not Why.DRAFTED  # Then nothing but the draft asked.
        return bool(self.doubts(case))

    def progress(self) -> Progress:
        """How far the reviewer is."""
        num_open = sum(map(self.is_open, self.cases))
        minutes = None
        if len(self._took_s) >= _FEWEST_FOR_A_GUESS:
            minutes = round(statistics.median(self._took_s) * num_open / 60) or 1
        total = len(self.cases)
        return Progress(decided=total - num_open, total=total, minutes=minutes)

    def reasons(self) -> list[str]:
        """Why this reviewer gave points in place of others, newest first."""
        return self._in_mind.reasons({one.id for one in self.graded.rubric.manual})

    # Going about.

    def show(self) -> Evidence | None:
        """What is known of the case at hand, as of now; None at the end.

        What somebody else has settled since the queue was read is passed over.
        """
        settled = 0
        while (case := self.current) is not None and not self._stands(case):
            settled += 1
            self.notice += f" {self.label(case)} needs nothing any more."
            del self.cases[self.index]
            self.next_open(start=self.index)
        if settled > 1:
            self.notice = f"{settled} need nothing any more: others were at work."
        if case is None:
            return None
        self._shown_s = self._clock()
        return self._ledger.read(
            lambda connection: read_evidence(
                connection, self.name, self.cases[self.index]
            )
        )

    def next_open(self, start: int | None = None) -> None:
        """Goes to the next case that is open; to the end if there is none."""
        first = self.index + 1 if start is None else start
        later = range(first, len(self.cases))
        self.index = next(
            (i for i in later if self.is_open(self.cases[i])), len(self.cases)
        )

    def back(self) -> None:
        """Goes to the case before, decided or not."""
        self.index = max(0, self.index - 1)

    def skip(self) -> None:
        """Leaves the case as it is."""
        self.next_open()

    def jump(self, text: str) -> bool:
        """Goes to a student: the case of the same item, or else the next of theirs.

        Args:
            text: a part of the name; of the number, where students are anonymous.

        Returns:
            Whether there is one.
        """
        wanted = text.strip().casefold()
        item = self.current.item if self.current else None
        near = sorted(
            range(len(self.cases)),
            key=lambda i: (self.cases[i].item != item, i <= self.index, i),
        )
        for exact in (True, False):
            for index in near:
                name = self.label(self.cases[index]).casefold()
                same = wanted in (name, name.removeprefix("student "))
                if wanted and (same or (wanted in name and not exact)):
                    self.index = index
                    return True
        return False

    # Deciding.

    def decide(self, points: float, reason: str = "", comment: str = "") -> bool:
        """Notes points for the case at hand, and goes on.

        If what it rests on has changed since it was shown, nothing is noted: it is to
        be shown once more, and then the notice tells what is otherwise.

        Args:
            points: that would count.
            reason: why; where no others are replaced, the rubric's words will do.
            comment: beside it.

        Returns:
            Whether they were noted.

        Raises:
            UsageError: if so many points cannot be had, or a reason is missing.
        """
        case = self.current
        assert case is not None
        self._require_sound(case, points, reason)
        points = abs(points)  # There is a zero with a sign.
        if self._grounds(case).at() != self._known.get(key_of(case)):
            return False
        words = reason.strip() or words_for(case.levels, points) or "reviewed"
        text = "; ".join(filter(None, (words, comment.strip())))
        self._took_s.append(min(self._clock() - self._shown_s, _LONGEST_S))
        self._note(case, points, text)
        self.notice = f"{self.label(case)}: {in_short(points)}"
        self.next_open()
        return True

    def comment(self, text: str) -> bool:
        """Puts words behind the reason of a draft; whether there was a draft."""
        case = self.current
        draft = self.draft(case) if case else None
        if case is None or draft is None or self.doubts(case) or not text.strip():
            return False
        self._note(case, draft.points, f"{draft.reason}; {text.strip()}")
        self.notice = "Kept with your draft."
        return True

    def take_back(self) -> bool:
        """Takes the draft of the case at hand back; whether there was one."""
        case = self.current
        if case is None or self.draft(case) is None:
            return False
        self._note(case, None, "taken back")
        return True

    def undo(self) -> bool:
        """Makes the last decision undone, and goes there; whether there was one."""
        if not self._steps:
            return False
        step = self._steps.pop()
        self._in_mind.restore(step.key, step.before)
        self._go_to(step.key)
        self.notice = "Undone."
        return True

    def refresh(self) -> None:
        """Reads the queue anew, as of now; drafts and the place in it stay."""
        key = key_of(self.current) if self.current else None
        self._ledger.read(self._read)
        self._steps.clear()
        if key is None or not self._go_to(key):
            self.next_open(start=0)

    def _go_to(self, key: Key) -> bool:
        places = {key_of(case): i for i, case in enumerate(self.cases)}
        self.index = places.get(key, self.index)
        return key in places

    def _require_sound(self, case: Case, points: float, reason: str) -> None:
        if not 0 <= points <= case.max_points:
            raise UsageError(
                f"{in_short(points)} is not from 0 to {in_short(case.max_points)}",
                "points",
                "`grade adjust --over-maximum` gives more, on purpose.",
            )
        if case.overrules and not reason.strip():
            raise UsageError(
                "points in place of others need a reason",
                "reason",
                "Say in a few words why; students may read it.",
            )

    def _stands(self, case: Case) -> bool:
        """Reads a case anew if something about it has changed; whether it waits."""
        key = key_of(case)
        grounds = self._grounds(case)
        before = self._known.get(key) or grounds.at(self._read_at)
        self._known[key] = present = grounds.at()
        if before == present:
            return True
        self.notice = f"Meanwhile: {'; '.join(changes(before, present))}."
        drafted = [(name, case.item) for name in case.students if self.draft(case)]

        def read(connection: sa.Connection) -> list[Case]:
            return read_cases(
                *(connection, self.graded, self.selection.near),
                drafted=drafted,
                student=case.owner,
            )

        fresh = {key_of(one): one for one in self._ledger.read(read)}
        if key in fresh:
            self.cases[self.index] = fresh[key]
            self._ledger.read(lambda c: self._in_mind.weigh(c, [fresh[key]]))
        return key in fresh

    def _note(self, case: Case, points: float | None, reason: str) -> None:
        before = self._in_mind.note(case, points, reason)
        self._steps.append(_Step(key=key_of(case), before=before))

    def _grounds(self, case: Case) -> Grounds:
        whose = [(case.owner, case.students[0], case.item)]
        (found,) = self._ledger.read(lambda c: read_grounds(c, self.name, whose))
        return found

    # Reading.

    def _read(self, connection: sa.Connection) -> None:
        chosen, name = self.selection, self.name
        self._read_at, self._known = now(), {}
        self._numbers = neutral_numbers(known_students(connection, name), chosen.seed)
        cases = read_cases(
            *(connection, self.graded, chosen.near),
            drafted=self._in_mind.read(connection),
            student=chosen.student,
        )
        mine = [
            case
            for case in cases
            if chosen.item in (None, case.item) and chosen.shard.has(case.owner)
        ]
        self.cases = in_order(mine, items_of(self.graded), chosen.seed, self.who)
        self._in_mind.weigh(connection, self.cases)
