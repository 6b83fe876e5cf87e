from datetime import UTC

import pytest

from graders.ledger import Ledger, executed, findings_by_number, findings_of
from tests.stand_ins.ledgers import grade, run, submission


@pytest.fixture
def ledger(tmp_path):
    """Two gradings, one of them failed."""
    with Ledger(f"sqlite:///{tmp_path}/ledger.sqlite3", "ta") as opened:
        a_run = run(opened)
        grade(opened, a_run, submission("student_a", "a = 1\n"))
        grade(opened, a_run, submission("student_b", "b = 1\n"), 0, outcome="failed")
        yield opened


def test_findings_of_many_are_those_of_each(ledger):
    with ledger.reading() as connection:
        found = dict(findings_by_number(connection, [1, 2]))

        assert found == {1: findings_of(connection, 1), 2: findings_of(connection, 2)}
        assert dict(findings_by_number(connection, [])) == {}
    assert [one.outcome.value for (one,) in found.values()] == ["passed", "failed"]


def test_it_is_known_when_and_for_how_long_each_was_run(ledger):
    with ledger.reading() as connection:
        runs = executed(connection, [2, 3])

    assert list(runs) == [2]
    assert runs[2].duration_s == 1.5
    assert runs[2].at.tzinfo is UTC
