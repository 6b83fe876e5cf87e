"""A server that is restarted, or away, while something is written."""

import pytest
from loguru import logger

from graders.errors import LedgerError
from graders.ledger import Ledger, Patience, publish
from tests.stand_ins.ledgers import A9, contents, fill

SHORT = Patience(pauses_s=(0, 0), locked_s=0.05)


@pytest.fixture
def warnings():
    """What was logged."""
    told = []
    number = logger.add(lambda message: told.append(message.record["message"]))
    yield told
    logger.remove(number)


@pytest.fixture
def ledger(postgres_url, postgres):
    with Ledger(
        postgres_url, "student_a", patience=Patience(pauses_s=(0, 0, 0))
    ) as opened:
        fill(opened)
        yield opened
        if not postgres.is_running:
            postgres.start()


def num_published(ledger):
    return len(contents(ledger, "publications")["publications"])


def test_a_restart_between_two_writes_is_not_even_noticed(ledger, postgres, warnings):
    postgres.restart()

    publish(ledger, A9, "after it")

    assert num_published(ledger) == 2
    assert warnings == []


def test_a_write_that_a_restart_interrupts_is_done_again_and_recorded_once(
    ledger, postgres, warnings
):
    tried = []

    def write(connection):
        tried.append(connection)
        insert_publication(connection)
        if len(tried) == 1:
            postgres.restart()
            connection.exec_driver_sql("SELECT 1")

    ledger.write(write)

    assert (len(tried), num_published(ledger)) == (2, 2)
    assert warnings == ["the database is away; asked again in 0 s"]


def insert_publication(connection):
    connection.exec_driver_sql(
        "INSERT INTO publications (assignment, who, reason, at)"
        " VALUES ('a9', 'student_a', '', now())"
    )


def test_a_connection_that_is_lost_before_the_end_leaves_nothing_half_done(
    ledger, postgres
):
    tried = []

    def write(connection):
        tried.append(connection)
        insert_publication(connection)
        if len(tried) == 1:
            number = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
            # It is gone when it can no longer be found: then only the end is left.
            postgres.ask(f"SELECT pg_terminate_backend({number}, 10000)")

    ledger.write(write)

    assert (len(tried), num_published(ledger)) == (2, 2)


def test_a_server_that_is_away_for_a_while_is_waited_for(
    ledger, postgres, monkeypatch, warnings
):
    postgres.kill()
    pauses = []

    def pause(seconds):
        pauses.append(seconds)
        if len(pauses) == 2:
            postgres.start()

    monkeypatch.setattr("graders.ledger.opening.time.sleep", pause)

    publish(ledger, A9, "after it")

    assert (len(pauses), len(warnings)) == (2, 2)
    assert num_published(ledger) == 2


def test_reading_goes_on_after_a_restart_too(ledger, postgres):
    postgres.restart()

    found = ledger.read(
        lambda connection: connection.exec_driver_sql(
            "SELECT count(*) FROM publications"
        ).scalar_one()
    )

    assert found == 1


def test_one_moment_cannot_be_read_on_after_a_restart_and_this_is_told(
    ledger, postgres
):
    def read_on():
        with ledger.reading() as connection:
            connection.exec_driver_sql("SELECT 1")
            postgres.restart()
            connection.exec_driver_sql("SELECT 1")

    with pytest.raises(LedgerError, match="the database does not answer"):
        read_on()

    assert num_published(ledger) == 1


def test_a_server_that_is_away_for_good_is_told_and_what_was_recorded_stays(
    ledger, postgres
):
    before = contents(ledger)
    postgres.kill()

    with pytest.raises(LedgerError) as told:
        publish(ledger, A9, "never")

    assert told.value.what.startswith("the database does not answer (")
    assert told.value.fix.startswith("Start it, then give the same command again")
    assert "Nothing that was recorded is lost." in told.value.fix
    postgres.start()
    assert contents(ledger) == before


def test_a_server_that_is_not_there_cannot_be_opened(ledger, postgres, postgres_url):
    postgres.kill()

    with pytest.raises(LedgerError, match="the database does not answer"):
        Ledger(postgres_url, "ta", patience=SHORT)


def test_who_holds_the_ledger_is_waited_for_only_so_long(ledger, postgres_url):
    before = contents(ledger)
    with Ledger(postgres_url, "student_b", patience=SHORT) as other:

        def write(connection):
            with pytest.raises(LedgerError) as told:
                publish(other, A9, "meanwhile")
            return told.value

        told = ledger.write(write)

    assert told.what.startswith("another program holds the ledger and does not let go")
    assert told.fix.startswith("See which program writes in it")
    assert contents(ledger) == before


def test_usually_one_waits_about_a_minute_and_for_a_lock_half_of_one():
    assert 45 < sum(Patience().pauses_s) < 75
    assert Patience().locked_s == 30
