"""Brings a ledger to the newest form of its tables."""

import sqlalchemy as sa

from graders.errors import GradersError, LedgerError

HEAD = "0002"
"""The newest migration."""


def revision(connection: sa.Connection) -> str | None:
    """Which form the tables have; None if there are none."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    number = connection.execute(sa.text("SELECT version_num FROM alembic_version"))
    return number.scalar()


def upgrade(connection: sa.Connection, where: str) -> None:
    """Applies what is missing, in the transaction of the connection.

    Raises:
        LedgerError: if the ledger is of a form that is not known here.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "graders.ledger:migrations")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except (GradersError, sa.exc.SQLAlchemyError):
        raise
    except Exception as error:
        raise unknown_form(str(error), where) from error


def unknown_form(reason: str, where: str) -> LedgerError:
    """What is said of a ledger that a newer version has written."""
    return LedgerError(
        f"the ledger is of a form that is not known here ({reason})",
        where,
        "Install the version of survival-school that wrote it, or a newer one.",
    )
