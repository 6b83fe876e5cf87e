"""Connects to SQLite or PostgreSQL, by URL, so that both behave alike."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from graders.errors import UsageError
from graders.ledger.troubles import as_ledger_error

_WRITERS = 0x5C001
"""PostgreSQL's lock of whoever writes."""
_IDLE_S = 60
_FORMS = (
    "Write sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME; in a"
    " password, %40 stands for @, %2F for / and %3A for a colon."
)


def parse_url(url: str | sa.URL) -> sa.URL:
    """The URL of a ledger.

    Raises:
        UsageError: if it is of no database that is known here. The message does not
            repeat the URL: there may be a password in it.
    """
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        # Not `from` it: SQLAlchemy quotes what it could not read.
        raise _no_url() from None
    if "@" in (parsed.host or ""):  # A part of the password, then.
        raise _no_url()
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in ("sqlite", "postgresql+psycopg"):
        raise UsageError(
            f"no ledger can be kept in {parsed.drivername!r}", "GRADES_DB", _FORMS
        )
    return parsed


def _no_url() -> UsageError:
    return UsageError("this is no URL of a database", "GRADES_DB", _FORMS)


def sqlite_file(url: sa.URL) -> Path | None:
    """The file of an SQLite ledger; None if it is no file."""
    if url.drivername != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database))


def make_engine(url: sa.URL, locked_s: float) -> sa.Engine:
    """What connects when it is first asked something.

    Args:
        url: of the ledger.
        locked_s: how long to wait for whoever else writes.

    Raises:
        UsageError: if PostgreSQL's driver is not installed.
    """
    if url.drivername == "sqlite":
        return _sqlite_engine(url, locked_s)
    try:
        engine = sa.create_engine(
            url, pool_pre_ping=True, connect_args={"connect_timeout": 10}
        )
    except ModuleNotFoundError as error:
        raise UsageError(
            "PostgreSQL needs a package that is not installed",
            "GRADES_DB",
            "pip install 'survival-school[postgres]'",
        ) from error

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        # One writes at a time, as with SQLite: what was read first still holds.
        if connection.get_execution_options().get("writes", False):
            _wait_to_write(connection, locked_s)

    return engine


def _wait_to_write(connection: sa.Connection, locked_s: float) -> None:
    settings = {
        "lock_timeout": f"{round(locked_s * 1000)}ms",
        # A machine that has fallen asleep does not keep the others waiting.
        "idle_in_transaction_session_timeout": f"{_IDLE_S}s",
    }
    for name, value in settings.items():
        connection.exec_driver_sql(f"SET LOCAL {name} = '{value}'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")


def _sqlite_engine(url: sa.URL, locked_s: float) -> sa.Engine:
    engine = sa.create_engine(url, connect_args={"timeout": locked_s})

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:
        # We begin transactions ourselves, below.
        connection.isolation_level = None
        cursor = connection.cursor()
        try:
            _set_pragmas(cursor)
        except Exception:
            connection.close()
            raise

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        # Who will write says so at once: two that read first would both wait.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def make_folder(url: sa.URL) -> None:
    """The folder of an SQLite ledger.

    Raises:
        LedgerError: if it cannot be made.
    """
    path = sqlite_file(url)
    if path is None:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise as_ledger_error(error, url) from error


def _set_pragmas(cursor: Any) -> None:
    cursor.execute("PRAGMA foreign_keys=ON")
    # Whatever is recorded is there after the power has gone.
    cursor.execute("PRAGMA synchronous=FULL")
    if cursor.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        cursor.execute("PRAGMA journal_mode=WAL")
