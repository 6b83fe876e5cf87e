"""What tests of grades share: a database server, and ledgers in both kinds of them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from graders.ledger import Ledger
from tests.stand_ins.postgres import Postgres, running_postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real server, started when a test first asks for it."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def template_database(postgres: Postgres) -> str:
    """A database with an empty ledger in it, to be copied."""
    name = postgres.make_database()
    Ledger(postgres.url(name), "grader").close()
    return name


@pytest.fixture(scope="session")
def shared_database(postgres: Postgres, template_database: str) -> str:
    """One that each test finds empty: making one takes ten times as long."""
    return postgres.make_database(template_database)


@pytest.fixture
def postgres_url(postgres: Postgres, shared_database: str) -> str:
    """Of an empty ledger in PostgreSQL; its tables must stay as they are."""
    postgres.empty(shared_database)
    return postgres.url(shared_database)


@pytest.fixture
def own_postgres_url(postgres: Postgres, template_database: str) -> Iterator[str]:
    """Of an empty ledger in PostgreSQL whose tables may be changed."""
    name = postgres.make_database(template_database)
    yield postgres.url(name)
    postgres.drop_database(name)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Of a ledger in a file that is not there yet."""
    return f"sqlite:///{tmp_path / 'ledger.sqlite3'}"


@pytest.fixture(scope="session")
def template_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with an empty ledger in it, to be copied."""
    path = tmp_path_factory.mktemp("template") / "ledger.sqlite3"
    Ledger(f"sqlite:///{path}", "grader").close()
    return path


@pytest.fixture
def copied_url(template_file: Path, tmp_path: Path) -> str:
    """Of an empty ledger in SQLite."""
    path = tmp_path / "ledger.sqlite3"
    shutil.copy(template_file, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["copied_url", "postgres_url"], ids=["sqlite", "postgresql"])
def ledger_url(request: pytest.FixtureRequest) -> str:
    """Of an empty ledger, in each kind of database."""
    return request.getfixturevalue(request.param)


@pytest.fixture(params=["copied_url", "own_postgres_url"], ids=["sqlite", "postgresql"])
def fragile_url(request: pytest.FixtureRequest) -> str:
    """The same, but its tables may be changed."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    """An empty ledger, written by `ta`."""
    with Ledger(ledger_url, "ta") as opened:
        yield opened
