"""Options that several commands share."""

import os
from collections.abc import Callable
from pathlib import Path
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


def num_workers(function: Any) -> Any:
    """`--workers`: submissions at a time on this machine."""
    return click.option(
        "--workers",
        type=click.IntRange(min=1),
        default=lambda: os.cpu_count() or 1,
        show_default="one per core",
        help="Submissions at a time on this machine.",
    )(function)


def scheduler(function: Any) -> Any:
    """`--scheduler`: a cluster to run submissions on, instead of this machine."""
    return click.option(
        "--scheduler",
        metavar="ADDRESS",
        help="Grade on the workers of a Dask scheduler, tcp://HOST:PORT.",
    )(function)


def out(function: Any) -> Any:
    """`--out`: where files for people are written."""
    return click.option(
        "--out",
        type=click.Path(path_type=Path),
        show_default="grades/ASSIGNMENT",
        help="Where reports and scores.csv are written.",
    )(function)


def output_format(function: Any) -> Any:
    """`--json` and `--csv`, in place of a table."""
    as_json = click.option(
        "--json", "as_json", is_flag=True, help="Print one JSON document."
    )
    as_csv = click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
    return as_json(as_csv(function))


def yes(function: Any) -> Any:
    """`--yes`: nobody is asked."""
    return click.option("--yes", is_flag=True, help="Do not ask.")(function)
