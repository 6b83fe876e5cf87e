"""Which lines of two texts are alike, function by function."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from graders.similarity.fingerprints import PASSAGE, Fingerprints, Place
from graders.similarity.likeness import Weights
from graders.similarity.normalising import Unit

_MOST_PLACES = 4
_AROUND = 1
_MOST_LINES = 80
_LEAST_WEIGHT = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that is shown.

    Args:
        number: in the file; 0 for lines that are left out.
        text: as it is written.
        same: number of the line of the other file that says the same; 0 if none does.
    """

    number: int
    text: str
    same: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two functions that are alike.

    Args:
        name: of the function; empty for what stands between functions.
        lines: those that are alike, and their neighbours.
    """

    name: str
    lines: tuple[Line, ...]

    @property
    def span(self) -> tuple[int, int]:
        """First and last line that is alike."""
        numbers = [line.number for line in self.lines if line.same]
        return (min(numbers), max(numbers)) if numbers else (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Two functions that are alike.

    Args:
        one: of the first file.
        other: of the second.
        weight: of the passages they share.
    """

    one: Side
    other: Side
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text, as it was read.

    Args:
        lines: of it.
        units: of it.
        prints: of its units.
    """

    lines: Sequence[str]
    units: Sequence[Unit]
    prints: Fingerprints


def matches(one: Text, other: Text, weights: Weights) -> list[Match]:
    """Each function of the first with the one of the second that it is most like."""
    weight: dict[tuple[int, int], float] = defaultdict(float)
    said: dict[tuple[int, int], Counter[tuple[int, int]]] = defaultdict(Counter)
    for passage in one.prints.places.keys() & other.prints.places.keys():
        if not (own := weights[passage]):
            continue
        theirs = other.prints.places[passage][:_MOST_PLACES]
        for left in one.prints.places[passage][:_MOST_PLACES]:
            for right in theirs:
                key = left.unit, right.unit
                weight[key] += own / len(theirs)
                said[key].update(_lines(one, left, other, right))
    best: dict[int, int] = {}
    for (left_unit, right_unit), own in sorted(weight.items(), key=lambda i: -i[1]):
        if own >= _LEAST_WEIGHT:
            best.setdefault(left_unit, right_unit)
    return [
        _match(one, other, pair, said[pair], weight[pair])
        for pair in sorted(best.items())
    ]


def _lines(one: Text, left: Place, other: Text, right: Place) -> list[tuple[int, int]]:
    """Lines of the first and the second that stand for the same words."""
    ours = one.units[left.unit].words[left.word : left.word + PASSAGE]
    theirs = other.units[right.unit].words[right.word : right.word + PASSAGE]
    return [(a, b) for (_, a), (_, b) in zip(ours, theirs, strict=False)]


def _match(
    one: Text,
    other: Text,
    pair: tuple[int, int],
    said: Counter[tuple[int, int]],
    weight: float,
) -> Match:
    ours, theirs = {}, {}
    for (left, right), _ in sorted(said.items(), key=lambda item: item[1]):
        ours[left], theirs[right] = right, left  # The most frequent comes last.
    return Match(
        one=_side(one, one.units[pair[0]], ours),
        other=_side(other, other.units[pair[1]], theirs),
        weight=weight,
    )


def _side(text: Text, unit: Unit, same: dict[int, int]) -> Side:
    shown = sorted(
        {
            number
            for line in same
            for number in range(line - _AROUND, line + _AROUND + 1)
            if unit.first <= number <= min(unit.last, len(text.lines))
        }
    )
    lines: list[Line] = []
    for number in shown[:_MOST_LINES]:
        if lines and number > lines[-1].number + 1:
            lines.append(Line(number=0, text="", same=0))
        own = text.lines[number - 1]
        lines.append(Line(number=number, text=own, same=same.get(number, 0)))
    if len(shown) > _MOST_LINES:
        lines.append(Line(number=0, text="", same=0))
    return Side(name=unit.name, lines=tuple(lines))
