import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from graders.batch.dispatching import Task, dispatch
from graders.errors import SchedulerLost, WorkerLost, WorkerUnavailable
from tests.stand_ins.batches import ScriptedWorkplace


def lost(worker="w1"):
    return WorkerLost("the worker was lost: its process ended", worker, "See its log.")


def answered(key, job):
    return job


def run(tasks, workplace, **options):
    return {
        one.key: one for done in dispatch(tasks, workplace, **options) for one in done
    }


def tasks(*keys):
    return [Task(key, key.encode()) for key in keys]


def test_every_task_comes_to_a_result():
    done = run(tasks("a", "b", "c"), ScriptedWorkplace(answered))

    assert {key: one.record for key, one in done.items()} == {
        "a": b"a",
        "b": b"b",
        "c": b"c",
    }


def test_nothing_to_do_is_done_at_once():
    assert run([], ScriptedWorkplace(answered)) == {}


def test_the_most_urgent_goes_first_and_equals_in_their_order():
    workplace = ScriptedWorkplace(answered, lanes=1)
    urgent = Task("urgent", b"", priority=5)

    run([*tasks("a", "b"), urgent], workplace)

    assert workplace.given == [("urgent", 5), ("a", 0), ("b", 0)]


def test_no_more_are_handed_out_than_can_run(monkeypatch):
    monkeypatch.setattr("graders.batch.dispatching.TICK_S", 0.01)
    begun, may_end = [], threading.Semaphore(0)

    def work(key):
        begun.append(key)
        assert may_end.acquire(timeout=60)
        return key.encode()

    with ThreadPoolExecutor(max_workers=6) as pool:

        class Roomy(ScriptedWorkplace):
            def submit(self, key, job, *, priority=0):
                return pool.submit(work, key)

        ended = 0
        for done in dispatch(tasks(*"abcdef"), Roomy(answered, lanes=2)):
            ended += len(done)
            assert len(begun) <= ended + 2
            may_end.release()

    assert sorted(begun) == list("abcdef")


def test_a_task_whose_worker_is_lost_is_given_out_once_more():
    losses = {"a": 1}

    def answer(key, job):
        if losses.get(key, 0):
            losses[key] -= 1
            raise lost()
        return job

    workplace = ScriptedWorkplace(answer)
    done = run(tasks("a", "b"), workplace)

    assert [key for key, _ in workplace.given].count("a") == 2
    assert done["a"].record == b"a"
    assert not done["a"].quarantined


def test_a_task_that_has_ended_two_workers_is_given_out_no_more():
    def answer(key, job):
        if key == "a":
            raise lost()
        return job

    workplace = ScriptedWorkplace(answer)
    done = run(tasks("a", "b"), workplace)

    assert [key for key, _ in workplace.given].count("a") == 2
    assert done["a"].quarantined
    assert done["a"].error == "the worker was lost: its process ended"
    assert done["b"].record == b"b"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            WorkerUnavailable("no worker starts", "w", "Look."),
            "w: no worker starts\n  Look.",
        ),
        (ValueError("odd"), "odd"),
        (ValueError(), "ValueError"),
    ],
)
def test_what_fails_fails_alone_and_is_not_tried_again(error, told):
    def answer(key, job):
        if key == "a":
            raise error
        return job

    workplace = ScriptedWorkplace(answer)
    done = run(tasks("a", "b"), workplace)

    assert len(workplace.given) == 2
    assert (done["a"].record, done["a"].error) == (None, told)
    assert not done["a"].quarantined
    assert done["b"].record == b"b"


def test_a_scheduler_that_is_gone_ends_it_all():
    def answer(key, job):
        raise SchedulerLost("the scheduler is gone", "tcp://x", "Start it again.")

    with pytest.raises(SchedulerLost, match="the scheduler is gone"):
        run(tasks("a", "b"), ScriptedWorkplace(answer))


def test_after_the_deadline_nothing_more_is_handed_out():
    workplace = ScriptedWorkplace(answered, lanes=1)

    done = run(tasks("a", "b"), workplace, is_over=lambda: len(workplace.given) >= 1)

    assert list(done) == ["a"]


def test_nothing_is_handed_out_while_it_may_not_start(monkeypatch):
    monkeypatch.setattr("graders.batch.dispatching.TICK_S", 0.001)
    leave = iter([False, False, True, True])
    workplace = ScriptedWorkplace(answered, lanes=1)
    empty_rounds = 0

    for done in dispatch(tasks("a"), workplace, may_start=lambda: next(leave)):
        empty_rounds += not done

    assert empty_rounds == 2
    assert workplace.given == [("a", 0)]


def test_workers_may_come_later(monkeypatch):
    monkeypatch.setattr("graders.batch.dispatching.TICK_S", 0.001)
    workplace = ScriptedWorkplace(answered, lanes=0)
    done = []

    for some in dispatch(tasks("a"), workplace):
        workplace.lanes = 1
        done += some

    assert [one.key for one in done] == ["a"]
