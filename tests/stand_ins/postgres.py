"""A real PostgreSQL, started by the test run in a folder of its own."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

DEBIAN = Path("/usr/lib/postgresql")
"""Where Debian keeps its versions, off the path."""
_SEALED = "sealed"
_LISTED = """\
local all {sealed} scram-sha-256
local all all trust
"""
_SETTINGS = """\
listen_addresses = ''
unix_socket_directories = '{folder}'
shared_buffers = 16MB
max_connections = 40
fsync = off
lc_messages = 'C'
timezone = 'Asia/Kathmandu'
"""


class Postgres:
    """A server that is reached by a socket alone.

    It runs as a user without rights. The time zone of its sessions is an odd one, so
    that a time that is not in UTC is seen. Without `fsync` a test takes a fraction of
    the time; what was committed outlives the server's end all the same, though not the
    machine's.

    Args:
        folder: for its data and its socket; its path must be short.
        programs: the folder of PostgreSQL's programs.
    """

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder, self._programs = folder, programs
        self._names = (f"test_{number}" for number in count())
        self._as_user = _unprivileged()
        if self._as_user:
            shutil.chown(folder, self._as_user["user"])
        initdb = ("initdb", "-A", "trust", "-U", "grader", "-E", "UTF8", "--no-sync")
        self._run(*initdb, "--locale=C", "-D", str(self._data))
        settings = _SETTINGS.format(folder=folder)
        (self._data / "postgresql.auto.conf").write_text(settings)
        (self._data / "pg_hba.conf").write_text(_LISTED.format(sealed=_SEALED))
        self.start()
        self.ask(f"CREATE ROLE {_SEALED} LOGIN PASSWORD 'open sesame'")

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def url(self, database: str, user: str = "grader", password: str = "") -> str:
        """Of a database, as GRADES_DB has it.

        The user `sealed` must give a password, which is `open sesame`.
        """
        who = f"{user}:{password}" if password else user
        return f"postgresql+psycopg://{who}@/{database}?host={self.folder}"

    def make_database(self, template: str = "template0") -> str:
        """A new one; its name."""
        name = next(self._names)
        self.ask(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def empty(self, name: str) -> None:
        """Takes all rows out of a database's tables, whatever refuses it."""
        tables = "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid ="
        tables += " relnamespace WHERE relkind = '{}' AND nspname = 'public'"
        rows = [one for (one,) in self.ask(tables.format("r"), name)]
        counters = [one for (one,) in self.ask(tables.format("S"), name)]
        kept = {"alembic_version"}
        self.ask(
            "SET session_replication_role = replica;"
            + "".join(f"DELETE FROM {one};" for one in rows if one not in kept)
            + "".join(f"ALTER SEQUENCE {one} RESTART;" for one in counters),
            name,
        )

    def drop_database(self, name: str) -> None:
        """Ends whoever is connected to it."""
        self.ask(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def ask(self, query: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Asks as the owner of all, outside any transaction."""
        with psycopg.connect(
            host=str(self.folder), user="grader", dbname=database, autocommit=True
        ) as connection:
            answer = connection.execute(query)
            return list(answer.fetchall()) if answer.description else []

    def start(self) -> None:
        """Starts it, and waits until it says that it is ready."""
        self._process = subprocess.Popen(
            [str(self._programs / "postgres"), "-D", str(self._data)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.folder,
            # Ctrl-C of the test run would reach it too.
            start_new_session=True,
            **self._as_user,
        )
        said = []
        log = self._process.stderr
        assert log is not None
        for line in log:
            said.append(line)
            if "ready to accept connections" in line:
                break
        else:
            raise AssertionError(f"the server did not start: {''.join(said)}")
        # It goes on to write its log, and would stop if nobody read it.
        self._reader = threading.Thread(target=log.read, daemon=True)
        self._reader.start()

    @property
    def is_running(self) -> bool:
        """Whether it was started, and not ended since."""
        return self._process.poll() is None

    def kill(self) -> None:
        """Ends it at once: nothing is put in order."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(60)
        self._reader.join(60)
        assert self._process.stderr is not None
        self._process.stderr.close()

    def restart(self) -> None:
        """Kills it, and starts it again in the same place."""
        self.kill()
        self.start()

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._programs / program), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=self.folder,
            check=False,
            timeout=120,
            **self._as_user,
        )
        assert done.returncode == 0, f"{program}: {done.stdout}"


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A server, and its end."""
    programs = find_programs()
    # Not below pytest's own folder: another user cannot enter that, and the path of a
    # socket must be short.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        server = Postgres(folder, programs)
        try:
            yield server
        finally:
            server.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_programs() -> Path:
    """Where PostgreSQL is. A test that needs it is never passed over on Linux."""
    on_path = shutil.which("initdb")
    places = [Path(on_path).parent] if on_path else []
    newest_first = sorted(
        DEBIAN.glob("*/bin"),
        key=lambda place: float(place.parent.name),
        reverse=True,
    )
    for place in (*places, *newest_first):
        if all((place / name).exists() for name in ("initdb", "postgres")):
            return place
    if sys.platform != "linux":
        pytest.skip("PostgreSQL is not installed, and is asked for on Linux only")
    pytest.fail("PostgreSQL is not installed: apt install postgresql", pytrace=False)


def _unprivileged() -> dict[str, Any]:
    """Who runs the server in root's place; nothing if we are not root."""
    if os.geteuid() != 0:
        return {}
    import pwd

    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    name = "postgres" if "postgres" in known else "nobody"
    return {"user": name, "group": known[name].pw_gid, "extra_groups": []}
