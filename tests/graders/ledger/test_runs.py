import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa

from graders.ledger import (
    Ledger,
    claim,
    end_run,
    release,
    somebody_waits,
    start_run,
    still_here,
)
from graders.ledger import runs as module
from graders.ledger.clock import now
from graders.ledger.tables import coordinators
from tests.stand_ins.ledgers import A9, contents, run

KEYS = {"a", "b", "c"}

COORDINATOR = """
import sys
from graders.ledger import Ledger, claim, start_run
with Ledger(sys.argv[1], "student_b") as ledger:
    run = start_run(ledger, "batch", "a9", {}, waited_for=sys.argv[2] == "waited for")
    print(*sorted(claim(ledger, run, ["a", "b", "c"])), flush=True)
    sys.stdin.readline()
"""


@contextmanager
def coordinator(ledger, waited_for=""):
    """Another process that has claimed what it could, and is still at it."""
    url = ledger.url.render_as_string(hide_password=False)
    process = subprocess.Popen(
        [sys.executable, "-c", COORDINATOR, url, waited_for],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        process.claimed = set(process.stdout.readline().split())
        yield process
    finally:
        process.kill()
        process.communicate()


def set_coordinator(ledger, number, **values):
    """As if another machine, or another time, had written it."""
    query = sa.update(coordinators).where(coordinators.c.run_id == number)
    ledger.write(lambda connection: connection.execute(query.values(**values)))


def test_a_run_is_recorded_with_who_began_it_where_and_by_which_versions(ledger):
    started = start_run(ledger, "batch", A9, {"numpy": "2.0"})

    ((number, kind, assignment, who, host, versions, _),) = contents(ledger)["runs"]
    assert (number, assignment) == (started.id, started.assignment)
    assert (kind, assignment, who) == ("batch", A9, "ta")
    assert (host, versions) == (socket.gethostname(), {"numpy": "2.0"})


def test_a_key_is_claimed_by_one_run_alone(ledger):
    first, second = run(ledger), run(ledger)

    assert claim(ledger, first, ["a", "b"]) == {"a", "b"}
    assert claim(ledger, second, ["b", "c"]) == {"c"}


def test_a_run_may_claim_again_what_it_has(ledger):
    first = run(ledger)

    assert claim(ledger, first, KEYS) == KEYS
    assert claim(ledger, first, ["a"]) == {"a"}


def test_nothing_is_claimed_by_asking_for_nothing(ledger):
    assert claim(ledger, run(ledger), []) == set()


def test_what_was_given_back_is_free(ledger):
    first, second = run(ledger), run(ledger)
    claim(ledger, first, KEYS)

    release(ledger, first, ["a"])
    release(ledger, second, ["b"])

    assert claim(ledger, second, KEYS) == {"a"}


def test_a_run_that_ends_gives_back_all(ledger):
    first, second = run(ledger), run(ledger)
    claim(ledger, first, KEYS)

    end_run(ledger, first)

    assert claim(ledger, second, KEYS) == KEYS
    assert len(contents(ledger, "coordinators")["coordinators"]) == 1


def test_a_living_coordinator_keeps_its_claims_however_long_it_was_not_seen(ledger):
    with coordinator(ledger) as other:
        assert other.claimed == KEYS
        for row in contents(ledger, "coordinators")["coordinators"]:
            set_coordinator(ledger, row[0], seen_at=now() - timedelta(days=1))

        assert claim(ledger, run(ledger), KEYS) == set()


def test_what_a_killed_coordinator_had_claimed_is_free(ledger):
    mine = run(ledger)
    with coordinator(ledger) as other:
        assert claim(ledger, mine, KEYS) == set()

        os.kill(other.pid, signal.SIGKILL)
        other.wait()

        assert claim(ledger, mine, KEYS) == KEYS
    assert len(contents(ledger, "coordinators")["coordinators"]) == 1


def test_a_killed_coordinator_that_nobody_has_waited_for_is_gone_too(ledger):
    with coordinator(ledger) as other:
        os.kill(other.pid, signal.SIGKILL)
        os.waitid(os.P_PID, other.pid, os.WEXITED | os.WNOWAIT)

        assert claim(ledger, run(ledger), KEYS) == KEYS


def test_another_process_of_the_same_number_is_not_the_coordinator(ledger):
    first = run(ledger)
    claim(ledger, first, KEYS)
    set_coordinator(ledger, first.id, started=f"{module.machine_id()} 1")

    assert claim(ledger, run(ledger), KEYS) == KEYS


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"host": "another"},
        {"started": "another-boot pid:[4026531836] 1"},
        {"started": " "},
    ],
    ids=["another host", "another container of that name", "a system without /proc"],
)
@pytest.mark.parametrize(("seconds", "free"), [(80, set()), (100, KEYS)])
def test_a_coordinator_elsewhere_is_gone_when_it_is_not_seen_for_long(
    ledger, elsewhere, seconds, free
):
    first = run(ledger)
    claim(ledger, first, KEYS)
    seen = {"seen_at": now() - timedelta(seconds=seconds), "pid": 1}
    set_coordinator(ledger, first.id, **elsewhere, **seen)

    assert claim(ledger, run(ledger), KEYS) == free


def test_a_coordinator_that_says_that_it_is_here_is_not_gone(ledger):
    first = run(ledger)
    claim(ledger, first, KEYS)
    long_ago = now() - timedelta(seconds=100)
    set_coordinator(ledger, first.id, host="another", seen_at=long_ago)

    still_here(ledger, first)

    assert claim(ledger, run(ledger), KEYS) == set()


def test_who_was_taken_for_gone_and_comes_back_can_be_seen_again(ledger):
    """A machine that slept: what it claims from now on is its own again."""
    first, second = run(ledger), run(ledger)
    long_ago = now() - timedelta(seconds=100)
    set_coordinator(ledger, first.id, host="another", seen_at=long_ago)
    claim(ledger, second, ["a"])
    end_run(ledger, second)

    assert claim(ledger, first, ["b"]) == {"b"}

    rows = contents(ledger, "coordinators")["coordinators"]
    assert [row[0] for row in rows] == [first.id]


def test_a_clock_that_is_wrong_does_not_make_another_machine_seem_gone(
    postgres_url, monkeypatch
):
    with Ledger(postgres_url, "ta") as ledger:
        first = run(ledger)
        claim(ledger, first, KEYS)
        set_coordinator(ledger, first.id, host="another")
        still_here(ledger, first)
        ahead = now() + timedelta(hours=1)
        for name in ("graders.ledger.clock.now", "graders.ledger.runs.now"):
            monkeypatch.setattr(name, lambda: ahead)

        assert claim(ledger, run(ledger), KEYS) == set()


def test_of_many_that_claim_at_once_each_key_has_one(ledger, ledger_url):
    keys = [f"key-{number}" for number in range(60)]

    def one_of_them(number):
        with Ledger(ledger_url, "ta") as own:
            mine = run(own)
            order = keys[:: -1 if number % 2 else 1]
            return [key for key in order if claim(own, mine, [key])]

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(one_of_them, range(4)))

    assert sorted(key for own in found for key in own) == sorted(keys)


def test_a_class_gives_way_while_a_person_waits_for_one_file(ledger):
    mine = run(ledger)
    assert not somebody_waits(ledger, mine)

    other = run(ledger, waited_for=True)
    assert somebody_waits(ledger, mine)
    end_run(ledger, other)

    assert not somebody_waits(ledger, mine)


def test_nobody_waits_for_oneself_for_a_class_or_on_another_machine(ledger):
    mine, _ = run(ledger, waited_for=True), run(ledger)
    elsewhere = run(ledger, waited_for=True)
    set_coordinator(ledger, elsewhere.id, host="another")

    assert not somebody_waits(ledger, mine)


def test_nobody_waits_for_a_command_that_was_killed(ledger):
    mine = run(ledger)
    with coordinator(ledger, "waited for") as other:
        assert somebody_waits(ledger, mine)

        other.kill()
        other.wait()

        assert not somebody_waits(ledger, mine)
