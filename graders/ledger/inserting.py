"""Insertions, as each kind of database wants them."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(connection: sa.Connection, table: sa.Table) -> Any:
    """`INSERT` of rows whose unique columns nobody has yet."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    return dialect.insert(table).on_conflict_do_nothing()


def insert_row(connection: sa.Connection, table: sa.Table, row: dict[str, Any]) -> int:
    """Inserts one row; its number."""
    query = sa.insert(table).values(row).returning(table.c.id)
    return int(connection.execute(query).scalar_one())
