"""How long a command waits for a database that somebody else holds, or that is away."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Times to wait.

    Args:
        locked_s: for whoever else is writing.
        pauses_s: between attempts, while a server is away; about a minute in all, in
            which it can be restarted.
    """

    locked_s: float = 30
    pauses_s: tuple[float, ...] = (0.1, 0.2, 0.5, 1, 2, 5, 5, 10, 10, 10, 10)
