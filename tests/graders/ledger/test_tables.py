from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graders.errors import LedgerError
from graders.ledger import Ledger, publish, published_at
from graders.ledger.tables import RECORDED, WORKING, metadata
from tests.stand_ins.ledgers import A9, contents, fill


def test_each_table_is_kept_for_ever_or_says_what_goes_on_now():
    assert WORKING == ("coordinators", "claims")
    assert len(RECORDED) == 17
    assert {*RECORDED, *WORKING} == set(metadata.tables)


def test_the_stand_in_fills_every_table(ledger):
    fill(ledger)

    assert all(contents(ledger).values())


@pytest.mark.parametrize("name", RECORDED)
def test_what_was_recorded_is_never_changed_or_deleted(ledger, name):
    fill(ledger)
    before = contents(ledger)
    table = metadata.tables[name]
    first = next(iter(table.columns))

    for query in (sa.update(table).values({first: first}), sa.delete(table)):
        with pytest.raises(LedgerError) as told:
            ledger.write(lambda connection, query=query: connection.execute(query))
        assert "never changed or deleted (what was recorded is" in told.value.what
        assert told.value.fix.startswith("Record a correction instead")

    assert contents(ledger) == before


def test_postgresql_does_not_empty_a_table_either(postgres_url):
    with Ledger(postgres_url, "ta") as ledger:
        fill(ledger)

        with pytest.raises(LedgerError, match="never changed or deleted"):
            ledger.write(
                lambda connection: connection.exec_driver_sql("TRUNCATE runs CASCADE")
            )


@pytest.mark.parametrize("name", WORKING)
def test_what_goes_on_now_may_end(ledger, name):
    fill(ledger)
    table = metadata.tables[name]

    ledger.write(lambda connection: connection.execute(sa.delete(table)))

    assert contents(ledger, name) == {name: []}


def test_a_time_without_a_zone_is_refused(ledger):
    row = {
        "assignment": A9,
        "who": "ta",
        "reason": "",
        "at": datetime(2026, 1, 1),
    }
    table = metadata.tables["publications"]

    with pytest.raises(LedgerError, match="a time without a zone"):
        ledger.write(lambda connection: connection.execute(sa.insert(table), row))


zones = st.integers(-14 * 60, 14 * 60).map(
    lambda minutes: timezone(timedelta(minutes=minutes))
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.one_of(zones))
)
def test_a_time_comes_back_in_utc_to_the_microsecond(ledger, moment):
    table = metadata.tables["publications"]
    row = {"assignment": A9, "who": "ta", "reason": "", "at": moment}

    found = ledger.write(
        lambda connection: connection.execute(
            sa.insert(table).values(row).returning(table.c.at)
        ).scalar_one()
    )

    assert found == moment
    assert found.tzinfo is UTC


def test_a_time_is_that_of_utc_even_if_the_session_has_another_zone(
    ledger, monkeypatch
):
    moment = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
    monkeypatch.setattr("graders.ledger.adjusting.now", lambda: moment)

    publish(ledger, A9, "")

    found = ledger.read(lambda connection: published_at(connection, A9))
    assert repr(found) == repr(moment)
