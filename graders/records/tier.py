"""How well a grading is walled in."""

from enum import StrEnum


class Tier(StrEnum):
    """How well a grading is walled in, weakest first; every record names one.

    >>> Tier("B") < Tier("A+cg"), max(Tier.A, Tier.B_UID)
    (True, <Tier.A: 'A'>)
    """

    NONE = "none"
    """A process of its own, and limits. Accident protection only."""
    B = "B"
    """Landlock, seccomp and limits."""
    B_UID = "B+uid"
    """The same, as a user that owns nothing else."""
    A = "A"
    """Namespaces inside bubblewrap, with seccomp, and Landlock where there is one."""
    A_CG = "A+cg"
    """The same, with memory and processes held by a cgroup."""

    def __lt__(self, other: object) -> bool:
        return _order(self) < _order(other)

    def __le__(self, other: object) -> bool:
        return _order(self) <= _order(other)

    def __gt__(self, other: object) -> bool:
        return _order(self) > _order(other)

    def __ge__(self, other: object) -> bool:
        return _order(self) >= _order(other)


def _order(tier: object) -> int:
    return list(Tier).index(Tier(str(tier)))
