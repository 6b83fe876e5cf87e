"""How alike each two of a class are, by the passages that they share.

A passage weighs the less, the more of the class have it: 1 if only two do, 0 if more
than the common share does. The likeness of two texts is the weight of what they share
over the weight of all that the shorter one has of its own. So a file that was copied
into a longer one is found, too, and so is a group in which all copied everything.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from graders.similarity.fingerprints import Fingerprints

LEAST_OWN = 30.0
"""A text with less weight of its own counts as if it had so much: about 75 words."""
LEAST_COMMON = 4
"""What so few have is common in no class, however small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Two texts.

    Args:
        one: number of the first.
        other: number of the second.
        likeness: from 0 to 1.
        shares: of the first that is in the second, and the reverse.
        shared: weight of what they share.
    """

    one: int
    other: int
    likeness: float
    shares: tuple[float, float]
    shared: float


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
        columns: dict[int, int] = {}
        rows, cols, values = [], [], []
        for row, one in enumerate(prints):
            for passage in one.places:
                if weight := weights[passage]:
                    rows.append(row)
                    cols.append(columns.setdefault(passage, len(columns)))
                    values.append(weight)
        shape = (len(prints), max(1, len(columns)))
        table = sp.csr_array((np.sqrt(values), (rows, cols)), shape=shape)
        self._own = np.asarray((table * table).sum(axis=1)).ravel()
        self._shared = sp.csr_array(table @ table.T)

    def at_least(self, least: float) -> Iterator[Alike]:
        """Each two that are at least so alike, once; not in order."""
        shared = sp.triu(self._shared, k=1).tocoo()
        ones, others = shared.coords
        sizes = np.maximum(self._own, LEAST_OWN)
        likeness = shared.data / np.minimum(sizes[ones], sizes[others])
        for index in np.flatnonzero(likeness >= least):
            yield self.of(int(ones[index]), int(others[index]))

    def of(self, one: int, other: int) -> Alike:
        """Two that are asked for."""
        shared = float(self._shared[one, other])
        own = float(self._own[one]), float(self._own[other])
        return Alike(
            one=one,
            other=other,
            likeness=min(1.0, shared / max(LEAST_OWN, min(own))),
            shares=(shared / max(own[0], 1e-9), shared / max(own[1], 1e-9)),
            shared=shared,
        )
