"""What few of a class have, and more than one: words, numbers, mistakes, networks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from graders.similarity.handed_in import Work
from graders.similarity.likeness import LEAST_COMMON

LEAST_CLASS = 20
"""In a class of fewer nobody can tell which mistake or network is unusual."""
_FEW_SHARE = 0.02
_STRONG = {"file": 1, "table": 1, "comment": 3, "text": 3, "mistake": 2}
"""How many of a kind two must share to be named for that alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Something that two and at most a few have.

    Args:
        kind: file, table, comment, text, number, mistake or network.
        text: what it is.
        count: how many students have it.
    """

    kind: str
    text: str
    count: int


Pairs = dict[tuple[int, int], list[Shared]]
_Sign = tuple[str, str]


def few(num_students: int) -> int:
    """How many may have what is rare: two, or one of fifty.

    >>> few(20), few(300)
    (2, 6)
    """
    return max(2, round(_FEW_SHARE * num_students))


def rare_pairs(
    works: Sequence[Work],
    signs: Sequence[Iterable[_Sign]],
    given: Iterable[_Sign],
    results: Mapping[str, Iterable[_Sign]],
    given_files: Iterable[str],
) -> Pairs:
    """What each two share that is rare; two of the same persons share nothing.

    Args:
        works: what is compared.
        signs: of each: kind and text.
        given: those of the handout.
        results: of their gradings, by content: mistakes and networks.
        given_files: texts that everybody had.
    """
    num_students = len({work.owner for work in works})
    limit = few(num_students)
    having: dict[_Sign, list[int]] = defaultdict(list)
    known, files = _Known(given), set(given_files)
    for index, work in enumerate(works):
        own = {sign for sign in signs[index] if sign not in known}
        if work.source not in files:
            own.add(("file", work.sha256))
        if num_students >= LEAST_CLASS:
            own |= {*results.get(work.content, ())}
        for sign in own:
            having[sign].append(index)
    found: Pairs = defaultdict(list)
    for sign, who in having.items():
        count = len({works[index].owner for index in who})
        # Ten who share a file are told; a file that half of the class has was given.
        most = max(LEAST_COMMON, num_students // 2) if sign[0] == "file" else limit
        if 2 <= count <= most:
            shared = Shared(kind=sign[0], text=sign[1], count=count)
            for pair in _apart(who, works):
                found[pair].append(shared)
    return found


class _Known:
    """What was given; also a part of a given sentence, as one that was shortened."""

    def __init__(self, given: Iterable[_Sign]) -> None:
        self._signs = set(given)
        words = [text for kind, text in self._signs if kind in ("comment", "text")]
        self._words = "\n".join(words)

    def __contains__(self, sign: _Sign) -> bool:
        kind, text = sign
        said = kind in ("comment", "text") and text.rstrip(".") in self._words
        return said or sign in self._signs


def is_strong(shared: Iterable[Shared]) -> bool:
    """Whether two are named for what they share alone, however alike they are."""
    counts: dict[str, set[str]] = defaultdict(set)
    for one in shared:
        # A mistake that fails five checks of a task, A2.3.this to A2.3.that, is one.
        task = one.text.split(" ")[0].rpartition(".")[0]
        counts[one.kind].add(task if one.kind == "mistake" else one.text)
    counts["text"] |= counts.pop("comment", set())
    return any(len(own) >= _STRONG.get(kind, 99) for kind, own in counts.items())


def _apart(who: Sequence[int], works: Sequence[Work]) -> Iterator[tuple[int, int]]:
    for one, other in combinations(who, 2):
        if works[one].persons.isdisjoint(works[other].persons) and not (
            works[one].year and works[other].year
        ):
            yield one, other
