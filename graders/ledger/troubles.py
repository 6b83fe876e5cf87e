"""What a database says when it cannot go on, as an error that a person can act on."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from graders.errors import LedgerError

_KEPT = "Nothing that was recorded is lost."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trouble:
    """A trouble, and what it is known by.

    Args:
        what: is the matter.
        fix: what to do.
        sqlite: names of SQLite's result codes, or how they begin.
        states: values of SQLSTATE, or how they begin.
        words: of a server that refuses a connection, which gives no code.
    """

    what: str
    fix: str
    sqlite: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


_CLOSED = _Trouble(
    # Whoever reads writes too, beside the file, to be seen by whoever writes.
    sqlite=("SQLITE_CANTOPEN", "SQLITE_READONLY_CANTINIT", "SQLITE_READONLY_DIRECTORY"),
    what="the ledger cannot be opened",
    fix="Check that its folder is there and that you may write in it, or name another"
    " with GRADES_DB.",
)
_DAMAGED = _Trouble(
    sqlite=("SQLITE_CORRUPT", "SQLITE_NOTADB"),
    states=("XX001", "XX002"),
    what="the ledger is damaged",
    fix="Do not write to it. Move it away, keep it, and put the last backup in its"
    " place: `grade restore BACKUP`.",
)
_TROUBLES = (
    _CLOSED,
    _Trouble(
        sqlite=("SQLITE_BUSY", "SQLITE_LOCKED"),
        states=("55P03",),
        what="another program holds the ledger and does not let go of it",
        fix="See which program writes in it, and give the command again.",
    ),
    _Trouble(
        sqlite=("SQLITE_READONLY", "SQLITE_PERM"),
        states=("25006",),
        what="the ledger cannot be written, only read",
        fix="Give yourself the right to write there, or name another with GRADES_DB.",
    ),
    _Trouble(
        states=("42501",),
        what="this user may not do that in the ledger",
        fix="Have the right granted, or name another user in GRADES_DB.",
    ),
    _Trouble(
        sqlite=("SQLITE_FULL",),
        states=("53100",),
        what="there is no room left for the ledger",
        fix=f"Make room, then give the same command again: it goes on. {_KEPT}",
    ),
    _DAMAGED,
    _Trouble(
        sqlite=("SQLITE_IOERR",),
        states=("58030",),
        what="the disk that the ledger is on refuses to read or write",
        fix="See that it is there, has room and is healthy; then give the same command"
        f" again: it goes on. {_KEPT}",
    ),
    _Trouble(
        sqlite=("SQLITE_CONSTRAINT_TRIGGER",),
        states=("P0001",),
        what="what was recorded is never changed or deleted",
        fix="Record a correction instead: it takes the place of what was there before.",
    ),
    _Trouble(
        states=("28", "3D000"),
        words=(
            "authentication failed",
            "no password supplied",
            "no pg_hba.conf entry",
            'role "',
            'database "',
            "not permitted to log in",
        ),
        what="the database does not let us in",
        fix="Check the user, the password and the database's name in GRADES_DB.",
    ),
)
_COME_BACK = (
    "08",  # the connection failed
    "40",  # another one was in the way, and was let pass
    "53300",  # too many connections
    "57P0",  # it stops, or starts
    "25P03",  # we were silent for too long
)
_FOR_A_WHILE = ("starting up", "shutting down", "recovery", "too many")


def as_ledger_error(error: Exception, url: sa.URL) -> LedgerError:
    """The error in three parts; what the database itself said stays in it."""
    reason = _reason(error, url)
    where = shown(url)
    trouble = _trouble(error)
    if trouble is not None:
        return LedgerError(f"{trouble.what} ({reason})", where, trouble.fix)
    if may_come_back(error):
        return LedgerError(
            f"the database does not answer ({reason})",
            where,
            f"Start it, then give the same command again: it goes on. {_KEPT}",
        )
    return LedgerError(
        f"the database refused ({reason})", where, "Run `grade verify-ledger`."
    )


def is_damage(error: sa.exc.DBAPIError) -> bool:
    """Whether what was recorded cannot be read any more."""
    return _trouble(error) is _DAMAGED


def may_come_back(error: Exception) -> bool:
    """Whether it is worth waiting: a server may be started again, a file never is."""
    said = getattr(error, "orig", None)
    if getattr(said, "sqlite_errorname", "") or not isinstance(
        error, sa.exc.DBAPIError
    ):
        return False
    if error.connection_invalidated:
        return True
    state = getattr(said, "sqlstate", None) or ""
    if state:
        return state.startswith(_COME_BACK)
    return isinstance(error, sa.exc.OperationalError) and _trouble(error) is None


def shown(url: sa.URL) -> str:
    """A URL without its password, which an option may hold too."""
    plain = {name: value for name, value in url.query.items() if "passw" not in name}
    return url.set(query=plain).render_as_string(hide_password=True)


def _trouble(error: Exception) -> _Trouble | None:
    if isinstance(error, OSError):
        return _CLOSED
    said: Any = getattr(error, "orig", None) or error
    code = getattr(said, "sqlite_errorname", None) or ""
    state = getattr(said, "sqlstate", None) or ""
    text = "" if code or state else str(said).lower()
    if any(words in text for words in _FOR_A_WHILE):
        return None
    for trouble in _TROUBLES:
        if (
            (code and code.startswith(trouble.sqlite))
            or (state and state.startswith(trouble.states))
            or any(words in text for words in trouble.words)
        ):
            return trouble
    return None


def _reason(error: Exception, url: sa.URL) -> str:
    """The first line of what was said, without any password."""
    lines = str(getattr(error, "orig", None) or error).strip().splitlines()
    reason = lines[0] if lines else type(error).__name__
    for secret in _secrets(url):
        reason = reason.replace(secret, "***")
    return reason


def _secrets(url: sa.URL) -> list[str]:
    asked = [value for name, value in url.query.items() if "passw" in name]
    given = [str(url.password)] if url.password else []
    return [*given, *(value for value in asked if isinstance(value, str) and value)]
