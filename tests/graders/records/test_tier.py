import itertools

import pytest

from graders.records import Tier

WEAKEST_FIRST = ["none", "B", "B+uid", "A", "A+cg"]


def test_tiers_are_listed_weakest_first():
    assert [tier.value for tier in Tier] == WEAKEST_FIRST


@pytest.mark.parametrize(("low", "high"), list(itertools.combinations(Tier, 2)))
def test_a_tier_is_below_every_later_one(low, high):
    assert low < high
    assert low <= high
    assert high > low
    assert high >= low
    assert max(high, low) is high
    assert not any([high < low, high <= low, low > high, low >= high])


@pytest.mark.parametrize("tier", Tier)
def test_a_tier_is_neither_below_nor_above_itself(tier):
    assert tier <= tier
    assert tier >= tier
    assert not tier < tier
    assert not tier > tier


def test_tiers_sort_by_strength_and_not_by_spelling():
    assert sorted(Tier, reverse=True)[0] is Tier.A_CG
    assert sorted(WEAKEST_FIRST) != WEAKEST_FIRST
    assert sorted(map(Tier, sorted(WEAKEST_FIRST))) == list(Tier)


def test_a_tier_can_be_compared_with_its_name():
    assert Tier.A > "B"
    assert Tier("A+cg") == "A+cg"


def test_a_name_that_is_no_tier_cannot_be_compared():
    with pytest.raises(ValueError, match="'C' is not a valid Tier"):
        assert Tier.A < "C"
