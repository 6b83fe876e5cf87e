import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa

from graders.errors import LedgerError
from graders.ledger import (
    Graded,
    Ledger,
    claim,
    claim_key,
    findings_of,
    insert_judgement,
    judged,
    judged_by_number,
    keep,
    stored_record,
)
from graders.ledger.tables import executions, scores
from graders.records import Finding, Outcome, Tier
from graders.records.storing import unpack_observations
from tests.stand_ins.ledgers import (
    A9,
    GROUPS,
    contents,
    observation,
    packed,
    rubric,
    run,
)
from tests.stand_ins.records import KEY, style_finding


@pytest.fixture
def a_run(ledger):
    return run(ledger)


def keep_all(ledger, a_run, *records):
    number = rubric(ledger).id
    keep(ledger, a_run, [Graded(one, number, None) for one in records], GROUPS)


def all_judged(ledger, suite=KEY.suite):
    with ledger.reading() as connection:
        return list(judged(connection, A9, suite))


def num_rows(ledger):
    names = ("executions", "observations", "judgements", "scores")
    found = contents(ledger, *names)
    return [len(found[name]) for name in names]


def test_a_grading_comes_back_as_it_was_but_for_its_score_and_the_student(
    ledger, a_run
):
    kept = packed()
    styled = replace(kept.record, style=(style_finding(),), tier=Tier.A)
    keep_all(ledger, a_run, replace(kept, record=styled))

    (found,) = all_judged(ledger)
    with ledger.reading() as connection:
        again = stored_record(connection, found, A9)

    expected = replace(styled, student="", score=again.record.score)
    assert again.record == expected
    assert again.observations == kept.observations
    assert unpack_observations(again.observations["public"]) == [observation()]


def test_only_the_observations_that_are_wanted_are_read(ledger, a_run):
    keep_all(ledger, a_run, packed())

    (found,) = all_judged(ledger)
    with ledger.reading() as connection:
        again = stored_record(connection, found, A9, ["hidden"])

    assert set(again.observations) == {"hidden"}


def test_what_is_needed_to_award_points_again_is_there_without_words(ledger, a_run):
    keep_all(ledger, a_run, packed())

    (found,) = all_judged(ledger)

    assert found.key == KEY
    assert found.groups == GROUPS
    assert found.findings == (
        Finding(check="A9.1.values", task="A9.1", outcome=Outcome.PASSED),
    )
    assert (found.style, found.tier, found.decided) == ((), Tier.NONE, True)


def test_findings_come_back_with_their_words(ledger, a_run):
    kept = packed(outcome="failed")
    keep_all(ledger, a_run, kept)

    (found,) = all_judged(ledger)

    told = ledger.read(lambda connection: findings_of(connection, found.id))
    assert told == kept.record.findings


def test_keeping_twice_is_keeping_once(ledger, a_run):
    for _ in range(2):
        keep_all(ledger, a_run, packed())

    assert num_rows(ledger) == [1, 2, 1, 1]


def test_what_was_recorded_first_stays_whatever_comes_later(ledger, a_run):
    keep_all(ledger, a_run, packed(points=8))
    keep_all(ledger, a_run, packed(points=0, outcome="failed"))

    assert all_judged(ledger)[0].findings[0].outcome is Outcome.PASSED


@pytest.mark.parametrize("change", [{"seed": 1}, {"suite": "b"}, {"environment": "b"}])
def test_another_key_is_another_execution(ledger, a_run, change):
    keep_all(ledger, a_run, packed(), packed(**change))

    assert num_rows(ledger)[0] == 2


def test_stronger_walls_are_another_execution(ledger, a_run):
    kept = packed()
    walled = replace(kept, record=replace(kept.record, tier=Tier.B))

    keep_all(ledger, a_run, kept, walled)

    assert num_rows(ledger)[0] == 2


def test_what_is_undecided_may_be_graded_again_until_it_is_decided(ledger, a_run):
    for outcome in ("broken", "broken", "passed", "passed"):
        keep_all(ledger, a_run, packed(outcome=outcome))

    decided = [row.decided for row in _executions(ledger)]
    assert decided == [False, False, True]


def _executions(ledger):
    return ledger.read(lambda connection: connection.execute(sa.select(executions)))


def test_what_is_kept_is_no_longer_claimed(ledger, a_run):
    kept, other = packed(), packed("another")
    keys = [claim_key(one.record.key) for one in (kept, other)]
    claim(ledger, a_run, keys)

    keep_all(ledger, a_run, kept)

    assert claim(ledger, run(ledger), keys) == {keys[0]}


def test_gradings_are_kept_all_or_none(ledger, a_run):
    number = rubric(ledger).id
    rows = [Graded(packed("aaaa"), number, None), Graded(packed("bbbb"), 999, None)]

    with pytest.raises(LedgerError, match="the database refused"):
        keep(ledger, a_run, rows, GROUPS)

    assert num_rows(ledger) == [0, 0, 0, 0]


def test_a_failure_of_our_own_in_the_middle_leaves_nothing(ledger, a_run):
    kept = packed("bbbb")
    broken = replace(kept, observations={**kept.observations, "public": None})

    with pytest.raises((TypeError, LedgerError)):
        keep_all(ledger, a_run, packed("aaaa"), broken)

    assert num_rows(ledger) == [0, 0, 0, 0]


def test_threads_that_record_the_same_keys_end_with_one_of_each(ledger, ledger_url):
    contents_of = [f"content-{number}" for number in range(10)]
    number = rubric(ledger).id

    def one_of_them(order):
        with Ledger(ledger_url, "ta") as own:
            mine = run(own)
            for name in contents_of[::order]:
                keep(own, mine, [Graded(packed(name), number, None)], GROUPS)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(one_of_them, (1, -1, 1, -1)))

    assert num_rows(ledger) == [10, 20, 10, 10]


RECORD = """
import sys
from graders.ledger import Graded, Ledger, keep
from tests.stand_ins.ledgers import GROUPS, packed, rubric, run
with Ledger(sys.argv[1], "student_b") as ledger:
    a_run, number = run(ledger), rubric(ledger).id
    print("ready", flush=True)
    sys.stdin.readline()
    for name in "abcdefgh":
        keep(ledger, a_run, [Graded(packed(name), number, None)], GROUPS)
"""


def test_processes_that_record_the_same_keys_end_with_one_of_each(ledger, ledger_url):
    command = [sys.executable, "-c", RECORD, ledger_url]
    pipes = {"stdin": -1, "stdout": -1, "text": True}
    started = [subprocess.Popen(command, **pipes) for _ in range(2)]
    for process in started:
        assert process.stdout.readline() == "ready\n"

    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in started:
        process.communicate(timeout=60)

    assert [process.returncode for process in started] == [0, 0]
    assert num_rows(ledger) == [8, 16, 8, 8]


def test_a_later_judgement_takes_the_place_of_an_earlier_one(ledger, a_run):
    keep_all(ledger, a_run, packed())
    (first,) = all_judged(ledger)
    corrected = packed(outcome="failed").record

    number = ledger.write(
        lambda connection: insert_judgement(
            connection, first.execution, corrected, GROUPS
        )
    )

    (found,) = all_judged(ledger)
    assert found.id == number
    assert found.findings[0].outcome is Outcome.FAILED
    with ledger.reading() as connection:
        both = list(judged_by_number(connection, [first.id, number]))
    assert [one.id for one in both] == [first.id, number]


def test_judgements_are_those_of_one_suite(ledger, a_run):
    keep_all(ledger, a_run, packed(), packed(suite="another"))

    assert len(all_judged(ledger)) == 1
    assert all_judged(ledger, "another")[0].key.suite == "another"
    assert all_judged(ledger, "none") == []


def test_many_judgements_can_be_asked_for_by_number(ledger, a_run):
    keep_all(ledger, a_run, *(packed(f"content-{n}") for n in range(450)))
    numbers = [one.id for one in all_judged(ledger)]

    with ledger.reading() as connection:
        found = [one.id for one in judged_by_number(connection, numbers)]

    assert sorted(found) == sorted(numbers)


def test_a_score_has_its_items_their_sums_and_the_number_of_faults(ledger, a_run):
    keep_all(ledger, a_run, packed(points=3, outcome="failed"))

    row = ledger.read(lambda connection: connection.execute(sa.select(scores)).one())

    assert (row.points, row.max_points, row.decided) == (3, 8, True)
    assert row._mapping["items"] == [["A9.1", 3, 8, "failed", False, 1]]


@pytest.mark.parametrize(
    ("outcome", "faults"), [("passed", 0), ("failed", 1), ("blocked", None)]
)
def test_what_was_not_judged_has_no_number_of_faults(ledger, a_run, outcome, faults):
    keep_all(ledger, a_run, packed(points=0, outcome=outcome))

    row = ledger.read(lambda connection: connection.execute(sa.select(scores)).one())

    assert row._mapping["items"][0][5] == faults


def test_words_that_a_database_would_refuse_are_kept(ledger, a_run):
    kept = packed()
    odd = (Finding(outcome=Outcome.FAILED, check="c", what="a\0b"),)
    keep_all(ledger, a_run, replace(kept, record=replace(kept.record, findings=odd)))

    (found,) = all_judged(ledger)

    assert ledger.read(lambda connection: findings_of(connection, found.id)) == odd
