"""Copies a whole ledger into an empty one, of the same or of another kind."""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from graders.errors import UsageError
from graders.ledger.opening import Ledger
from graders.ledger.streaming import in_parts
from graders.ledger.tables import RECORDED, metadata

_ROWS, _BODIES = 1000, 50
"""Rows at a time; fewer where a row may be large."""


def count_rows(ledger: Ledger) -> Mapping[str, int]:
    """How many rows each table has, at one moment."""
    with ledger.reading() as connection:
        return {
            name: connection.execute(
                sa.select(sa.func.count()).select_from(metadata.tables[name])
            ).scalar_one()
            for name in RECORDED
        }


def copy_ledger(source: Ledger, target: Ledger) -> int:
    """Copies all that was recorded, as it is at one moment; all of it, or nothing.

    Rows keep their numbers. Who works at the moment is not copied.

    Args:
        source: may be written meanwhile.
        target: is empty.

    Returns:
        The number of rows.

    Raises:
        UsageError: if the target is not empty.
        LedgerError: if one of them cannot go on.
    """
    with source.reading() as reading:

        def write(connection: sa.Connection) -> int:
            require_empty(connection, target)
            return sum(
                _copy(reading, connection, table)
                for table in metadata.sorted_tables
                if table.name in RECORDED
            )

        return target.write(write)


def require_empty(connection: sa.Connection, ledger: Ledger) -> None:
    """Makes sure that nothing is overwritten, and nothing is mixed.

    Raises:
        UsageError: if something is recorded there.
    """
    for name in RECORDED:
        anything = sa.select(sa.literal(1)).select_from(metadata.tables[name]).limit(1)
        if connection.execute(anything).first() is not None:
            raise UsageError(
                "the ledger is not empty, and nothing recorded is ever overwritten",
                ledger.where,
                "Name one with GRADES_DB that is not there yet or is empty; or move"
                " this one away first, and keep it.",
            )


def _copy(source: sa.Connection, target: sa.Connection, table: sa.Table) -> int:
    copied = 0
    for rows in _parts(source, table):
        target.execute(sa.insert(table), rows)
        copied += len(rows)
    number = table.autoincrement_column
    if copied and number is not None and target.dialect.name == "postgresql":
        # Its counter has not seen these numbers.
        counter = sa.func.pg_get_serial_sequence(table.name, number.name)
        target.execute(sa.select(sa.func.setval(counter, sa.func.max(number))))
    return copied


def _parts(
    connection: sa.Connection, table: sa.Table
) -> Iterator[list[dict[str, Any]]]:
    large = any(isinstance(column.type, sa.LargeBinary) for column in table.c)
    most = _BODIES if large else _ROWS
    part = []
    query = sa.select(table).order_by(*table.primary_key.columns)
    for row in in_parts(connection, query, most):
        part.append(row._asdict())
        if len(part) == most:
            yield part
            part = []
    if part:
        yield part
