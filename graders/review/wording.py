"""What both faces of a review say. All of it is safe to be shown."""

from collections.abc import Iterator, Sequence

from graders.reports.wording import points, visible
from graders.review.cases import Case, Why
from graders.review.choices import Choice
from graders.review.counting import DraftMove
from graders.review.session import Review


def heading(review: Review, case: Case) -> str:
    """The item and the student, in one line."""
    item = f"{case.item} {case.title}" if case.item else case.title
    return visible(f"{item} ({points(case.max_points)}), {review.label(case)}")


def standing_lines(review: Review, case: Case, note: str) -> Iterator[str]:
    """Why it is looked at, what counts now, and what the reviewer has in mind."""
    if note:
        yield f"Nothing could be run: {note}"
    why = "" if case.why is Why.DRAFTED else str(case.why)
    if case.near is not None and case.why is not Why.NEAR:
        why += f"; the mark may reach {points(case.near)}"
    elif case.near is not None:
        why = f"the mark is just below {points(case.near)}"
    if why:
        yield visible(why[0].upper() + why[1:] + ".")
    if case.automatic is not None:
        yield f"Points by checks: {points(case.automatic)}."
    if case.given is not None and case.given.points is not None:
        over = case.given.over_points
        instead = "" if over is None else f", over {points(over)}"
        yield visible(
            f"Given by {case.given.who}: {points(case.given.points)}{instead}"
            f" ({case.given.reason})."
        )
    for name in review.others(case):
        yield visible(f"{name} has points in mind for it.")
    draft = review.draft(case)
    if draft is not None:
        yield visible(f"Your draft: {points(draft.points)} ({draft.reason}).")
    for doubt in review.doubts(case):
        yield visible(f"Since your draft, {doubt}: decide once more.")


def choice_line(choice: Choice) -> str:
    """A key, its points and their words.

    >>> choice_line(Choice(key="1", points=7.5, words="clear"))
    '1: 7.5 points, clear'
    """
    unit = "point" if choice.points == 1 else "points"
    return visible(f"{choice.key}: {points(choice.points)} {unit}, {choice.words}")


def move_line(move: DraftMove) -> str:
    """What a draft does, in one line."""
    before = "none yet" if move.before is None else points(move.before)
    item = move.item or "the whole mark"
    line = f"{move.label}, {item}: {before} → {points(move.after)} ({move.reason})"
    if move.doubts:
        line += f". Since the draft, {'; '.join(move.doubts)}"
    return visible(line)


def count_line(moves: Sequence[DraftMove]) -> str:
    """How many drafts there are, and how many are in doubt.

    >>> count_line([])
    'You have no drafts.'
    """
    if not moves:
        return "You have no drafts."
    doubted = sum(not one.is_sound for one in moves)
    drafts = "1 draft" if len(moves) == 1 else f"{len(moves)} drafts"
    if not doubted:
        return f"{drafts}. Nothing of it counts yet."
    one = "It rests" if len(moves) == 1 else "1 of them rests"
    rest = f"{one} on what has changed since, and is"
    if doubted > 1:
        rest = f"{doubted} of them rest on what has changed since, and are"
    return f"{drafts}. {rest} not made to count."
