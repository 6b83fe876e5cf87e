"""Options that several commands share."""

from collections.abc import Callable
from typing import Any

import click

from graders.records.tier import Tier


def require_tier(default: str) -> Callable[[Any], Any]:
    """`--require-tier`: the weakest walls to be content with."""
    return click.option(
        "--require-tier",
        "tier",
        type=click.Choice([tier.value for tier in Tier]),
        default=default,
        show_default=True,
        help="Weakest walls around student code; `grade doctor` shows what there is.",
    )
