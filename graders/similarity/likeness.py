"""How alike each two of a class are, by the passages that they share.

A passage weighs the less, the more of the class have it: 1 if only two do, 0 if more
than the common share does. The likeness of two texts is the weight of what they share
over the weight of all that the shorter one has of its own. So a file that was copied
into a longer one is found, too, and so is a group in which all copied everything.

Who copies half of a file and writes the rest has a low likeness. So whole functions are
counted besides: those of which nearly all weight is in the other text. By chance two
have one of them in common, and hardly two.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from graders.similarity.fingerprints import Fingerprints

LEAST_OWN = 30
"""A text with less weight of its own counts as if it had so much: some 80 words."""
WHOLE_SHARE, WHOLE_WEIGHT = 0.8, 12.0
"""How much of a function the other text has, and what it weighs: some 40 words."""
WHOLE_FUNCTIONS = 2
"""So many are more than chance."""
LEAST_COMMON = 10
"""What so few have is common in no class, however small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Two texts.

    Args:
        one: number of the first.
        other: number of the second.
        likeness: from 0 to 1.
        shares: of the first that is in the second, and the reverse.
        functions: how many whole ones of the one are in the other, or the reverse.
    """

    one: int
    other: int
    likeness: float
    shares: tuple[float, float]
    functions: int


class Weights:
    """What each passage of a class weighs; given ones nothing.

    Args:
        prints: of each text.
        given: passages of the handout.
        owners: who each text is by; several texts of one person count once.
        common: the share of the class that makes a passage common.
    """

    def __init__(
        self,
        prints: Sequence[Fingerprints],
        given: Collection[int],
        owners: Sequence[str],
        common: float,
    ) -> None:
        having: dict[int, set[str]] = {}
        for one, owner in zip(prints, owners, strict=True):
            for passage in one.places:
                if passage not in given:
                    having.setdefault(passage, set()).add(owner)
        limit = max(LEAST_COMMON, common * len(set(owners)))
        self.num_common = sum(len(who) > limit for who in having.values())
        self._of = {
            passage: weight
            for passage, who in having.items()
            if (weight := rarity(len(who), limit)) > 0
        }

    def __getitem__(self, passage: int) -> float:
        return self._of.get(passage, 0.0)


def rarity(count: int, limit: float) -> float:
    """What weighs that so many have: 1 for two, 0 for more than the limit.

    >>> rarity(1, 50), rarity(2, 50), round(rarity(10, 50), 2), rarity(51, 50)
    (1.0, 1.0, 0.5, 0.0)
    """
    if count <= 2:
        return 1.0
    if count > limit:
        return 0.0
    return float(1 - np.log(count / 2) / np.log((limit + 1) / 2))


class Likenesses:
    """Each two texts of a class.

    Args:
        prints: of each text.
        weights: of their passages.
    """

    def __init__(self, prints: Sequence[Fingerprints], weights: Weights) -> None:
        self._columns: dict[int, int] = {}
        rows, cols, values = [], [], []
        for row, one in enumerate(prints):
            for passage in one.places:
                if weight := weights[passage]:
                    rows.append(row)
                    cols.append(self._columns.setdefault(passage, len(self._columns)))
                    values.append(weight)
        shape = (len(prints), max(1, len(self._columns)))
        table = sp.csr_array((np.ones(len(values)), (rows, cols)), shape=shape)
        weighted = sp.csr_array((np.array(values, float), (rows, cols)), shape=shape)
        self._weight = sp.csr_array(weighted @ table.T)
        self._count = sp.csr_array(table @ table.T)
        self._own = self._weight.diagonal()
        self._whole = self._whole_functions(prints, weights, table)

    def _whole_functions(
        self, prints: Sequence[Fingerprints], weights: Weights, table: sp.csr_array
    ) -> sp.csr_array:
        """How many functions of each text are in each other one; a text at a time."""
        found = [
            _whole_in_each(_by_function(one, weights, self._columns), table)
            for one in prints
        ]
        return sp.csr_array(np.array(found).reshape(len(prints), len(prints)))

    def own(self, number: int) -> float:
        """The weight of all that a text has of its own."""
        return float(self._own[number])

    def at_least(self, least: float) -> Iterator[Alike]:
        """Each two that are at least so alike, or have whole functions in common."""
        weight = sp.triu(self._weight, k=1).tocoo()
        ones, others = weight.coords
        sizes = np.maximum(self._own, LEAST_OWN)
        alike = weight.data / np.minimum(sizes[ones], sizes[others]) >= least
        whole = sp.triu(self._whole.maximum(self._whole.T), k=1).tocoo()
        many = whole.data >= WHOLE_FUNCTIONS
        named = {*zip(ones[alike].tolist(), others[alike].tolist(), strict=True)}
        left, right = whole.coords
        named |= {*zip(left[many].tolist(), right[many].tolist(), strict=True)}
        for one, other in sorted(named):
            yield self.of(one, other)

    def of(self, one: int, other: int) -> Alike:
        """Two that are asked for."""
        weight, count = float(self._weight[one, other]), self._count[one, other]
        return Alike(
            one=one,
            other=other,
            likeness=float(weight / max(LEAST_OWN, min(self._own[[one, other]]))),
            shares=(
                float(count / max(1, self._count[one, one])),
                float(count / max(1, self._count[other, other])),
            ),
            functions=int(max(self._whole[one, other], self._whole[other, one])),
        )


def _by_function(
    one: Fingerprints, weights: Weights, columns: Mapping[int, int]
) -> sp.csr_array:
    """What the passages of each function weigh: a row for each that weighs enough."""
    functions: dict[int, dict[int, float]] = {}
    for passage, places in one.places.items():
        if weight := weights[passage]:
            for unit in {place.unit for place in places}:
                functions.setdefault(unit, {})[columns[passage]] = weight
    kept = [own for own in functions.values() if sum(own.values()) >= WHOLE_WEIGHT]
    rows = [row for row, own in enumerate(kept) for _ in own]
    cols = [column for own in kept for column in own]
    values = [weight for own in kept for weight in own.values()]
    return sp.csr_array((values, (rows, cols)), shape=(len(kept), max(1, len(columns))))


def _whole_in_each(
    functions: sp.csr_array, table: sp.csr_array
) -> npt.NDArray[np.int_]:
    """How many of the functions each text has."""
    if functions.shape[0] == 0:
        return np.zeros(table.shape[0], int)
    least = WHOLE_SHARE * functions.sum(axis=1)
    shared = (functions @ table.T).toarray()
    return np.asarray((shared >= least[:, None] - 1e-9).sum(axis=0), int)
