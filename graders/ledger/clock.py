"""The time, in one place, so that a test can stop it."""

from datetime import UTC, datetime

import sqlalchemy as sa


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def shared_now(connection: sa.Connection) -> datetime:
    """The present moment by the one clock that all who use a database share."""
    if connection.dialect.name == "sqlite":
        return now()
    return connection.execute(sa.select(sa.func.now())).scalar_one().astimezone(UTC)
