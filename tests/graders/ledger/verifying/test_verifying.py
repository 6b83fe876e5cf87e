"""A sound ledger is damaged in each way, and each is found."""

import gzip
import json

import pytest
import sqlalchemy as sa

from graders.errors import LedgerError
from graders.ledger import Fault, Ledger, Patience, decide, faults, open_proposal
from graders.ledger.tables import RECORDED, metadata
from tests.stand_ins.ledgers import A9, contents, fill, submission
from tests.stand_ins.records import KEY


@pytest.fixture
def sound(fragile_url):
    """A ledger with something in every table, that may be damaged."""
    with Ledger(fragile_url, "ta") as ledger:
        fill(ledger)
        yield ledger


def found(ledger):
    return [str(fault) for fault in faults(ledger)]


class Damage:
    """Changes a ledger as nobody may, and leaves it guarded as it was."""

    def __init__(self, ledger):
        self._ledger = ledger

    def __call__(self, query, **values):
        """Runs one statement; neither triggers nor references are in its way."""
        with self._ledger.engine.connect() as connection:
            raw = connection.connection.driver_connection
            if self._ledger.is_sqlite:
                connection.exec_driver_sql("ROLLBACK")
                self._in_sqlite(raw, query, values)
            else:
                connection.exec_driver_sql("SET session_replication_role = replica")
                connection.execute(sa.text(query), values)
                connection.exec_driver_sql("SET session_replication_role = DEFAULT")
                connection.commit()

    def _in_sqlite(self, raw, query, values):
        raw.execute("PRAGMA foreign_keys = OFF")
        guards = raw.execute("SELECT name, sql FROM sqlite_master WHERE type='trigger'")
        guards = guards.fetchall()
        for name, _ in guards:
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(query, values)
        for _, text in guards:
            raw.execute(text)
        raw.execute("PRAGMA foreign_keys = ON")


@pytest.fixture
def damage(sound):
    return Damage(sound)


def test_a_sound_ledger_has_no_faults(sound):
    assert found(sound) == []


def test_an_empty_ledger_has_no_faults(ledger):
    assert found(ledger) == []


def test_a_fault_says_what_and_where(sound, damage):
    damage("UPDATE rubrics SET body = '{}' WHERE id = 1")

    assert list(faults(sound)) == [
        Fault("it is not what was recorded: its hash is another", "rubrics 1")
    ]


# --- what the database itself is asked --------------------------------------


@pytest.mark.parametrize("name", ["scores", "decisions"])
def test_a_trigger_that_is_gone_is_found(sound, name):
    def drop(connection):
        if sound.is_sqlite:
            connection.exec_driver_sql(f"DROP TRIGGER {name}_no_update")
        else:
            connection.exec_driver_sql(f"DROP TRIGGER {name}_kept ON {name}")

    sound.write(drop)

    actions = ["UPDATE"] if sound.is_sqlite else ["DELETE", "UPDATE", "TRUNCATE"]
    assert found(sound) == [
        f"table {name}: nothing refuses {action} any more" for action in actions
    ]


def test_a_trigger_that_does_nothing_is_found(sound):
    def weaken(connection):
        if sound.is_sqlite:
            connection.exec_driver_sql("DROP TRIGGER runs_no_delete")
            connection.exec_driver_sql(
                "CREATE TRIGGER runs_no_delete BEFORE DELETE ON runs"
                " BEGIN SELECT 1; END"
            )
        else:
            connection.exec_driver_sql("ALTER TABLE runs DISABLE TRIGGER runs_kept")

    sound.write(weaken)

    assert "table runs: nothing refuses DELETE any more" in found(sound)


def test_a_function_that_refuses_nothing_is_found(own_postgres_url):
    with Ledger(own_postgres_url, "ta") as ledger:
        ledger.write(
            lambda connection: connection.exec_driver_sql(
                "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger"
                " LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
            )
        )

        assert len(found(ledger)) == 3 * len(RECORDED)


def test_a_page_that_was_overwritten_is_found(copied_url):
    with Ledger(copied_url, "ta") as ledger:
        fill(ledger, *(f"student_{number}" for number in range(40)))
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'observations'"
        page = ledger.read(lambda c: c.exec_driver_sql(query).scalar_one())
        path = ledger.url.database
    with open(path, "r+b") as file:  # noqa: PTH123
        file.seek((page - 1) * 4096)
        file.write(b"\x99" * 4096)

    with Ledger(copied_url, "ta") as ledger:
        told = found(ledger)

    reason = "it cannot be read (database disk image is malformed)"
    assert told == [f"the file: {reason}", f"stored observations: {reason}"]


def test_an_index_that_does_not_agree_with_its_table_is_found(copied_url):
    with Ledger(copied_url, "ta") as ledger:
        fill(ledger)

        def forget(connection):
            connection.exec_driver_sql("PRAGMA writable_schema = ON")
            connection.exec_driver_sql(
                "UPDATE sqlite_master SET sql ="
                " replace(sql, ', content)', ', filename)')"
                " WHERE name = 'ix_submissions_assignment_content'"
            )

        ledger.write(forget)
    with Ledger(copied_url, "ta") as ledger:
        told = found(ledger)

    assert any("ix_submissions_assignment_content" in line for line in told)


def test_what_cannot_be_reached_is_no_fault(postgres, postgres_url):
    patience = Patience(pauses_s=())
    with Ledger(postgres_url, "ta", patience=patience) as ledger:
        postgres.kill()
        with pytest.raises(LedgerError, match="the database does not answer"):
            found(ledger)
        postgres.start()


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        (
            "DELETE FROM judgements WHERE id = 1",
            "scores 1: it belongs to judgements 1, which is not there",
        ),
        (
            "UPDATE scores SET rubric_id = 77 WHERE id = 2",
            "scores 2: it belongs to rubrics 77, which is not there",
        ),
        (
            "UPDATE submissions SET run_id = 77 WHERE id = 3",
            "submissions 3: it belongs to runs 77, which is not there",
        ),
        (
            "UPDATE observations SET execution_id = 77 WHERE execution_id = 1"
            " AND \"group\" = 'public'",
            "observations 77 public: it belongs to executions 77, which is not there",
        ),
        (
            "DELETE FROM proposals WHERE id = 1",
            "decisions 1: it belongs to proposals 1, which is not there",
        ),
    ],
)
def test_a_row_that_is_missing_is_found(sound, damage, query, fault):
    damage(query)

    assert found(sound) == [fault]


# --- what is kept packed ----------------------------------------------------


def test_a_text_that_was_changed_is_found(sound, damage):
    file = submission("student_a", "# student_a\n")
    damage(
        "UPDATE sources SET body = :body WHERE sha256 = :sha256",
        body=gzip.compress(b"# student_e\n"),
        sha256=file.sha256,
    )

    assert found(sound) == [
        f"sources {file.sha256}: it is not what was recorded: its hash is another"
    ]


def test_a_text_that_cannot_be_unpacked_is_found(sound, damage):
    digest = submission("student_a", "# student_a\n").sha256
    damage("UPDATE sources SET body = :body WHERE sha256 = :s", body=b"xx", s=digest)

    assert found(sound) == [f"sources {digest}: it cannot be unpacked"]


@pytest.mark.parametrize(
    ("table", "place"),
    [("observations", "observations 1 hidden"), ("judgements", "judgements 1")],
)
def test_a_body_that_was_changed_is_found(sound, damage, table, place):
    which = "id = 1"
    if table == "observations":
        which = "execution_id = 1 AND \"group\" = 'hidden'"
    damage(f"UPDATE {table} SET body = :body WHERE {which}", body=b"else")

    assert found(sound) == [
        f"{place}: it is not what was recorded: its hash is another"
    ]


@pytest.mark.parametrize(
    ("table", "place"),
    [("observations", "observations 1 hidden"), ("judgements", "judgements 1")],
)
def test_a_body_that_cannot_be_unpacked_is_found_even_if_its_hash_is_right(
    sound, damage, table, place
):
    which = "id = 1"
    if table == "observations":
        which = "execution_id = 1 AND \"group\" = 'hidden'"
    damage(
        f"UPDATE {table} SET body = :body, sha256 = :sha256 WHERE {which}",
        body=b"",
        sha256="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    )

    assert found(sound) == [f"{place}: it cannot be unpacked"]


def test_a_problem_that_cannot_be_unpacked_is_found(sound, damage):
    damage("UPDATE submissions SET problem = :body WHERE id = 3", body=b"xx")

    assert found(sound) == ["submissions 3: its problem cannot be unpacked"]


def test_outcomes_that_are_not_those_of_the_findings_are_found(sound, damage):
    better = {"findings": [["A9.1.values", "A9.1", "failed"]], "style": []}
    damage("UPDATE judgements SET outcomes = :it WHERE id = 1", it=json.dumps(better))

    assert found(sound) == ["judgements 1: its outcomes are not those of its findings"]


# --- rows that do not agree -------------------------------------------------


def test_a_sum_that_is_not_that_of_the_items_is_found(sound, damage):
    damage("UPDATE scores SET points = 7.5 WHERE id = 1")

    assert found(sound) == [
        "scores 1: it has 7.5 of 8 points, and its items have 8 of 8"
    ]


def test_a_most_that_is_not_that_of_the_items_is_found(sound, damage):
    damage("UPDATE scores SET max_points = 10 WHERE id = 1")

    assert found(sound) == [
        "scores 1: it has 8 of 10 points, and its items have 8 of 8"
    ]


@pytest.mark.parametrize("items", ["[[]]", '[["A9.1", 8, 8, "perfect", false, 0]]'])
def test_items_that_cannot_be_read_are_found(sound, damage, items):
    damage('UPDATE scores SET "items" = :it WHERE id = 1', it=items)

    assert found(sound) == ["scores 1: its items cannot be read"]


def test_a_score_that_says_wrongly_that_it_is_decided_is_found(sound, damage):
    damage("UPDATE scores SET decided = false WHERE id = 1")

    assert found(sound) == ["scores 1: whether it is decided is not what its items say"]


def test_a_score_of_what_nobody_handed_in_is_found(sound, damage):
    content = submission("student_a", "# student_a\n").content
    damage("DELETE FROM submissions WHERE student = 'student_a'")

    assert found(sound) == [f"scores 1: nobody has handed in the submission {content}"]


def test_a_score_of_another_submission_is_found(sound, damage):
    damage(
        "UPDATE scores SET content = (SELECT content FROM scores WHERE id = 2)"
        " WHERE id = 1"
    )

    assert found(sound) == [
        "scores 1: its judgement is of another submission or assignment"
    ]


@pytest.mark.parametrize("name", ["rubric", "proposal"])
def test_a_score_of_another_assignment_is_found(sound, damage, name):
    damage(f"UPDATE {name}s SET assignment = 'another' WHERE id = 1")
    if name == "proposal":
        damage("UPDATE scores SET proposal_id = 1 WHERE id = 1")

    assert f"scores 1: its {name} is of another assignment" in found(sound)


def test_two_decided_executions_of_one_key_are_found(sound, damage):
    damage("DROP INDEX uq_executions_key")
    names = ", ".join(
        f'"{column.name}"'
        for column in metadata.tables["executions"].columns
        if column.name != "id"
    )
    damage(
        f"INSERT INTO executions (id, {names}) SELECT 9, {names} FROM executions"
        " WHERE id = 1"
    )

    assert found(sound) == [
        "executions 9: it has the key of executions 1, which was decided already"
    ]


@pytest.mark.parametrize(
    ("query", "number", "last"),
    [
        ("UPDATE submissions SET attempt = 2 WHERE student = 'student_b'", 1, 2),
        ("UPDATE submissions SET attempt = 0 WHERE student = 'student_b'", 1, 0),
    ],
)
def test_attempts_with_a_hole_are_found(sound, damage, query, number, last):
    damage(query)

    assert found(sound) == [
        f"submissions of {A9}: 'student_b' has {number} attempts, and the last has the"
        f" number {last}"
    ]


def test_every_fault_is_told_and_not_only_the_first(sound, damage):
    damage("UPDATE rubrics SET body = '{}'")
    damage("UPDATE scores SET points = points + 1")

    assert len(found(sound)) == 2 + 3


def test_looking_changes_nothing(sound):
    before = contents(sound)

    found(sound)

    assert contents(sound) == before


def test_what_was_accepted_and_graded_since_has_no_faults(sound):
    decide(sound, open_proposal(sound, A9), accepted=True, reason="yes")
    fill(sound, "student_d", "student_a")

    assert found(sound) == []


def test_the_stand_in_has_one_key_per_submission(sound):
    assert all(
        row[3:7] == (KEY.suite, KEY.data, KEY.environment, KEY.seed)
        for row in contents(sound)["executions"]
    )
