"""Measured figures against a threshold that is told."""

import numpy as np

from graders.checks.matchers.verdicts import holds
from graders.records import Finding


def at_least(
    value: float,
    threshold: float,
    *,
    of: str,
    fix: str = "",
    misconception: str | None = None,
) -> Finding:
    """A measured figure that must not be below a threshold.

    >>> at_least(0.41, 0.8, of="The accuracy").what
    'The accuracy is 0.410; at least 0.800 is needed.'
    """
    return holds(
        bool(np.isfinite(value)) and value >= threshold,
        f"{of} is {value:.3f}; at least {threshold:.3f} is needed.",
        fix=fix,
        misconception=misconception,
    )


def at_most(
    value: float,
    threshold: float,
    *,
    of: str,
    fix: str = "",
    misconception: str | None = None,
) -> Finding:
    """A measured figure that must not be above a threshold."""
    return holds(
        bool(np.isfinite(value)) and value <= threshold,
        f"{of} is {value:,.6g}; at most {threshold:,.6g} is allowed.",
        fix=fix,
        misconception=misconception,
    )
