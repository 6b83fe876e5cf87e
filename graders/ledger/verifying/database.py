"""Faults of the database itself: its file, its triggers, rows that are missing."""

from collections.abc import Generator
from typing import Any

import sqlalchemy as sa

from graders.ledger.streaming import in_parts
from graders.ledger.tables import RECORDED, metadata
from graders.ledger.verifying.fault import Fault

_TRIGGERS_OF_POSTGRESQL = """
    SELECT relname, tgtype
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND tgqual IS NULL
    AND pg_table_is_visible(pg_class.oid) AND position('RAISE EXCEPTION' in prosrc) > 0
"""
# The bits of `tgtype`.
_ROW, _BEFORE, _ACTIONS = 1, 2, {8: "DELETE", 16: "UPDATE", 32: "TRUNCATE"}


def the_file(connection: sa.Connection) -> Generator[Fault, None, None]:
    """What SQLite finds when it looks at each page; PostgreSQL looks when it reads."""
    if connection.dialect.name != "sqlite":
        return
    for row in connection.exec_driver_sql("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield Fault(str(row[0]), "the file")


def triggers(connection: sa.Connection) -> Generator[Fault, None, None]:
    """Tables whose rows could be changed or deleted, as nothing refuses it."""
    if connection.dialect.name == "sqlite":
        there = _triggers_of_sqlite(connection)
        actions = ["DELETE", "UPDATE"]
    else:
        there = _triggers_of_postgresql(connection)
        actions = list(_ACTIONS.values())
    for table in RECORDED:
        for action in actions:
            if (table, action) not in there:
                yield Fault(f"nothing refuses {action} any more", f"table {table}")


def references(connection: sa.Connection) -> Generator[Fault, None, None]:
    """Rows that name a row of another table that is not there."""
    for name in RECORDED:
        table = metadata.tables[name]
        for constraint in table.foreign_key_constraints:
            (key,) = constraint.elements
            yield from _lost(connection, table, key)


def _lost(
    connection: sa.Connection, table: sa.Table, key: sa.ForeignKey
) -> Generator[Fault, None, None]:
    other = key.column.table.alias("other")
    query = (
        sa.select(*table.primary_key.columns, key.parent.label("named"))
        .join(other, other.c[key.column.name] == key.parent, isouter=True)
        .where(key.parent.is_not(None), other.c[key.column.name].is_(None))
    )
    for *number, named in in_parts(connection, query):
        yield Fault(
            f"it belongs to {key.column.table.name} {named}, which is not there",
            where(table.name, *number),
        )


def where(table: str, *number: Any) -> str:
    """A row, by its table and its number."""
    return f"{table} {' '.join(map(str, number))}"


def _triggers_of_sqlite(connection: sa.Connection) -> set[tuple[str, str]]:
    rows = connection.exec_driver_sql(
        "SELECT tbl_name, upper(sql) FROM sqlite_master WHERE type = 'trigger'"
    )
    return {
        (table, action)
        for table, text in rows
        for action in ("UPDATE", "DELETE")
        if f"BEFORE {action} ON " in text
        and "RAISE(ABORT" in text
        and " WHEN " not in text
    }


def _triggers_of_postgresql(connection: sa.Connection) -> set[tuple[str, str]]:
    return {
        (table, action)
        for table, bits in connection.exec_driver_sql(_TRIGGERS_OF_POSTGRESQL)
        for bit, action in _ACTIONS.items()
        if bits & bit and bits & _BEFORE and not bits & _ROW
    }
