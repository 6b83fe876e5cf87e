"""The walls that this machine offers, by tier."""

from graders.sandbox import Walls, offered_walls


def offered_tiers() -> dict[str, Walls]:
    """The strongest kind of each tier first; "none" last."""
    found: dict[str, Walls] = {}
    for walls in offered_walls():
        found.setdefault(str(walls.tier), walls)
    return found
