"""Matchers: functions that compare and explain. Each returns one finding.

`what` never quotes an input or a right value, because it is shown for hidden checks
too: it tells shapes, places, counts and how the values differ. `detail` may quote
them, because it is shown for public checks only.
"""

from graders.checks.matchers.arrays import ATOL, RTOL, close, is_array
from graders.checks.matchers.kinds import describe_kind, shown_shape
from graders.checks.matchers.measured import at_least, at_most
from graders.checks.matchers.values import equal, same_dict, same_list, same_text
from graders.checks.matchers.verdicts import failed, holds, passed

__all__ = [
    "ATOL",
    "RTOL",
    "at_least",
    "at_most",
    "close",
    "describe_kind",
    "equal",
    "failed",
    "holds",
    "is_array",
    "passed",
    "same_dict",
    "same_list",
    "same_text",
    "shown_shape",
]
