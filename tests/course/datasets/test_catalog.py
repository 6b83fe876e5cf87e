import pytest

from course.datasets.catalog import check_split, find_card
from course.errors import UnknownName


def test_a_card_is_found_by_its_name():
    card = find_card("shifted_digits")

    assert card.image_shape == (12, 12, 1)
    assert card.content == "image"
    assert not card.online


def test_a_set_of_texts_has_no_image_shape():
    card = find_card("paragraphs")

    assert card.image_shape is None
    assert card.content == "text"


def test_a_misspelt_data_set_is_answered_with_the_nearest_name():
    with pytest.raises(UnknownName) as caught:
        find_card("digts")

    assert "'digts'" in caught.value.what
    assert caught.value.where == "name"
    assert 'Did you mean "digits"?' in caught.value.fix
    assert "fashion_mnist" in caught.value.fix


def test_a_name_like_no_other_is_answered_with_the_known_names_only():
    with pytest.raises(UnknownName) as caught:
        find_card("qqq")

    assert "Did you mean" not in caught.value.fix
    wanted = "Known: digits, shifted_digits, paragraphs, fashion_mnist."
    assert wanted in caught.value.fix


@pytest.mark.parametrize("split", ["train", "validation", "test"])
def test_the_three_splits_are_accepted(split):
    assert check_split(split) is None


def test_val_is_answered_with_validation():
    with pytest.raises(UnknownName, match="split") as caught:
        check_split("val")

    assert 'Did you mean "validation"?' in caught.value.fix
