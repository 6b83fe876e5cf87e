"""All submissions of a class with all others: who should be looked at side by side."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graders.similarity.clusters import Cluster, clusters_of
from graders.similarity.fingerprints import Fingerprints
from graders.similarity.handed_in import Work
from graders.similarity.likeness import WHOLE_FUNCTIONS, Alike, Likenesses, Weights
from graders.similarity.passages import Match, Text, matches
from graders.similarity.rare import Pairs, Shared, is_strong, rare_pairs
from graders.similarity.reading import Reading, read_texts

LEAST, COMMON, MOST = 0.5, 0.5, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two submissions that a person should look at.

    Args:
        one: the first.
        other: the second.
        likeness: from 0 to 1.
        shares: of what the first has of its own, how much is in the second, and the
            reverse.
        functions: whole ones that both have.
        shared: what only these, or a few more, have.
        matches: functions that are alike; none after the most pairs that are shown.
    """

    one: Work
    other: Work
    likeness: float
    shares: tuple[float, float]
    functions: int
    shared: tuple[Shared, ...]
    matches: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What came of it.

    Args:
        pairs: most alike first.
        clusters: more than two that are alike, one with another.
        num_students: of the class itself.
        num_works: submissions that were compared, those of earlier years too.
        as_words: those that are no Python, or not as a whole.
        cut: those of which only the first part was read.
        num_common: passages that count for nothing, since most have them.
    """

    pairs: tuple[Pair, ...]
    clusters: tuple[Cluster, ...]
    num_students: int
    num_works: int
    as_words: tuple[Work, ...]
    cut: tuple[Work, ...]
    num_common: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a person may choose.

    Args:
        least: how alike two must be to be named.
        common: the share of the class that makes a passage common.
        most: pairs whose lines are shown.
    """

    least: float = LEAST
    common: float = COMMON
    most: int = MOST


def compare(
    works: Sequence[Work],
    given: Sequence[str],
    results: Mapping[str, Iterable[tuple[str, str]]],
    settings: Settings,
) -> Comparison:
    """Compares all with all; those of earlier years only with those of the class.

    Args:
        works: submissions, of earlier years too.
        given: texts that everybody had: the stub, code of the handout.
        results: of all works, as `HandedIn` has them.
        settings: what a person chose.
    """
    readings = _readings(works)
    handout = list(read_texts(given))
    prints = {text: Fingerprints(own.units) for text, own in readings.items()}
    ours = [prints[work.source] for work in works]
    known = {p for own in handout for p in Fingerprints(own.units, every=True).places}
    owners = [work.owner for work in works]
    weights = Weights(ours, known, owners, settings.common)
    rare = rare_pairs(
        works,
        [_signs(readings[work.source]) for work in works],
        {sign for own in handout for sign in _signs(own)},
        results,
        given,
    )
    found = list(_named(works, Likenesses(ours, weights), rare, settings.least))
    pairs = [_pair(works, alike, rare) for alike in _once(works, found)]
    pairs.sort(key=_order)
    texts = _Texts(readings, prints)
    shown = [_with_matches(pair, texts, weights) for pair in pairs[: settings.most]]
    pairs[: settings.most] = shown
    return Comparison(
        pairs=tuple(pairs),
        clusters=clusters_of(
            [(p.one, p.other) for p in pairs if _in_code(p, settings.least)]
        ),
        num_students=len({work.student for work in works if not work.year}),
        num_works=len(works),
        as_words=tuple(w for w in works if not readings[w.source].parsed),
        cut=tuple(w for w in works if not readings[w.source].whole),
        num_common=weights.num_common,
    )


def _readings(works: Sequence[Work]) -> dict[str, Reading]:
    """Each text once, whoever handed it in."""
    texts = list(dict.fromkeys(work.source for work in works))
    return dict(zip(texts, read_texts(texts), strict=True))


def _signs(reading: Reading) -> set[tuple[str, str]]:
    return {(kind, text) for kind, text, _ in reading.signs}


def _named(
    works: Sequence[Work], likenesses: Likenesses, rare: Pairs, least: float
) -> Iterator[Alike]:
    """Those that are alike enough, and those that share what is rare enough."""
    named: set[tuple[int, int]] = set()
    for alike in likenesses.at_least(least):
        named.add((alike.one, alike.other))
        one, other = works[alike.one], works[alike.other]
        if one.persons.isdisjoint(other.persons) and not (one.year and other.year):
            yield alike
    for (first, second), shared in rare.items():
        if is_strong(shared) and (first, second) not in named:
            yield likenesses.of(first, second)


def _once(works: Sequence[Work], found: Iterable[Alike]) -> Iterator[Alike]:
    """Of several attempts of the same two students, those that are most alike."""
    best: dict[tuple[str, ...], Alike] = {}
    for alike in found:
        one, other = works[alike.one], works[alike.other]
        key = (one.student, one.year, other.student, other.year)
        if key not in best or alike.likeness > best[key].likeness:
            best[key] = alike
    yield from best.values()


def _pair(works: Sequence[Work], alike: Alike, rare: Pairs) -> Pair:
    shared = rare.get((alike.one, alike.other), [])
    return Pair(
        one=works[alike.one],
        other=works[alike.other],
        likeness=alike.likeness,
        shares=alike.shares,
        functions=alike.functions,
        shared=tuple(sorted(shared, key=lambda one: (one.kind, one.count, one.text))),
    )


def _in_code(pair: Pair, least: float) -> bool:
    """Whether their code is alike, and not only what few have."""
    return pair.likeness >= least or pair.functions >= WHOLE_FUNCTIONS


def _order(pair: Pair) -> tuple[float, int, str, str]:
    return -pair.likeness, -len(pair.shared), pair.one.student, pair.other.student


class _Texts:
    """Texts as `passages` needs them."""

    def __init__(
        self, readings: Mapping[str, Reading], prints: Mapping[str, Fingerprints]
    ) -> None:
        self._readings, self._prints = readings, prints

    def __getitem__(self, source: str) -> Text:
        return Text(
            lines=source.split("\n"),
            units=self._readings[source].units,
            prints=self._prints[source],
        )


def _with_matches(pair: Pair, texts: _Texts, weights: Weights) -> Pair:
    found = matches(texts[pair.one.source], texts[pair.other.source], weights)
    return replace(pair, matches=tuple(found))
