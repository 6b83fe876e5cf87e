"""Workers, seen from the trusted side: start, ask, end. Never imports `worker`."""

from graders.sandbox.limits import Limits
from graders.sandbox.parse_probe import SyntaxProblem, find_syntax_problem
from graders.sandbox.pool import Sandbox
from graders.sandbox.room import Room

__all__ = ["Limits", "Room", "Sandbox", "SyntaxProblem", "find_syntax_problem"]
