import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
import sqlalchemy as sa

from graders.errors import LedgerError
from graders.ledger import Ledger, Patience, adjust, publish
from graders.ledger.tables import metadata
from graders.ledger.troubles import as_ledger_error, shown
from tests.stand_ins.ledgers import A9, contents, fill
from tests.stand_ins.users import NOBODY, shared_folder, without_rights

SHORT = Patience(pauses_s=(), locked_s=0.05)
KEPT = "Nothing that was recorded is lost."


@pytest.fixture
def path(tmp_path, template_file):
    """A ledger in a file, closed, with something in it."""
    path = tmp_path / "ledger.sqlite3"
    shutil.copy(template_file, path)
    with in_file(path) as ledger:
        fill(ledger, *(f"student_{number}" for number in range(40)))
    return path


def in_file(path):
    return Ledger(f"sqlite:///{path}", "ta", patience=SHORT)


def recorded(path):
    with in_file(path) as ledger:
        return contents(ledger)


def trouble(function):
    with pytest.raises(LedgerError) as told:
        function()
    return told.value


# --- files that are damaged -------------------------------------------------


def test_a_file_of_something_else_is_told_and_left_as_it_is(tmp_path):
    path = tmp_path / "ledger.sqlite3"
    path.write_bytes(b"Dear diary. " * 1000)

    told = trouble(lambda: in_file(path))

    assert told.what == "the ledger is damaged (file is not a database)"
    assert told.where == f"sqlite:///{path}"
    assert "`grade restore BACKUP`" in told.fix
    assert path.read_bytes() == b"Dear diary. " * 1000


def test_a_file_that_was_cut_is_told_and_left_as_it_is(path):
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])

    told = trouble(lambda: recorded(path))

    assert told.what == "the ledger is damaged (database disk image is malformed)"
    assert path.read_bytes() == whole[: len(whole) // 2]


def test_a_page_that_was_overwritten_is_told_when_it_is_read(path):
    before = recorded(path)
    whole = path.read_bytes()
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'judgements'"
        ((page,),) = connection.execute(query)
    start = (page - 1) * 4096
    path.write_bytes(whole[:start] + b"\x99" * 4096 + whole[start + 4096 :])

    told = trouble(lambda: recorded(path))

    assert told.what.startswith("the ledger is damaged (")
    with in_file(path) as ledger:  # Other tables can be read still.
        assert contents(ledger, "adjustments")["adjustments"] == before["adjustments"]


# --- files that are held, closed or full ------------------------------------


def test_a_file_that_another_program_holds_is_told(path):
    before = recorded(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with in_file(path) as ledger:
            told = trouble(lambda: publish(ledger, A9, "meanwhile"))

    assert told.what == (
        "another program holds the ledger and does not let go of it"
        " (database is locked)"
    )
    assert told.fix.startswith("See which program writes in it")
    assert recorded(path) == before


def test_a_file_that_is_held_can_be_read_meanwhile(path):
    before = recorded(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")

        assert recorded(path) == before


def test_a_file_that_may_only_be_read_is_read_and_refuses_to_be_written(path):
    before = recorded(path)
    with shared_folder() as folder:
        copy = shutil.copy(path, folder)
        os.chmod(copy, 0o444)  # noqa: PTH101
        folder.chmod(0o777)
        with without_rights(), in_file(copy) as ledger:
            told = trouble(lambda: publish(ledger, A9, "never"))

            assert contents(ledger) == before

    assert told.what == (
        "the ledger cannot be written, only read (attempt to write a readonly database)"
    )
    assert told.fix.startswith("Give yourself the right to write there")


def test_a_folder_in_which_nothing_may_be_written_is_told(path):
    with shared_folder() as folder:
        copy = shutil.copy(path, folder)
        if os.geteuid() != 0:
            folder.chmod(0o555)
        with without_rights():
            told = trouble(lambda: recorded(copy))
        folder.chmod(0o755)

        assert recorded(copy) == recorded(path)

    assert told.what.startswith("the ledger cannot be opened (")
    assert "may write in it" in told.fix


def test_a_folder_that_cannot_be_made_is_told():
    with shared_folder() as folder:
        if os.geteuid() != 0:
            folder.chmod(0o555)
        with without_rights():
            told = trouble(lambda: in_file(folder / "grades" / "ledger.sqlite3"))
        folder.chmod(0o755)

    assert told.what.startswith("the ledger cannot be opened ([Errno 13] Permission")


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path):
    told = trouble(lambda: in_file(tmp_path))

    assert told.what == "the ledger cannot be opened (unable to open database file)"


def test_a_disk_that_is_full_is_told_and_the_command_goes_on_later(path):
    before = recorded(path)
    with in_file(path) as ledger:
        size = ledger.read(
            lambda connection: connection.exec_driver_sql("PRAGMA page_count").scalar()
        )
        with closing(Full(ledger, size)):
            told = trouble(lambda: publish(ledger, A9, "long " * 10_000))
            assert contents(ledger) == before

        publish(ledger, A9, "long " * 10_000)

    assert told.what == (
        "there is no room left for the ledger (database or disk is full)"
    )
    assert told.fix.endswith(KEPT)
    assert len(recorded(path)["publications"]) == len(before["publications"]) + 1


class Full:
    """Connections of a ledger find no more room than this."""

    def __init__(self, ledger, size):
        self._engine, self._size = ledger.engine, size
        sa.event.listen(self._engine, "connect", self._limit)
        self._engine.dispose()

    def _limit(self, connection, record):
        connection.execute(f"PRAGMA max_page_count = {self._size}")

    def close(self):
        sa.event.remove(self._engine, "connect", self._limit)
        self._engine.dispose()


WRITE_MUCH = """
import sys
from graders.errors import LedgerError
from graders.ledger import Ledger, publish
with Ledger(sys.argv[1], "ta") as ledger:
    try:
        publish(ledger, "a9", "long " * 1_000_000)
    except LedgerError as error:
        print(error.what)
"""


def test_a_disk_that_refuses_is_told(path):
    before = recorded(path)
    most = path.stat().st_size + 100_000

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    done = subprocess.run(
        [sys.executable, "-c", WRITE_MUCH, f"sqlite:///{path}"],
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=limit,
        check=True,
        timeout=60,
    )

    assert done.stdout == (
        "the disk that the ledger is on refuses to read or write (disk I/O error)\n"
    )
    assert recorded(path) == before


def test_words_of_a_person_are_no_sign_of_trouble(path):
    """The statement and its values are in SQLAlchemy's message."""
    reason = "password of that role is locked: disk is full, corrupt, does not exist"
    insert = sa.insert(metadata.tables["publications"])
    with in_file(path) as ledger:
        told = trouble(
            lambda: ledger.write(
                lambda connection: connection.execute(insert, {"reason": reason})
            )
        )

    assert told.what.startswith("the database refused (")
    assert told.fix == "Run `grade verify-ledger`."


# --- PostgreSQL -------------------------------------------------------------


@pytest.fixture
def server_ledger(postgres_url):
    with Ledger(postgres_url, "ta", patience=SHORT) as ledger:
        fill(ledger)
        yield ledger


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        (("sealed", "tell-nobody"), 'password authentication failed for user "sealed"'),
        (("sealed", ""), "no password supplied"),
        (("mallory", "tell-nobody"), 'role "mallory" does not exist'),
    ],
)
def test_a_server_that_does_not_let_us_in_is_told_at_once_and_without_the_password(
    server_ledger, postgres, shared_database, who, reason
):
    url = postgres.url(shared_database, *who)

    told = trouble(lambda: Ledger(url, "ta", patience=Patience(pauses_s=(60,))))

    assert told.what.startswith("the database does not let us in (connection failed:")
    assert reason in told.what
    assert told.where.startswith(f"postgresql+psycopg://{who[0]}")
    assert told.fix.startswith("Check the user, the password and the database's name")
    assert "tell-nobody" not in str(told)


def test_the_right_password_lets_us_in(server_ledger, postgres, shared_database):
    postgres.ask(
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO sealed", shared_database
    )
    url = postgres.url(shared_database, "sealed", "open%20sesame")

    with Ledger(url, "ta", create=False) as ledger:
        assert contents(ledger) == contents(server_ledger)


def test_a_database_that_is_not_there_is_told(postgres):
    told = trouble(lambda: Ledger(postgres.url("nowhere"), "ta"))

    assert told.what.startswith("the database does not let us in (")
    assert 'database "nowhere" does not exist' in told.what


def test_a_password_among_the_options_is_not_told_either(postgres, shared_database):
    url = postgres.url(shared_database, "sealed") + "&password=tell-nobody"

    told = trouble(lambda: Ledger(url, "ta"))

    assert "password authentication failed" in told.what
    assert "tell-nobody" not in str(told)
    assert f"/{shared_database}?host=" in told.where


def test_a_password_in_what_the_database_says_is_covered():
    url = sa.make_url("postgresql+psycopg://student_a:tell-nobody@host/grades")
    error = sa.exc.DatabaseError("SELECT 1", {}, Exception("near tell-nobody"))

    assert as_ledger_error(error, url).what == "the database refused (near ***)"


def test_a_url_is_shown_without_passwords():
    url = sa.make_url(
        "postgresql://student_a:a@host/grades?sslpassword=b&passfile=c&port=1"
    )

    assert shown(url) == "postgresql://student_a:***@host/grades?passfile=c&port=1"


def test_a_user_without_a_right_is_told(server_ledger, postgres, shared_database):
    before = contents(server_ledger)
    postgres.ask(
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO sealed", shared_database
    )
    url = postgres.url(shared_database, "sealed", "open%20sesame")

    with Ledger(url, "ta", create=False) as ledger:
        told = trouble(lambda: publish(ledger, A9, "never"))

    assert told.what == (
        "this user may not do that in the ledger"
        " (permission denied for table publications)"
    )
    assert contents(server_ledger) == before


def test_a_server_that_may_only_be_read_is_told(server_ledger):
    before = contents(server_ledger)
    url = server_ledger.url.update_query_dict(
        {"options": "-c default_transaction_read_only=on"}
    )

    with Ledger(url, "ta", patience=SHORT) as ledger:
        told = trouble(lambda: publish(ledger, A9, "never"))

    assert told.what.startswith("the ledger cannot be written, only read (cannot ex")
    assert contents(server_ledger) == before


@pytest.mark.parametrize(
    ("state", "what"),
    [
        ("53100", "there is no room left for the ledger"),
        ("58030", "the disk that the ledger is on refuses to read or write"),
        ("XX002", "the ledger is damaged"),
        ("42P01", "the database refused"),
    ],
)
def test_what_a_server_is_in_want_of_is_told_by_its_code(
    own_postgres_url, postgres, state, what
):
    """Its words may be of any language."""
    with Ledger(own_postgres_url, "ta", patience=SHORT) as ledger:
        fill(ledger)
        before = contents(ledger)
        postgres.ask(
            f"CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" RAISE EXCEPTION 'kein Platz' USING ERRCODE = '{state}'; END $$;"
            "CREATE TRIGGER fail BEFORE INSERT ON adjustments"
            " EXECUTE FUNCTION fail()",
            ledger.url.database,
        )
        told = trouble(
            lambda: adjust(ledger, A9, "student_b", "", 1, over_points=None, reason="")
        )

        assert told.what == f"{what} (kein Platz)"
        assert contents(ledger) == before


def test_a_page_of_a_server_that_was_overwritten_is_told(postgres, template_database):
    name = postgres.make_database(template_database)
    with Ledger(postgres.url(name), "ta", patience=SHORT) as ledger:
        fill(ledger)
        before = contents(ledger)
        ((file,),) = postgres.ask("SELECT pg_relation_filepath('judgements')", name)
        postgres.ask("CHECKPOINT")
        postgres.kill()
        page = postgres.folder / "data" / str(file)
        whole = page.read_bytes()
        page.write_bytes(b"\x99" * len(whole))
        postgres.start()

        told = trouble(lambda: contents(ledger))

        assert told.what.startswith("the ledger is damaged (invalid page in block 0")
        del before["judgements"]
        assert contents(ledger, *before) == before
    postgres.drop_database(name)


def test_nobody_is_somebody_without_rights():
    with without_rights():
        assert os.geteuid() != 0
        assert os.geteuid() == NOBODY or os.getuid() != 0
