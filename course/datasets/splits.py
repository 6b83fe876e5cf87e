"""Which image belongs to which split."""

from itertools import pairwise
from typing import TYPE_CHECKING

from course.datasets.catalog import SPLITS
from course.datasets.draws import fixed_draw

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def assign_splits(labels: "NDArray[np.int64]") -> dict[str, list[int]]:
    """Cuts positions 0..N-1 into train, validation and test, 60/20/20.

    Each class is shuffled by a fixed draw and cut on its own, so the splits are
    stratified. The shuffle matters: scikit-learn's digits are grouped by
    writer, and a cut without it would test on other writers than it trained on.

    Args:
        labels: (N,). Class of each image.

    Returns:
        For each split its positions in `labels`, ascending. Every position is
        in exactly one split.

    >>> import numpy as np
    >>> {name: len(at) for name, at in assign_splits(np.zeros(10, int)).items()}
    {'train': 6, 'validation': 2, 'test': 2}
    """
    splits: dict[str, list[int]] = {name: [] for name in SPLITS}
    for label in sorted(set(labels.tolist())):
        members = [at for at, other in enumerate(labels.tolist()) if other == label]
        members.sort(key=lambda at: fixed_draw("split", at))
        cuts = [0, round(0.6 * len(members)), round(0.8 * len(members)), len(members)]
        for name, (start, stop) in zip(SPLITS, pairwise(cuts), strict=True):
            splits[name] += members[start:stop]
    return {name: sorted(positions) for name, positions in splits.items()}
