import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.linear_model import RidgeClassifier
from sklearn.model_selection import cross_val_score

from course.datasets.catalog import find_card
from course.datasets.digits import Digits
from course.datasets.reading import load_columns

SPLITS = ("train", "validation", "test")


@pytest.fixture(scope="module")
def splits(prepared_dir):
    return {name: load_columns("digits", name, prepared_dir) for name in SPLITS}


def domain_accuracy(first, second):
    """How well a linear classifier tells two lots of images apart; 0.5 is chance."""
    x = np.concatenate([first, second]).reshape(len(first) + len(second), -1)
    y = np.repeat([0, 1], [len(first), len(second)])
    return cross_val_score(RidgeClassifier(), x, y, cv=5).mean()


def test_the_splits_have_their_documented_sizes(splits):
    sizes = tuple(len(splits[name]["label"]) for name in SPLITS)

    assert sizes == find_card("digits").num_examples
    assert sum(sizes) == 1797


def test_the_splits_share_no_image_and_miss_none(splits):
    indices = np.concatenate([splits[name]["index"] for name in SPLITS])

    assert sorted(indices.tolist()) == list(range(1797))


@pytest.mark.parametrize("split", SPLITS)
def test_the_images_and_labels_are_those_of_scikit_learn(splits, split):
    scans, rows = load_digits(), splits[split]

    np.testing.assert_array_equal(rows["image"][..., 0], scans.images[rows["index"]])
    np.testing.assert_array_equal(rows["label"], scans.target[rows["index"]])


@pytest.mark.parametrize("split", SPLITS)
def test_every_class_has_its_share_of_every_split(splits, split):
    labels = splits[split]["label"]

    wanted = np.bincount(load_digits().target) * len(labels) / 1797

    assert np.abs(np.bincount(labels, minlength=10) - wanted).max() < 1


def test_train_and_test_come_from_the_same_writers(splits):
    test = splits["test"]["image"]
    train = splits["train"]["image"][:: len(splits["train"]["image"]) // len(test)]

    accuracy = domain_accuracy(train[: len(test)], test)

    assert accuracy < 0.56


def test_without_the_shuffle_the_writers_could_be_told_apart():
    images = load_digits().images

    accuracy = domain_accuracy(images[:400], images[400:800])

    assert accuracy > 0.60


def test_the_builder_describes_image_label_and_index(tmp_path):
    info = Digits(data_dir=tmp_path, file_format="array_record").info

    assert info.features["image"].shape == (8, 8, 1)
    assert info.features["image"].np_dtype == np.uint8
    assert info.features["label"].num_classes == 10
    assert info.features["index"].np_dtype == np.int64
    assert info.supervised_keys == ("image", "label")
