from types import SimpleNamespace

import pytest

from graders.errors import UsageError
from graders.review.ordering import Shard, in_order, neutral_numbers

NAMES = [f"student_{number}" for number in range(60)]
ITEMS = ["A9.1", "A9.M1"]


def a_case(owner, item="A9.M1", near=None):
    return SimpleNamespace(owner=owner, item=item, near=near, students=(owner,))


def owners(cases, who="ta", seed=0):
    return [one.owner for one in in_order(cases, ITEMS, seed, who)]


def test_all_of_one_item_comes_before_the_next():
    cases = [a_case(name, item) for name in NAMES for item in ("", *reversed(ITEMS))]

    items = [one.item for one in in_order(cases, ITEMS, 0, "ta")]

    assert items == ["A9.1"] * 60 + ["A9.M1"] * 60 + [""] * 60


def test_what_is_near_a_boundary_comes_first():
    cases = [a_case(name, near=50 if name == "student_7" else None) for name in NAMES]

    assert owners(cases)[0] == "student_7"


def test_the_order_is_the_same_however_the_cases_come_and_though_some_are_gone():
    cases = [a_case(name) for name in NAMES]

    whole = owners(cases)

    assert owners(reversed(cases)) == whole
    assert owners(cases[::2]) == [name for name in whole if name in NAMES[::2]]


def test_the_order_is_nobodys_alphabet_and_another_one_for_each_reviewer_and_item():
    cases = [a_case(name) for name in NAMES]

    orders = [NAMES, owners(cases), owners(cases, "other"), owners(cases, seed=1)]
    orders.append(owners([a_case(name, "A9.1") for name in NAMES]))

    assert len(set(map(tuple, orders))) == len(orders)


@pytest.mark.parametrize("of", [1, 2, 3, 7])
def test_shards_together_are_everything_and_share_nothing(of):
    shards = [Shard(number=number, of=of) for number in range(1, of + 1)]

    parts = [[name for name in NAMES if shard.has(name)] for shard in shards]

    assert sorted(name for part in parts for name in part) == sorted(NAMES)
    assert all(len(part) > 60 / of / 3 for part in parts)


@pytest.mark.parametrize("text", ["0/2", "3/2", "1", "a/b", "1/2/3", "-1/2", ""])
def test_a_shard_that_is_none_is_refused(text):
    with pytest.raises(UsageError, match="Write 1/2 for the first of two parts"):
        Shard.parse(text)


def test_numbers_are_of_four_digits_and_each_for_one_student():
    numbers = neutral_numbers(NAMES, 0)

    assert len(set(numbers.values())) == len(NAMES)
    assert all(1000 <= number <= 9999 for number in numbers.values())


def test_a_number_stays_as_others_come():
    few, many = neutral_numbers(NAMES[:30], 0), neutral_numbers(NAMES, 0)

    same = sum(many[name] == number for name, number in few.items())

    assert same >= 29


def test_a_class_larger_than_the_numbers_has_one_for_each():
    names = [str(number) for number in range(9500)]

    assert len(set(neutral_numbers(names, 0).values())) == len(names)
