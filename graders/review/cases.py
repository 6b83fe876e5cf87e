"""What waits for a person: each item of a mark that somebody has to look at."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import sqlalchemy as sa

from graders.marks import GradedAssignment, StudentMark, read_marks
from graders.records import Adjustment, Mark, MarkedItem, Outcome
from graders.rubric import Rubric

WHOLE_TITLE = "The whole mark"
_Place = tuple[str, str]


class Why(StrEnum):
    """Why an item is looked at."""

    MANUAL = "waits for points"
    BROKEN = "undecided: a check broke"
    FLAGGED = "the points by checks have changed under those given"
    NEAR = "its mark is just below a boundary"
    DRAFTED = "to be looked at once more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One item of one submission, for whoever has to decide about it.

    Args:
        owner: the student, or the group, that handed it in.
        students: who gets the points: the student, or members of the group.
        item: id of the rubric; empty for the whole mark.
        title: of the rubric.
        why: it is looked at.
        near: the boundary that the mark may cross by it; None if there is none.
        points: that count now.
        max_points: that can be had.
        automatic: points by checks; None for an item that a person grades.
        given: what a person gave before.
        levels: words for some numbers of points.
        functions: that the item asks for.
        one: the mark it is part of.
    """

    owner: str
    students: tuple[str, ...]
    item: str
    title: str
    why: Why
    near: float | None
    points: float
    max_points: float
    automatic: float | None
    given: Adjustment | None
    levels: Mapping[float, str] = field(default_factory=dict)
    functions: tuple[str, ...] = ()
    one: StudentMark

    @property
    def place(self) -> _Place:
        """Whose item it is: the same as long as the ledger knows the student."""
        return self.owner, self.item

    @property
    def overrules(self) -> bool:
        """Whether points for it take the place of others, and so need a reason."""
        return self.automatic is not None or self.given is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """Which marks are borderline.

    Args:
        boundaries: numbers of points where a grade begins.
        within: how far below it a mark may be.
    """

    boundaries: tuple[float, ...] = ()
    within: float = 2.0

    def below(self, mark: Mark, item: MarkedItem) -> float | None:
        """The boundary that the mark would reach by what an item still lacks."""
        if mark.whole is not None or item.points >= item.max_points:
            return None
        lacks = (item.max_points - item.points) * mark.lateness.factor
        for boundary in self.boundaries:
            if mark.points < boundary <= mark.points + lacks and (
                item.waiting or boundary - mark.points <= self.within
            ):
                return boundary
        return None


def read_cases(
    connection: sa.Connection,
    graded: GradedAssignment,
    nearness: Nearness,
    *,
    drafted: Collection[_Place] = (),
    student: str | None = None,
) -> list[Case]:
    """All that waits for a person, by student.

    Args:
        connection: of the ledger.
        graded: the assignment.
        nearness: which marks are borderline.
        drafted: students and items that somebody has points in mind for.
        student: of one student or group; None for all.
    """
    marks = read_marks(connection, graded.name, graded.rubric, student=student)
    return _merged(
        case
        for one in marks
        for case in _cases_of(one, graded.rubric, nearness, drafted)
    )


def _cases_of(
    one: StudentMark, rubric: Rubric, nearness: Nearness, drafted: Collection[_Place]
) -> Iterator[Case]:
    if one.mark is None:
        return
    for item in one.mark.items:
        near = nearness.below(one.mark, item)
        why = _why(one.mark, item, near)
        if why is None and (one.student, item.id) in drafted:
            why = Why.DRAFTED
        if why is not None:
            yield _case(one, rubric, item, why, near)
    yield from _of_whole(one, (one.student, "") in drafted)


def _why(mark: Mark, item: MarkedItem, near: float | None) -> Why | None:
    if mark.whole is not None or not _can_be_given(item):
        return None  # Its points would change nothing.
    if item.waiting:
        return Why.MANUAL
    if item.outcome is Outcome.BROKEN and item.adjustment is None:
        return Why.BROKEN
    if item.flagged:
        return Why.FLAGGED
    # What a person has looked at already does not come back for being near.
    return Why.NEAR if near is not None and item.adjustment is None else None


def _can_be_given(item: MarkedItem) -> bool:
    """Not one that is left over from an earlier rubric."""
    return item.manual or item.outcome is not None


def _case(
    one: StudentMark, rubric: Rubric, item: MarkedItem, why: Why, near: float | None
) -> Case:
    levels = {own.id: own.levels for own in rubric.manual}
    functions = {task.id: tuple(task.functions) for task in rubric.tasks}
    return Case(
        owner=one.group or one.student,
        students=(one.student,),
        item=item.id,
        title=item.title,
        why=why,
        near=near,
        points=item.points,
        max_points=item.max_points,
        automatic=item.automatic,
        given=item.adjustment,
        levels=levels.get(item.id, {}),
        functions=functions.get(item.id, ()),
        one=one,
    )


def _of_whole(one: StudentMark, is_drafted: bool) -> Iterator[Case]:
    """The whole mark, where what a person gave for it has to be looked at again."""
    mark = one.mark
    assert mark is not None
    assert one.standing is not None
    changed = (
        mark.whole is not None and mark.whole.over_points is not None and mark.flagged
    ) and mark.whole.over_points != one.standing.points
    if changed or is_drafted:
        yield Case(
            owner=one.group or one.student,
            students=(one.student,),
            item="",
            title=WHOLE_TITLE,
            why=Why.FLAGGED if changed else Why.DRAFTED,
            near=None,
            points=mark.points,
            max_points=mark.max_points,
            automatic=one.standing.points,
            given=mark.whole,
            one=one,
        )


def _merged(cases: Iterable[Case]) -> list[Case]:
    """Members of a group together, where all is the same with them."""
    found: dict[object, Case] = {}
    for case in cases:
        given = case.given and (case.given.points, case.given.reason)
        same = (*case.place, case.why, case.near, case.points, given)
        if same in found:
            before = found[same]
            names = (*before.students, *case.students)
            found[same] = replace(before, students=names)
        else:
            found[same] = case
    return list(found.values())
