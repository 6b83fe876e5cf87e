"""Workers, seen from the trusted side: start, ask, end. Never imports `worker`."""

from graders.sandbox.children import SENT_SIGNALS
from graders.sandbox.limits import Limits
from graders.sandbox.parse_probe import SyntaxProblem, find_syntax_problem
from graders.sandbox.pool import Sandbox, Slot
from graders.sandbox.probing import WallsMissing, choose_walls, offered_walls
from graders.sandbox.room import Room
from graders.sandbox.walls import NO_WALLS, Walls

__all__ = [
    "NO_WALLS",
    "SENT_SIGNALS",
    "Limits",
    "Room",
    "Sandbox",
    "Slot",
    "SyntaxProblem",
    "Walls",
    "WallsMissing",
    "choose_walls",
    "find_syntax_problem",
    "offered_walls",
]
