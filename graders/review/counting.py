"""Drafts → points that count: what would move, and the making of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from graders.ledger import Draft, Ledger, confirm_drafts, note_draft, open_drafts
from graders.marks import GradedAssignment, StudentMark, known_students, read_marks
from graders.records import MarkedItem
from graders.reports.wording import points
from graders.review.cases import WHOLE_TITLE
from graders.review.ground import Whose, changes, read_grounds
from graders.review.ordering import neutral_numbers
from graders.review.selection import Selection, items_of

NO_ITEM = "there is no such item any more"
NO_MARK = "there is no mark as of now"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftMove:
    """What a draft would do.

    Args:
        student: whose.
        label: the name, or a number where students are anonymous.
        item: id; empty for the whole mark.
        title: of the item.
        before: points that count now; None if they wait for a person.
        after: those of the draft.
        over: points by checks that they take the place of.
        reason: that is kept with them.
        doubts: what has changed since the draft was noted.
        can_count: whether there is such an item, of so many points.
    """

    student: str
    label: str
    item: str
    title: str
    before: float | None
    after: float
    over: float | None
    reason: str
    doubts: tuple[str, ...]
    can_count: bool

    @property
    def is_sound(self) -> bool:
        """Whether it may count without another look."""
        return self.can_count and not self.doubts


def draft_moves(
    ledger: Ledger, graded: GradedAssignment, selection: Selection
) -> list[DraftMove]:
    """What the drafts of a reviewer would do now, by item and student."""

    def read(connection: sa.Connection) -> list[DraftMove]:
        drafts = _chosen(connection, ledger.who, graded, selection)
        names = {draft.student for draft in drafts}
        marks = {
            one.student: one
            for one in read_marks(connection, graded.name, graded.rubric)
            if one.student in names
        }
        whose: list[Whose] = [
            (_owner(marks.get(d.student), d.student), d.student, d.item) for d in drafts
        ]
        grounds = read_grounds(connection, graded.name, whose)
        everybody = known_students(connection, graded.name)
        numbers = neutral_numbers(everybody, selection.seed)
        moves = []
        for draft, (owner, *_), ground in zip(drafts, whose, grounds, strict=True):
            label = f"student {numbers[owner]}" if selection.anonymous else ""
            doubts = changes(ground.at(draft.at), ground.at())
            moves.append(_move(draft, marks.get(draft.student), label, doubts))
        order = {item: number for number, item in enumerate(items_of(graded))}
        return sorted(
            moves, key=lambda one: (order.get(one.item, len(order)), one.label)
        )

    return ledger.read(read)


def keep_in_mind(
    ledger: Ledger, graded: GradedAssignment, moves: Sequence[DraftMove]
) -> None:
    """Notes drafts once more, as what has changed was looked at."""
    for one in moves:
        what = (one.student, one.item, one.after, one.reason)
        note_draft(ledger, graded.name, *what)


def make_count(
    ledger: Ledger, graded: GradedAssignment, moves: Sequence[DraftMove]
) -> list[Draft]:
    """Makes drafts count, all of them or none; those in doubt stay drafts."""
    over = {
        (one.student, one.item): one.over
        for one in moves
        if one.is_sound  # At the others, a person has to look first.
    }
    return confirm_drafts(ledger, graded.name, over) if over else []


def _chosen(
    connection: sa.Connection, who: str, graded: GradedAssignment, chosen: Selection
) -> list[Draft]:
    drafts = open_drafts(connection, graded.name, who).values()
    own = [one for one in drafts if chosen.item in (None, one.item)]
    if chosen.student is None:
        return own
    marks = read_marks(connection, graded.name, graded.rubric, student=chosen.student)
    names = {one.student for one in marks}
    return [one for one in own if one.student in names]


def _owner(one: StudentMark | None, student: str) -> str:
    return one.group if one is not None and one.group else student


def _move(
    draft: Draft, one: StudentMark | None, label: str, doubts: Sequence[str]
) -> DraftMove:
    item = _item(one, draft.item)
    before, over, title = None, None, WHOLE_TITLE if draft.item == "" else ""
    told, can_count = list(doubts), True
    if item is not None:
        before = None if item.waiting else item.points
        over, title = item.automatic, item.title
        if draft.points > item.max_points:
            can_count = False
            told.append(f"only {points(item.max_points)} can be had now")
    elif draft.item == "" and one and one.mark and one.standing:
        before, over = one.mark.points, one.standing.points
    else:
        told.append(NO_ITEM if one and one.mark else NO_MARK)
        can_count = False
    return DraftMove(
        student=draft.student,
        label=label or draft.student,
        item=draft.item,
        title=title,
        before=before,
        after=draft.points,
        over=over,
        reason=draft.reason,
        doubts=tuple(told),
        can_count=can_count,
    )


def _item(one: StudentMark | None, item: str) -> MarkedItem | None:
    if one is None or one.mark is None:
        return None
    known = (own for own in one.mark.items if own.manual or own.outcome is not None)
    return next((own for own in known if own.id == item), None)
