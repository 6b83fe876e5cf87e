"""Picks some of many mutants, so that no function and no operator is left out."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from graders.validation.mutating.mutant import Mutant


def sample(mutants: Iterable[Mutant], limit: int, seed: int) -> list[Mutant]:
    """At most `limit` mutants, spread evenly over functions and their operators.

    In each round every function gives one mutant, each time of the operator of which
    it has given the fewest. The same seed chooses the same mutants; they come back in
    the order in which they were given.

    Raises:
        ValueError: if the limit is negative.
    """
    if limit < 0:
        raise ValueError(f"limit must not be negative; received limit={limit}")
    given = list(mutants)
    queues = [_one_of_each_in_turn(group, seed) for group in _by_function(given)]
    queues.sort(key=lambda queue: _rank(queue[0].function, seed))
    chosen: set[str] = set()
    for turn in range(max(map(len, queues), default=0)):
        for queue in queues:
            if turn < len(queue) and len(chosen) < limit:
                chosen.add(queue[turn].id)
    return [mutant for mutant in given if mutant.id in chosen]


def _by_function(mutants: list[Mutant]) -> list[list[Mutant]]:
    groups: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in mutants:
        groups[mutant.function].append(mutant)
    return list(groups.values())


def _one_of_each_in_turn(mutants: list[Mutant], seed: int) -> list[Mutant]:
    """All of them: first one of each operator, then a second one of each, ..."""
    shuffled = sorted(mutants, key=lambda mutant: _rank(mutant.id, seed))
    turns: dict[str, int] = defaultdict(int)
    ranked = []
    for mutant in shuffled:
        turn = turns[mutant.operator]
        turns[mutant.operator] += 1
        ranked.append((turn, _rank(mutant.operator + mutant.function, seed), mutant))
    return [mutant for *_, mutant in sorted(ranked, key=lambda item: item[:2])]


def _rank(name: str, seed: int) -> bytes:
    """A number that depends on nothing but the name and the seed."""
    return hashlib.sha256(f"{seed} {name}".encode()).digest()
