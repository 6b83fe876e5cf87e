"""The walls that this machine offers, and a sandbox behind each kind."""

from functools import cache

from graders.loading import rubric_limits
from graders.records import Tier
from graders.rubric import Rubric
from graders.sandbox import Sandbox, Walls, offered_walls


@cache
def offered() -> dict[str, Walls]:
    """All kinds, strongest first, by a name that tells them apart."""
    return {name_of(walls): walls for walls in offered_walls()}


def name_of(walls: Walls) -> str:
    """`A+cg`; `B in bubblewrap` where only the outer wall makes the difference."""
    inside = walls.bubblewrap and not walls.namespaces
    return f"{walls.tier} in bubblewrap" if inside else f"{walls.tier}"


@cache
def everyday_walls() -> frozenset[str]:
    """The strongest walls, the weakest, and none: for the everyday tests."""
    names = [name for name, walls in offered().items() if walls.tier != Tier.NONE]
    return frozenset({*names[:1], *names[-1:], str(Tier.NONE)})


def open_sandbox_for(rubric: Rubric, walls: Walls) -> Sandbox:
    """Workers as a grading with this rubric gets them."""
    limits = rubric_limits(rubric)
    return Sandbox(rubric.packages, walls=walls, slots=1, limits=limits)
