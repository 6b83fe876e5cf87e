"""Whatever ends while a class is graded: nothing is lost, and nothing is done twice."""

import os
import signal
import subprocess
from collections import Counter

import pytest
import sqlalchemy as sa
from distributed import LocalCluster

from graders.batch import grade_class
from graders.batch.cluster import grading_cluster
from graders.intake import find_submissions
from graders.ledger import Ledger
from graders.ledger.tables import executions
from graders.records import Tier
from tests.stand_ins.batches import points_in
from tests.stand_ins.command import start_grade
from tests.stand_ins.postgres import running_postgres

pytestmark = pytest.mark.long
STUDENTS = 6


@pytest.fixture
def submitted(tmp_path):
    """Files that define nothing: each is loaded once for each group of checks."""
    folder = tmp_path / "submitted"
    folder.mkdir()
    for number in range(STUDENTS):
        (folder / f"student_{number}.py").write_text(f"NUMBER = {number}\n")
    return folder


@pytest.fixture(scope="module")
def postgres():
    with running_postgres() as server:
        yield server


def times_executed(ledger):
    """How often each submission was."""
    query = sa.select(executions.c.content, sa.func.count()).group_by(
        executions.c.content
    )
    rows = ledger.read(lambda connection: connection.execute(query).all())
    return Counter({content: count for content, count in rows})


def wait_until_recorded(number, ledger, process):
    """The process must not end before."""
    for _ in range(2400):
        if len(times_executed(ledger)) >= number:
            return
        try:
            process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail(f"ended too early: {process.communicate()}")
    pytest.fail("it was never recorded")


@pytest.mark.timeout(600)
def test_a_killed_coordinator_and_a_restarted_database_cost_nothing(
    submitted, assignment, postgres, tmp_path, monkeypatch
):
    url = postgres.url(postgres.make_database())
    monkeypatch.setenv("GRADES_DB", url)
    arguments = ("batch", "assignment2", submitted, "--out", tmp_path / "grades")
    arguments += ("--require-tier", "none", "--workers", 1)
    with Ledger(url, "watcher") as ledger:
        first = start_grade(*arguments)
        wait_until_recorded(1, ledger, first)
        first.kill()
        first.communicate()
        before = times_executed(ledger)

        second = start_grade(*arguments)
        wait_until_recorded(len(before) + 1, ledger, second)
        postgres.restart()
        _, stderr = second.communicate()

        assert second.returncode == 0, stderr
        assert 1 <= len(before) < STUDENTS
        assert list(times_executed(ledger).values()) == [1] * STUDENTS
        assert list(points_in(ledger, assignment).values()) == [0] * STUDENTS


@pytest.fixture(scope="module")
def cluster():
    """A real scheduler and two real workers, each a process that a nanny restarts."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as started:
        yield started


@pytest.mark.timeout(600)
def test_a_killed_worker_of_a_cluster_costs_nothing(
    submitted, assignment, cluster, ledger
):
    killed = []

    def told(progress):
        """Both workers, once something is done: whatever they are at is lost."""
        if progress.outcomes["points lost"] and not killed:
            for worker in cluster.workers.values():
                os.kill(worker.pid, signal.SIGKILL)
                killed.append(worker.pid)

    outcome = grade_class(
        list(find_submissions(submitted, "cnn.py")),
        assignment,
        ledger,
        lambda: grading_cluster(cluster.scheduler_address, assignment),
        tier=Tier.NONE,
        progress=told,
    )

    assert len(killed) == 2
    assert outcome.reasons == {}
    assert list(times_executed(ledger).values()) == [1] * STUDENTS
    assert list(points_in(ledger, assignment).values()) == [0] * STUDENTS
