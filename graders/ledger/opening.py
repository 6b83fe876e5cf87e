"""Opens the ledger: SQLite or PostgreSQL, brought to the newest form of its tables."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Self, TypeVar

import sqlalchemy as sa
from loguru import logger

from graders.errors import NoLedger
from graders.ledger.connecting import make_engine, make_folder, parse_url, sqlite_file
from graders.ledger.migrating import HEAD, revision, upgrade
from graders.ledger.patience import Patience
from graders.ledger.settings import LedgerSettings
from graders.ledger.troubles import as_ledger_error, may_come_back, shown

Result = TypeVar("Result")


class Ledger:
    """A database of grades; a context manager.

    Args:
        url: where it is.
        who: in whose name it is written.
        create: whether one is made where there is none.
        patience: how long to wait for it.

    Raises:
        UsageError: if the URL is of no database that is known here, or there is no
            ledger and none is to be made.
        LedgerError: if it cannot be opened, or was made by a newer version.
    """

    def __init__(
        self,
        url: str | sa.URL,
        who: str,
        *,
        create: bool = True,
        patience: Patience | None = None,
    ) -> None:
        self._patience = patience or Patience()
        self.url, self.who = parse_url(url), who
        if create:
            make_folder(self.url)
        elif (path := sqlite_file(self.url)) and not path.exists():
            raise self._absent()
        self.engine = make_engine(self.url, self._patience.locked_s)
        try:
            self._migrate(create)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Gives its connections back."""
        self.engine.dispose()

    @property
    def is_sqlite(self) -> bool:
        """Whether it is one file on this machine."""
        return self.engine.dialect.name == "sqlite"

    @property
    def where(self) -> str:
        """Its URL, without a password."""
        return shown(self.url)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the ledger, whoever writes meanwhile.

        Raises:
            LedgerError: if the database cannot go on.
        """
        engine = self.engine
        if not self.is_sqlite:  # There, every transaction sees one state.
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        try:
            with engine.connect() as connection:
                yield connection
        except sa.exc.SQLAlchemyError as error:
            raise as_ledger_error(error, self.url) from error

    def read(self, function: Callable[[sa.Connection], Result]) -> Result:
        """What a function reads; asked again after a lost connection."""

        def once() -> Result:
            with self.engine.connect() as connection:
                return function(connection)

        return self._patiently(once)

    def write(self, function: Callable[[sa.Connection], Result]) -> Result:
        """Runs a function in a transaction: all of it is recorded, or nothing.

        One writes at a time, so what the function reads holds until it is done. After
        a lost connection it is run again, since a database may be restarted while a
        class is graded. So it must do no harm when run twice.

        Raises:
            LedgerError: if the database cannot go on, or does not come back.
        """

        def once() -> Result:
            writing = self.engine.execution_options(writes=True)
            with writing.begin() as connection:
                return function(connection)

        return self._patiently(once)

    def _patiently(self, once: Callable[[], Result]) -> Result:
        for pause in (*self._patience.pauses_s, None):
            try:
                return once()
            except sa.exc.SQLAlchemyError as error:
                if pause is None or not may_come_back(error):
                    raise as_ledger_error(error, self.url) from error
                logger.warning("the database is away; asked again in {} s", pause)
                time.sleep(pause)
        raise AssertionError("the last pause ends the loop")

    def _migrate(self, create: bool) -> None:
        known = self.read(revision)
        if known is None and not create:
            raise self._absent()
        if known != HEAD:
            self.write(lambda connection: upgrade(connection, self.where))

    def _absent(self) -> NoLedger:
        return NoLedger(
            "there is no ledger yet",
            self.where,
            "`grade batch` makes one. If it is elsewhere, name it with GRADES_DB.",
        )


def open_ledger(*, create: bool = True) -> Ledger:
    """The one that the environment names; `create` as `Ledger` has it."""
    settings = LedgerSettings()
    return Ledger(settings.db, settings.user, create=create)
