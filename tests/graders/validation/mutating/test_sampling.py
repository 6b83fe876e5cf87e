from collections import Counter

import pytest

from graders.validation.mutating import generate_mutants, sample

TEXT = """
def small(x):
    return x + 1


def large(x):
    y = x * 2 + 3 * x - 4
    z = y[0] + y[1] + y[2]
    return np.sum(z, axis=0) / (x + 1) - y * 5 + 6
"""
MUTANTS = generate_mutants(TEXT, functions=["small", "large"])


def test_at_most_as_many_as_asked_for_in_the_order_given():
    chosen = sample(MUTANTS, 7, seed=0)

    assert len(chosen) == 7
    assert chosen == [mutant for mutant in MUTANTS if mutant in chosen]


def test_a_large_limit_gives_them_all():
    assert sample(MUTANTS, 10_000, seed=0) == MUTANTS


def test_a_function_with_few_mutants_gets_as_many_as_one_with_many():
    chosen = Counter(mutant.function for mutant in sample(MUTANTS, 8, seed=3))

    assert chosen == {"small": 4, "large": 4}


def test_no_operator_gives_a_second_one_before_each_has_given_one():
    large = [mutant for mutant in MUTANTS if mutant.function == "large"]
    operators = {mutant.operator for mutant in large}

    chosen = Counter(m.operator for m in sample(large, len(operators), seed=1))

    assert chosen == dict.fromkeys(operators, 1)


def test_the_seed_alone_decides():
    again = sample(list(MUTANTS), 9, seed=5)

    assert sample(MUTANTS, 9, seed=5) == again
    assert any(sample(MUTANTS, 9, seed=seed) != again for seed in range(3))


def test_nothing_of_nothing():
    assert sample([], 5, seed=0) == []
    assert sample(MUTANTS, 0, seed=0) == []


def test_a_negative_limit_is_refused():
    with pytest.raises(ValueError, match="received limit=-1"):
        sample(MUTANTS, -1, seed=0)
