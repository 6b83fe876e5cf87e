"""No attack gets a point it has not earned, learns a secret, or harms another."""

from tests.hostile.cards import read_attacks

CASES = read_attacks()


def test_an_attack_comes_to_nothing(arena, case):
    problems = arena.attempt(case)

    assert not problems, "\n".join(problems)
