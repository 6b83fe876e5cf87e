"""The points that one key gives."""

from collections.abc import Mapping
from dataclasses import dataclass

from graders.review.cases import Case

_DIGITS = "123456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A key, what it gives, and what that means.

    Args:
        key: a digit.
        points: that it gives.
        words: of the rubric, or ours.
    """

    key: str
    points: float
    words: str


def choices(case: Case) -> list[Choice]:
    """What can be given by one key, from the most points down.

    Where all points are whole and less than ten, the digit is the number of points;
    else the digits count from 1. In any case 0 gives no points, or nothing.
    """
    levels = dict(case.levels)
    if case.automatic is not None:
        levels = _over_checks(case, case.automatic)
    elif not levels:
        levels = {case.max_points: "all of it", 0.0: "none of it"}
    ordered = sorted(levels.items(), reverse=True)
    if case.automatic is None and all(number in range(10) for number in levels):
        return [_choice(f"{number:g}", number, words) for number, words in ordered]
    above = [(number, words) for number, words in ordered if number > 0]
    found = [_choice(k, *one) for k, one in zip(_DIGITS, above, strict=False)]
    nothing = [_choice("0", 0, words) for number, words in ordered if number == 0]
    return found + nothing


def words_for(levels: Mapping[float, str], number: float) -> str:
    """What the rubric says of a number of points; empty if nothing."""
    return levels.get(number, "")


def _over_checks(case: Case, automatic: float) -> dict[float, str]:
    """The points that checks give come first, whatever else they are."""
    given = case.given.points if case.given else None
    levels = {automatic: "as the checks say"}
    if given is not None:
        levels.setdefault(given, "as given before")
    levels.setdefault(case.max_points, "all of it")
    levels.setdefault(0.0, "none of it")
    return levels


def _choice(key: str, number: float, words: str) -> Choice:
    return Choice(key=key, points=float(number), words=words)
