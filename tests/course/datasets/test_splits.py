import numpy as np
import pytest
from sklearn.datasets import load_digits

from course.datasets.splits import assign_splits


def test_every_position_is_in_exactly_one_split():
    labels = load_digits().target

    splits = assign_splits(labels)

    positions = [at for split in splits.values() for at in split]
    assert sorted(positions) == list(range(len(labels)))


def test_each_class_is_cut_60_20_20_on_its_own():
    labels = np.repeat([3, 7], [100, 10])

    splits = assign_splits(labels)

    counts = {name: np.bincount(labels[at])[[3, 7]] for name, at in splits.items()}
    assert counts["train"].tolist() == [60, 6]
    assert counts["validation"].tolist() == [20, 2]
    assert counts["test"].tolist() == [20, 2]


@pytest.mark.parametrize("split", ["train", "validation", "test"])
def test_a_split_is_not_a_run_of_neighbours(split):
    at = assign_splits(np.zeros(1000, int))[split]

    assert at == sorted(at)
    assert abs(np.mean(at) - 499.5) < 60  # a cut without a shuffle is off by 200
