import numpy as np
import pytest

from course.datasets.reading import load_columns
from course.datasets.shifted_digits import placement, shift

SPLITS = ("train", "validation", "test")


@pytest.mark.parametrize("split", SPLITS)
def test_a_split_holds_the_same_images_as_that_of_the_digits(prepared_dir, split):
    plain = load_columns("digits", split, prepared_dir)
    shifted = load_columns("shifted_digits", split, prepared_dir)

    np.testing.assert_array_equal(shifted["index"], plain["index"])
    np.testing.assert_array_equal(shifted["label"], plain["label"])


@pytest.mark.parametrize("split", SPLITS)
def test_a_canvas_holds_the_digit_and_nothing_else(prepared_dir, split):
    plain = load_columns("digits", split, prepared_dir)
    shifted = load_columns("shifted_digits", split, prepared_dir)

    assert shifted["image"].shape[1:] == (12, 12, 1)
    for index, digit, canvas in zip(
        plain["index"], plain["image"], shifted["image"], strict=True
    ):
        row, column = placement(int(index))
        window = canvas[row : row + 8, column : column + 8]
        np.testing.assert_array_equal(window, digit)
        assert canvas.sum() == digit.sum()


def test_digits_land_on_all_25_places_about_equally_often():
    places = [placement(index) for index in range(1797)]

    counts = np.unique(places, axis=0, return_counts=True)[1]

    assert len(counts) == 25
    assert counts.min() > 40  # 72 on average
    assert counts.max() < 110


def test_a_placement_does_not_depend_on_the_images_before_it():
    images = np.arange(3 * 64, dtype=np.uint8).reshape(3, 8, 8, 1)

    alone, together = shift(images[:1]), shift(images)

    np.testing.assert_array_equal(alone[0], together[0])
