import numpy as np
from sklearn.datasets import load_digits

from course.datasets.handwriting import examples_of, read_scans


def test_the_scans_are_those_of_scikit_learn():
    images, labels = read_scans()

    assert images.dtype == np.uint8
    assert labels.dtype == np.int64
    np.testing.assert_array_equal(images[..., 0], load_digits().images)
    np.testing.assert_array_equal(labels, load_digits().target)


def test_the_key_of_an_example_is_its_index():
    images, labels = np.zeros((10, 8, 8, 1), np.uint8), np.zeros(10, np.int64)

    examples = [
        pair for split in examples_of(images, labels).values() for pair in split
    ]

    assert len(examples) == 10
    assert all(key == example["index"] for key, example in examples)
