import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from graders.errors import LedgerError, UsageError
from graders.ledger import Ledger, migrations, open_ledger
from graders.ledger.migrating import HEAD
from graders.ledger.tables import metadata
from tests.stand_ins.ledgers import contents, fill


def test_a_new_ledger_has_every_table_and_nothing_in_them(ledger):
    assert set(contents(ledger)) == set(metadata.tables)
    assert not any(contents(ledger).values())


def test_an_opened_ledger_is_of_the_newest_form(ledger):
    with ledger.reading() as connection:
        context = MigrationContext.configure(connection)

        assert context.get_current_revision() == HEAD


def test_the_newest_form_is_the_last_migration():
    scripts = ScriptDirectory(Path(migrations.__file__).parent)

    assert scripts.get_heads() == [HEAD]


def test_the_migrations_make_what_the_tables_say(ledger):
    with ledger.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, metadata) == []


def test_a_difference_between_migrations_and_tables_would_be_seen(ledger):
    more = sa.MetaData()
    for table in metadata.sorted_tables:
        table.to_metadata(more)
    sa.Table("forgotten", more, sa.Column("id", sa.Integer, primary_key=True))
    with ledger.reading() as connection:
        context = MigrationContext.configure(connection)

        assert len(compare_metadata(context, more)) == 1


def test_what_was_recorded_is_there_when_it_is_opened_again(ledger, ledger_url):
    fill(ledger)
    before = contents(ledger)
    ledger.close()

    with Ledger(ledger_url, "ta") as again:
        assert contents(again) == before


OPEN_TOGETHER = """
import sys
from graders.ledger import Ledger
print("ready", flush=True)
sys.stdin.readline()
with Ledger(sys.argv[1], "ta") as ledger:
    ledger.read(lambda connection: connection.exec_driver_sql("SELECT * FROM runs"))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def absent_url(request):
    """Of a database in which nothing is at all."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    server = request.getfixturevalue("postgres")
    name = server.make_database()
    yield server.url(name)
    server.drop_database(name)


def test_processes_that_open_a_new_ledger_together_all_get_it(absent_url):
    command = [sys.executable, "-c", OPEN_TOGETHER, absent_url]
    pipes = {"stdin": -1, "stdout": -1, "stderr": -1, "text": True}
    started = [subprocess.Popen(command, **pipes) for _ in range(3)]
    for process in started:
        assert process.stdout.readline() == "ready\n"

    ended = [(process, *process.communicate("go\n", timeout=60)) for process in started]

    assert [(process.returncode, error) for process, _, error in ended] == [(0, "")] * 3


def test_a_ledger_of_a_newer_version_is_refused_and_left_as_it_is(ledger, ledger_url):
    fill(ledger)
    before = contents(ledger)
    _set_revision(ledger, "0999")
    ledger.close()

    with pytest.raises(LedgerError) as told:
        Ledger(ledger_url, "ta")

    assert "of a form that is not known here" in told.value.what
    assert "'0999'" in told.value.what
    assert "Install the version of survival-school" in told.value.fix
    _set_revision(ledger, HEAD)
    assert contents(ledger) == before
    ledger.close()


def _set_revision(ledger, number):
    query = sa.text("UPDATE alembic_version SET version_num = :number")
    ledger.write(lambda connection: connection.execute(query, {"number": number}))


def test_nothing_is_made_where_a_ledger_must_be_there(absent_url, tmp_path):
    with pytest.raises(UsageError) as told:
        Ledger(absent_url, "ta", create=False)

    assert told.value.what == "there is no ledger yet"
    assert "`grade batch` makes one" in told.value.fix
    assert list(tmp_path.iterdir()) == []


def test_a_ledger_that_must_be_there_is_opened_if_it_is(ledger, ledger_url):
    with Ledger(ledger_url, "ta", create=False) as again:
        assert again.who == "ta"


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("grades.sqlite3", "this is no URL of a database"),
        (
            "postgresql://student_a:pa:secret@host:x/grades",
            "this is no URL of a database",
        ),
        (
            "postgresql://student_a:secret@part@host/grades",
            "this is no URL of a database",
        ),
        ("mysql://student_a:secret@host/grades", "no ledger can be kept in 'mysql'"),
        ("postgresql+psycopg2://h/d", "no ledger can be kept in 'postgresql+psycopg2'"),
    ],
)
def test_a_url_that_is_wrong_is_told_without_its_password(url, what):
    with pytest.raises(UsageError) as told:
        Ledger(url, "ta")

    assert told.value.where == "GRADES_DB"
    assert told.value.what == what
    assert "sqlite:///FILE" in told.value.fix
    assert "postgresql+psycopg://USER:PASSWORD@HOST/NAME" in told.value.fix
    assert told.value.__cause__ is None
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("name", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_may_be_named_as_others_name_it(postgres_url, name):
    url = postgres_url.replace("postgresql+psycopg", name)

    with Ledger(url, "ta", create=False) as ledger:
        assert ledger.engine.driver == "psycopg"


def test_a_driver_that_is_not_installed_is_told_with_the_command(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(UsageError) as told:
        Ledger("postgresql://student_a@nowhere/grades", "ta")

    assert told.value.what == "PostgreSQL needs a package that is not installed"
    assert told.value.fix == "pip install 'survival-school[postgres]'"


def test_the_environment_names_the_ledger_and_who_writes(monkeypatch, sqlite_url):
    monkeypatch.setenv("GRADES_DB", sqlite_url)
    monkeypatch.setenv("GRADES_USER", "instructor")

    with open_ledger() as ledger:
        assert (str(ledger.url), ledger.who) == (sqlite_url, "instructor")


def test_an_empty_variable_is_as_good_as_none(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADES_DB", "")
    monkeypatch.setenv("GRADES_USER", "")
    monkeypatch.setenv("LOGNAME", "instructor")

    with open_ledger() as ledger:
        assert ledger.who == "instructor"
    assert (tmp_path / "grades" / "ledger.sqlite3").exists()


def test_who_has_no_name_is_told_by_number(monkeypatch, sqlite_url):
    monkeypatch.setenv("GRADES_DB", sqlite_url)
    for name in ("GRADES_USER", "LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", _no_name)

    with open_ledger() as ledger:
        assert ledger.who == f"user {os.getuid()}"


def _no_name(number):
    raise KeyError(number)


def test_sqlite_writes_through_to_the_disk_and_lets_others_read(sqlite_url):
    with Ledger(sqlite_url, "ta") as ledger, ledger.reading() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("synchronous", "journal_mode", "foreign_keys")
        }

    assert settings == {"synchronous": 2, "journal_mode": "wal", "foreign_keys": 1}


def test_what_is_read_is_one_moment_whoever_writes_meanwhile(ledger):
    fill(ledger)
    count = sa.select(sa.func.count()).select_from(metadata.tables["publications"])
    with ledger.reading() as connection:
        before = connection.scalar(count)
        fill(ledger, "student_d")

        assert connection.scalar(count) == before
    assert ledger.read(lambda connection: connection.scalar(count)) == before + 1


def test_a_write_that_fails_leaves_nothing(ledger):
    insert = sa.insert(metadata.tables["sources"])

    def write(connection):
        connection.execute(insert.values(sha256="aa", body=b"1"))
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        ledger.write(write)

    assert contents(ledger)["sources"] == []
