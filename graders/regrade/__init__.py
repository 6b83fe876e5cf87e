"""New marks without running student code: from findings, or from recorded answers."""

from graders.regrade.replaying import Replayed, replay_class
from graders.regrade.rescoring import Rescored, rescore

__all__ = ["Replayed", "Rescored", "replay_class", "rescore"]
