"""What several commands say of a ledger."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import sqlalchemy as sa

    from graders.ledger import Fault


def print_rows(rows: Mapping[str, int]) -> None:
    """How many rows each table has."""
    width = max(map(len, rows))
    for name, number in rows.items():
        click.echo(f"{name:{width}}  {number:>9,}")


def print_faults(faults: Iterable["Fault"]) -> int:
    """Each fault, as it is found; how many there are."""
    from graders.reports.wording import visible

    number = 0
    for fault in faults:
        number += 1
        click.echo(f"Fault: {visible(str(fault))}.")
    if number:
        click.echo(f"{number} fault{'' if number == 1 else 's'}.")
    return number


def assignment_name(connection: "sa.Connection", name: str) -> str:
    """An assignment's full name; also of one whose files are gone.

    Raises:
        UsageError: if there is none of that name.
    """
    from graders.assignments import find_assignment
    from graders.ledger import graded_assignments

    if name in graded_assignments(connection):
        return name
    return find_assignment(name).name
