import numpy as np
import pytest

from graders.checks.matchers.places import region

AXES = ["N", "H", "W", "C"]


def wrong_at(*places):
    wrong = np.zeros((2, 5, 6, 3), bool)
    for place in places:
        wrong[place] = True
    return wrong


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (wrong_at(np.s_[:, -1]), "the last H"),
        (wrong_at(np.s_[:, 0]), "H=0"),
        (wrong_at(np.s_[:, :, :, 1]), "C=1"),
        (wrong_at(np.s_[1]), "N=1"),
        (wrong_at(np.s_[:, 2:]), "H>=2"),
        (wrong_at(np.s_[:, :, :4]), "W<=3"),
        (wrong_at(np.s_[:, -1], np.s_[:, :, -1]), "the last H or the last W"),
        (wrong_at(np.s_[:, 0], np.s_[:, :, 0]), "the first H or the first W"),
        (
            wrong_at(np.s_[:, 0], np.s_[:, :, 0], np.s_[:, -1], np.s_[:, :, -1]),
            "the edges of H and W",
        ),
        (wrong_at(np.s_[:]), ""),
        (wrong_at(np.s_[0, 0], np.s_[1, 4]), ""),
        (wrong_at(np.s_[0, 2, 3, 1]), ""),
    ],
)
def test_the_part_that_is_wrong_is_told_where_it_is_a_simple_one(wrong, words):
    assert region(wrong, AXES) == words


def test_a_place_that_is_right_by_chance_does_not_hide_the_part():
    wrong = wrong_at(np.s_[:, -1])
    wrong[0, -1, 0] = False

    assert region(wrong, AXES) == "the last H"


def test_a_few_places_do_not_make_a_part():
    wrong = wrong_at(np.s_[0, -1, 0, 0], np.s_[1, -1, 5, 2])

    assert region(wrong, AXES) == ""


def test_axes_without_names_have_numbers():
    assert region(wrong_at(np.s_[:, -1]), []) == "the last axis 1"
