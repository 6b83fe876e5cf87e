"""Rows of a long answer, read in parts."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa


def in_parts(
    connection: sa.Connection, query: sa.Select[Any], at_a_time: int = 1000
) -> Iterator[Any]:
    """The rows, with only so many in memory; the connection may be asked meanwhile."""
    options = {"yield_per": at_a_time}
    # Told to the query, not to the connection: that would keep them for all that is
    # asked later, and PostgreSQL cannot write in parts.
    with connection.execute(query, execution_options=options) as rows:
        yield from rows
