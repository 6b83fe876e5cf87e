"""Groups of more than two that are alike, one with another."""

from collections.abc import Sequence
from dataclasses import dataclass

import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from graders.similarity.handed_in import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Submissions, each alike with at least one other of them.

    Args:
        works: in the order of names.
        num_pairs: how many of their pairs are alike.
    """

    works: tuple[Work, ...]
    num_pairs: int

    @property
    def num_possible(self) -> int:
        """How many pairs there are."""
        return len(self.works) * (len(self.works) - 1) // 2


def clusters_of(pairs: Sequence[tuple[Work, Work]]) -> tuple[Cluster, ...]:
    """Largest first; of two only there is none."""
    works = list(dict.fromkeys(work for pair in pairs for work in pair))
    if not works:
        return ()
    number = {work: index for index, work in enumerate(works)}
    ones = [number[one] for one, _ in pairs]
    others = [number[other] for _, other in pairs]
    shape = (len(works), len(works))
    graph = sp.csr_array(([1] * len(pairs), (ones, others)), shape=shape)
    count, labels = connected_components(graph, directed=False)
    found = []
    for label in range(count):
        own = [work for work in works if labels[number[work]] == label]
        if len(own) > 2:
            inside = sum(int(labels[one] == label) for one in ones)
            own.sort(key=lambda work: (work.year, work.student, work.number))
            found.append(Cluster(works=tuple(own), num_pairs=inside))
    return tuple(sorted(found, key=lambda one: (-len(one.works), one.works[0].student)))
