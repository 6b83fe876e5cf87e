import subprocess
import sys
import tracemalloc

import pytest
import sqlalchemy as sa

from graders.errors import UsageError
from graders.ledger import Ledger, copy_ledger, count_rows, publish
from graders.ledger.tables import RECORDED, WORKING, metadata
from tests.stand_ins.ledgers import A9, contents, fill


@pytest.fixture(params=["copied_url", "own_postgres_url"], ids=["sqlite", "postgresql"])
def target(request, tmp_path):
    """An empty ledger, to be filled; in each kind of database."""
    if request.param == "copied_url":
        url = f"sqlite:///{tmp_path / 'target.sqlite3'}"
    else:
        url = request.getfixturevalue(request.param)
    with Ledger(url, "ta") as ledger:
        yield ledger


def test_a_copy_has_every_row_but_those_of_who_works_now(ledger, target):
    fill(ledger)
    wanted = contents(ledger)

    number = copy_ledger(ledger, target)

    assert number == sum(len(wanted[name]) for name in RECORDED)
    assert contents(target) == {**wanted, **{name: [] for name in WORKING}}


def test_rows_are_counted_by_table(ledger):
    fill(ledger)

    rows = count_rows(ledger)

    assert tuple(rows) == RECORDED
    assert (rows["submissions"], rows["proposals"], rows["runs"]) == (3, 2, 1)


def test_a_copy_goes_on_with_numbers_of_its_own(ledger, target):
    fill(ledger)
    copy_ledger(ledger, target)
    before = contents(target)

    fill(target, "student_d")

    after = contents(target)
    for name in RECORDED:
        assert after[name][: len(before[name])] == before[name] or name == "sources"
    assert after["runs"][-1][0] == before["runs"][-1][0] + 1


def test_an_empty_ledger_can_be_copied(ledger, target):
    assert copy_ledger(ledger, target) == 0

    publish(target, A9, "")
    assert contents(target)["publications"][0][0] == 1


def test_nothing_is_copied_into_a_ledger_that_has_something(ledger, target):
    fill(ledger)
    publish(target, A9, "mine")
    before = contents(target)

    with pytest.raises(UsageError) as told:
        copy_ledger(ledger, target)

    assert told.value.what == (
        "the ledger is not empty, and nothing recorded is ever overwritten"
    )
    assert told.value.where == target.where
    assert "move this one away first, and keep it" in told.value.fix
    assert contents(target) == before


def test_a_copy_that_fails_leaves_the_target_empty(ledger, target):
    fill(ledger)

    def refuse(connection, cursor, statement, parameters, context, many):
        if "INTO quarantines" in statement:
            raise RuntimeError("in the middle")

    sa.event.listen(target.engine, "before_cursor_execute", refuse)
    with pytest.raises(RuntimeError, match="in the middle"):
        copy_ledger(ledger, target)

    assert not any(contents(target).values())


WRITE_ON = """
import sys
from graders.ledger import Ledger
from tests.stand_ins.ledgers import fill
with Ledger(sys.argv[1], "student_b") as ledger:
    fill(ledger, "first")
    print("writing", flush=True)
    number = 0
    while True:
        number += 1
        fill(ledger, f"student_{number}")
"""


def test_a_copy_is_one_moment_while_another_process_writes(ledger, ledger_url, target):
    process = subprocess.Popen(
        [sys.executable, "-c", WRITE_ON, ledger_url], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout.readline() == "writing\n"
        before = count_rows(ledger)

        copy_ledger(ledger, target)

        after = count_rows(ledger)
    finally:
        process.kill()
        process.communicate()
    rows = count_rows(target)
    assert all(before[name] <= rows[name] <= after[name] for name in RECORDED)
    # Each judgement was written together with its execution and its score.
    assert rows["executions"] == rows["judgements"] == rows["scores"]


def test_a_large_ledger_does_not_fill_the_memory(ledger, target):
    """Hundreds of bodies of 100 KB each; a hundredth of the sum is held at a time."""
    sources = metadata.tables["sources"]
    body, number = bytes(100_000), 600
    for start in range(0, number, 50):
        rows = [
            {"sha256": f"{count:064}", "body": body}
            for count in range(start, start + 50)
        ]
        ledger.write(
            lambda connection, rows=rows: connection.execute(sa.insert(sources), rows)
        )

    tracemalloc.start()
    try:
        assert copy_ledger(ledger, target) == number
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < len(body) * number / 2
