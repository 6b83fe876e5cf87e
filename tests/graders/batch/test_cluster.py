"""Real schedulers, and workers in processes of their own, on this machine."""

import importlib.util
import os
import re
import signal
import subprocess
import sys
from concurrent.futures import wait
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from graders.assignments import find_assignment
from graders.batch import cluster as cluster_module
from graders.batch.cluster import ClusterWorkplace, grading_cluster
from graders.errors import AssignmentError, SchedulerLost, UsageError, WorkerLost
from graders.loading import load_assignment

ROOT = Path(__file__).parents[3]
LONG_S = 120  # Only a test that fails waits as long.
RIGHT = b"these checks"


def shout(job):
    return job.upper()


def check():
    return RIGHT


def answer_of_a_file(path):
    return path.read_bytes()


def answer_of_a_workers_file(folder):
    file = folder / str(os.getpid())
    return file.read_bytes() if file.exists() else RIGHT


def note_and_die(job):
    """Notes each of its runs in the file that it is given, and ends its process."""
    with Path(job.decode()).open("a") as file:
        file.write("run\n")
    os.kill(os.getpid(), signal.SIGKILL)


def die_at_first(flag):
    if not Path(flag).exists():
        Path(flag).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done by another"


def tell_and_wait(job):
    """Tells its process through one pipe, and waits for a byte from another."""
    told, gate = map(Path, job.decode().split("\n"))
    told.write_text(str(os.getpid()))
    wait_at(gate)
    return b"done"


def append(job):
    """Writes its name to a file; one that is given a pipe waits for a byte before."""
    name, file, gate = job.decode().split("\n")
    if gate:
        wait_at(Path(gate))
    with Path(file).open("a") as out:
        out.write(f"{name}\n")
    return b""


def wait_at(gate):
    with gate.open("rb", buffering=0) as pipe:
        pipe.read(1)


def complain(job):
    raise AssignmentError("points says 20", "rubric.yaml:3", "Write 12.")


def start_a_process(job):
    command = [sys.executable, "-c", "print('from below')"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def num_tasks(dask_scheduler):
    return len(dask_scheduler.tasks)


def num_plugins_of_ours(dask_scheduler):
    return sum(name.startswith("grade-") for name in dask_scheduler.plugins)


def make_cluster(n_workers):
    return LocalCluster(
        n_workers=n_workers,
        threads_per_worker=1,
        processes=True,
        dashboard_address="127.0.0.1:0",
        scheduler_port=0,
    )


@pytest.fixture(scope="module")
def local():
    with make_cluster(2) as cluster:
        yield cluster


@pytest.fixture
def client(local):
    """Of a cluster with two workers, whatever the last test did to them."""
    with Client(local, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=LONG_S)
        yield client


@pytest.fixture
def open_workplace():
    with ExitStack() as opened:

        def open_one(address, run_job, check_worker=check, **options):
            place = ClusterWorkplace(address, run_job, check_worker, RIGHT, **options)
            return opened.enter_context(place)

        yield open_one


@pytest.fixture
def workplace(client, local, open_workplace):
    return partial(open_workplace, local.scheduler_address)


@pytest.fixture
def start():
    """Starts one of Dask's programs, and waits for the line that says it is ready."""
    started = []

    def start_one(program, *options, ready):
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{program}", *options],
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        started.append(process)
        found = next(filter(None, (re.search(ready, line) for line in process.stderr)))
        return process, found[0]

    yield start_one
    for process in reversed(started):
        process.kill()
        process.wait()
        process.stderr.close()


@pytest.fixture
def scheduler(start):
    """A scheduler in a process of its own, without workers, and its address."""
    options = ["--host", "127.0.0.1", "--port", "0", "--dashboard-address", ":0"]
    return start("scheduler", *options, ready=r"tcp://127\.0\.0\.1:\d+")


@pytest.fixture
def make_pipe(tmp_path):
    def make(name):
        os.mkfifo(tmp_path / name)
        return tmp_path / name

    return make


@pytest.fixture
def open_gate():
    """Lets everybody pass who waits at a pipe, or will before the test ends."""
    with ExitStack() as opened:

        def open_one(gate):
            pipe = os.open(gate, os.O_RDWR)
            opened.callback(os.close, pipe)
            os.write(pipe, bytes(9))

        yield open_one


def test_every_job_comes_back_with_its_own_answer(workplace):
    place = workplace(shout)

    answers = [place.submit(f"job-{n}", b"job %d" % n) for n in range(20)]

    assert [item.result(LONG_S) for item in answers] == [
        b"JOB %d" % n for n in range(20)
    ]


def test_there_is_a_lane_for_each_thread_of_all_workers(workplace):
    assert workplace(shout).num_lanes() == 2


def test_a_key_that_comes_again_is_a_job_of_its_own(workplace):
    place = workplace(shout)

    first, second = place.submit("same", b"one"), place.submit("same", b"two")

    assert (first.result(LONG_S), second.result(LONG_S)) == (b"ONE", b"TWO")


def test_a_job_can_start_processes_below_its_worker(workplace):
    answer = workplace(start_a_process).submit("job", b"")

    assert answer.result(LONG_S) == b"from below\n"


def test_what_a_job_raises_comes_back_as_it_is(workplace):
    error = workplace(complain).submit("job", b"").exception(LONG_S)

    assert isinstance(error, AssignmentError)
    assert error.args == ("points says 20", "rubric.yaml:3", "Write 12.")


def test_a_job_that_ends_its_worker_is_lost_at_once_and_not_run_again(
    client, local, open_workplace, tmp_path
):
    runs = tmp_path / "runs"

    place = open_workplace(local.scheduler_address, note_and_die)
    error = place.submit("job", str(runs).encode()).exception(LONG_S)

    assert isinstance(error, WorkerLost)
    assert error.what == "the worker was lost: its process ended"
    assert error.where.startswith("tcp://127.0.0.1:")
    place = open_workplace(local.scheduler_address, shout)
    later = [place.submit("later", b"x") for _ in range(6)]
    assert [item.result(LONG_S) for item in later] == [b"X"] * 6
    assert runs.read_text() == "run\n"


def test_of_two_jobs_only_the_one_of_the_killed_worker_is_lost(
    workplace, make_pipe, open_gate
):
    place = workplace(tell_and_wait)
    pipes = [(make_pipe(f"told-{n}"), make_pipe(f"gate-{n}")) for n in range(2)]
    jobs = [place.submit("job", f"{told}\n{gate}".encode()) for told, gate in pipes]
    pids = [int(told.read_text()) for told, _ in pipes]

    os.kill(pids[0], signal.SIGKILL)

    assert isinstance(jobs[0].exception(LONG_S), WorkerLost)
    open_gate(pipes[1][1])
    assert jobs[1].result(LONG_S) == b"done"


def test_a_worker_that_is_asked_to_leave_costs_its_job_nothing(
    open_workplace, make_pipe, open_gate
):
    told, gate = make_pipe("told"), make_pipe("gate")
    with make_cluster(2) as cluster, Client(cluster, set_as_default=False) as client:
        place = open_workplace(cluster.scheduler_address, tell_and_wait)
        job = place.submit("job", f"{told}\n{gate}".encode())
        first = int(told.read_text())
        pids = client.run(os.getpid)
        leaving = [address for address, pid in pids.items() if pid == first]

        client.retire_workers(leaving)
        second = int(told.read_text())
        open_gate(gate)

        assert job.result(LONG_S) == b"done"
        assert second != first


def test_a_job_of_higher_priority_runs_before_those_that_wait(
    scheduler, start, open_workplace, make_pipe, open_gate, tmp_path
):
    gate, order = make_pipe("gate"), tmp_path / "order"
    place = open_workplace(scheduler[1], append)
    start("worker", scheduler[1], "--nthreads", "1", ready="Registered to")
    place.submit("first", f"first\n{order}\n{gate}".encode())
    waiting = [
        place.submit("low", f"low {n}\n{order}\n".encode(), priority=-1)
        for n in range(5)
    ]
    waiting += [place.submit("high", f"high\n{order}\n".encode(), priority=1)]
    with Client(scheduler[1], set_as_default=False) as client:
        while client.run_on_scheduler(num_tasks) < 7:
            pass  # The scheduler is asked again until it knows all of them.

    open_gate(gate)
    wait(waiting, LONG_S)

    # Dask may have given a second one to the worker before it knew of the last.
    done = order.read_text().splitlines()
    assert done[0] == "first"
    assert done.index("high") <= 2
    assert len(done) == 7


def test_a_job_that_is_cancelled_while_it_waits_never_runs(
    scheduler, open_workplace, start
):
    place = open_workplace(scheduler[1], shout)
    dropped, kept = place.submit("dropped", b"x"), place.submit("kept", b"y")

    assert dropped.cancel()
    with Client(scheduler[1], set_as_default=False) as client:
        while client.run_on_scheduler(num_tasks) != 1:
            pass  # Until the scheduler has forgotten the one and knows the other.
    start("worker", scheduler[1], "--nthreads", "1", ready="Registered to")

    assert kept.result(LONG_S) == b"Y"
    assert wait([dropped], LONG_S).done == {dropped}


def test_jobs_of_others_on_the_scheduler_are_run_again_as_ever(
    client, workplace, tmp_path
):
    workplace(shout)

    other = client.submit(die_at_first, str(tmp_path / "flag"))

    assert other.result(LONG_S) == "done by another"


def test_nothing_stays_on_the_scheduler_after_the_end(client, local):
    ClusterWorkplace(local.scheduler_address, shout, check, RIGHT).close()

    while client.run_on_scheduler(num_plugins_of_ours):
        pass  # It learns of the end a moment later.

    assert client.run_on_scheduler(num_plugins_of_ours) == 0


def test_what_has_no_answer_at_the_end_is_cancelled(scheduler, open_workplace):
    place = open_workplace(scheduler[1], shout)
    job = place.submit("job", b"x")

    place.close()

    assert job.cancelled()
    assert wait([job], LONG_S).done == {job}


def test_a_worker_with_other_checks_is_refused_by_its_address(
    client, workplace, tmp_path
):
    address, pid = max(client.run(os.getpid).items())
    (tmp_path / str(pid)).write_bytes(b"other checks")

    with pytest.raises(UsageError) as refused:
        workplace(shout, partial(answer_of_a_workers_file, tmp_path))

    assert refused.value.where == address
    assert refused.value.what == (
        "the checks or packages of this worker are not those here"
    )
    assert "Install the same versions there" in refused.value.fix


def test_workers_that_have_the_same_assignment_are_taken(client, local):
    assignment = load_assignment(find_assignment("assignment1"))

    with grading_cluster(local.scheduler_address, assignment) as place:
        assert place.num_lanes() == 2


def test_a_worker_that_cannot_say_what_it_is_is_refused_with_the_reason(
    workplace, tmp_path
):
    with pytest.raises(UsageError, match=r"not those here \(FileNotFoundError: "):
        workplace(shout, partial(answer_of_a_file, tmp_path / "missing"))


def test_a_worker_that_joins_later_with_other_checks_has_its_answer_refused(
    scheduler, start, open_workplace, tmp_path
):
    answer = tmp_path / "answer"
    place = open_workplace(scheduler[1], shout, partial(answer_of_a_file, answer))
    job = place.submit("job", b"x")
    none = place.num_lanes()

    answer.write_bytes(b"other checks")
    start("worker", scheduler[1], "--nthreads", "1", ready="Registered to")
    error = job.exception(LONG_S)

    assert none == 0
    assert isinstance(error, UsageError)
    assert error.what == "the checks or packages of this worker are not those here"
    assert error.where.startswith("tcp://127.0.0.1:")


def test_where_no_scheduler_answers_the_error_says_where_and_what_to_do(
    scheduler, open_workplace
):
    process, address = scheduler
    process.kill()
    process.wait()

    with pytest.raises(UsageError) as refused:
        open_workplace(address, shout, timeout_s=0.5)

    assert refused.value.where == address
    assert refused.value.what == "no scheduler answers there (OSError)"
    assert refused.value.fix.startswith("Start one with: dask scheduler.")


@pytest.mark.parametrize("address", ["banana", "foo://here:1", "tls://127.0.0.1:1"])
def test_what_is_not_an_address_is_told_how_one_looks(open_workplace, address):
    with pytest.raises(UsageError, match="cannot be spoken to") as refused:
        open_workplace(address, shout, timeout_s=0.5)

    assert refused.value.where == address
    assert "tcp://HOST:PORT" in refused.value.fix


def test_a_scheduler_that_is_killed_ends_every_job_with_the_reason(
    scheduler, open_workplace
):
    process, address = scheduler
    place = open_workplace(address, shout, timeout_s=5)
    jobs = [place.submit("job", b"x") for _ in range(3)]

    process.kill()

    errors = [job.exception(LONG_S) for job in jobs]
    assert all(isinstance(error, SchedulerLost) for error in errors)
    assert errors[0].where == address
    assert errors[0].what.startswith("the scheduler is gone: ")
    assert "goes on from here" in errors[0].fix
    with pytest.raises(SchedulerLost):
        place.submit("job", b"x")
    with pytest.raises(SchedulerLost):
        place.num_lanes()


def test_a_scheduler_that_says_nothing_any_more_is_as_good_as_gone(
    scheduler, open_workplace
):
    process, address = scheduler
    place = open_workplace(address, shout, timeout_s=5)
    job = place.submit("job", b"x")

    process.send_signal(signal.SIGSTOP)

    error = job.exception(LONG_S)
    assert isinstance(error, SchedulerLost)
    assert "it does not answer" in error.what


def test_an_answer_that_cannot_be_fetched_is_lost_and_not_waited_for(
    workplace, monkeypatch
):
    async def broken(*arguments, **options):
        raise OSError("the connection broke")

    place = workplace(shout, timeout_s=5)
    monkeypatch.setattr(Client, "_gather", broken)

    error = place.submit("job", b"x").exception(LONG_S)

    assert isinstance(error, WorkerLost)
    assert error.what == "the worker was lost: its answer could not be fetched"


def test_without_dask_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    place = importlib.util.spec_from_file_location("alone", cluster_module.__file__)
    module = importlib.util.module_from_spec(place)

    with pytest.raises(UsageError) as refused:
        place.loader.exec_module(module)

    assert refused.value.fix == "Run: pip install 'survival-school[cluster]'"
