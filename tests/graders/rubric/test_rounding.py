from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.rubric.rounding import exact, rounded


@pytest.mark.parametrize(
    ("value", "points"),
    [(2.675, 2.68), (1.005, 1.01), (0.125, 0.13), (66.9999999999, 67.0), (2.674, 2.67)],
)
def test_half_a_hundredth_goes_up_as_it_is_written(value, points):
    assert rounded(exact(value)) == points


def test_what_floats_add_to_a_sum_is_not_seen():
    assert exact(0.1 + 0.2) == Decimal("0.3")
    assert exact(8 * 0.1 - 0.8) == 0


@given(st.integers(0, 10**6))
def test_points_of_two_places_stay_as_they_are(hundredths):
    points = hundredths / 100

    assert rounded(exact(points)) == points
    assert len(f"{rounded(exact(points))}".split(".")[1]) <= 2
