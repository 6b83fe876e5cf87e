"""In which order cases come, and which of them are whose."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graders.errors import UsageError
from graders.review.cases import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """One of several parts that together are everything, and share nothing.

    >>> Shard.parse("1/2")
    Shard(number=1, of=2)
    """

    number: int = 1
    of: int = 1

    @classmethod
    def parse(cls, text: str) -> "Shard":
        """Reads `1/2`.

        Raises:
            UsageError: if it is no such thing.
        """
        first, _, second = text.partition("/")
        if first.isdecimal() and second.isdecimal():
            shard = cls(number=int(first), of=int(second))
            if 1 <= shard.number <= shard.of:
                return shard
        raise UsageError(
            f"{text!r} is no part of a queue",
            "--shard",
            "Write 1/2 for the first of two parts.",
        )

    def has(self, owner: str) -> bool:
        """Whether somebody's work is in this part. It stays there as others come."""
        return _number("shard", owner) % self.of == self.number - 1


def in_order(
    cases: Iterable[Case], items: Sequence[str], seed: int, who: str
) -> list[Case]:
    """All of one item, then the next; first what is near a boundary, then at random.

    The random order is fixed by the seed, the reviewer and the item: it is the same
    after a pause, and another one for another reviewer.

    Args:
        cases: in any order.
        items: ids as the rubric has them.
        seed: of the order.
        who: reviews.
    """
    known = {item: number for number, item in enumerate(items)}

    def key(case: Case) -> tuple[object, ...]:
        return (
            known.get(case.item, len(known)),
            case.near is None,
            _number(seed, who, case.item, case.owner),
            case.students,
        )

    return sorted(cases, key=key)


def neutral_numbers(students: Iterable[str], seed: int) -> dict[str, int]:
    """A number of four digits for each student, which says nothing of the name.

    It depends on nobody else, unless two would have the same one.
    """
    taken: dict[str, int] = {}
    used: set[int] = set()
    for name in sorted(students, key=lambda one: _number(seed, "name", one)):
        number = _number(seed, "name", name) % 9000
        while number in used:
            number = (number + 1) % max(9000, 2 * len(used))
        used.add(number)
        taken[name] = 1000 + number
    return taken


def _number(*parts: object) -> int:
    """The same on every machine; `hash` is not."""
    text = "\0".join(map(str, parts)).encode("utf-8", "surrogateescape")
    return int.from_bytes(hashlib.sha256(text).digest()[:8], "big")
