import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from graders.errors import WorkerUnavailable
from graders.sandbox import worker_user
from graders.sandbox.places import python_program, readable_places
from graders.sandbox.worker_user import FIRST, LAST, WorkerUser, runs_as_root

pytestmark = pytest.mark.skipif(
    not runs_as_root(), reason="only root can become another user"
)


@pytest.fixture
def locks(tmp_path, monkeypatch):
    """The locks of these tests are apart from those of gradings that run beside."""
    monkeypatch.setattr(worker_user.tempfile, "gettempdir", lambda: str(tmp_path))
    return tmp_path / "survival-school-users"


@pytest.fixture
def started():
    """Starts a process as a user; it is there when this returns."""
    running = []

    def start(uid: int) -> "subprocess.Popen[bytes]":
        # From a folder that only root may enter no other user can start a program.
        command = ["/bin/sh", "-c", "echo here; read line"]
        process = subprocess.Popen(
            command, user=uid, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd="/"
        )
        running.append(process)
        assert process.stdout.readline() == b"here\n"
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def test_two_workers_are_two_users(locks):
    with WorkerUser() as first, WorkerUser() as second:
        assert first.uid != second.uid
        assert FIRST <= min(first.uid, second.uid) <= max(first.uid, second.uid) <= LAST


def test_a_number_is_given_again_once_it_is_given_back(locks, monkeypatch):
    # Other tests run processes of such users at the same time.
    monkeypatch.setattr(worker_user, "_users_of_processes", frozenset)
    with WorkerUser() as first:
        pass

    with WorkerUser() as second:
        assert second.uid == first.uid


def test_a_number_that_a_process_runs_under_is_not_given(locks, started):
    with WorkerUser() as free:
        uid = free.uid
    started(uid)

    with WorkerUser() as next_one:
        assert next_one.uid > uid


def test_a_number_that_another_grader_has_locked_is_not_given(locks):
    with WorkerUser() as free:
        uid = free.uid
    with (locks / str(uid)).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)

        with WorkerUser() as next_one:
            assert next_one.uid > uid


def test_every_number_in_use_is_told(locks, monkeypatch):
    monkeypatch.setattr(
        worker_user, "_users_of_processes", lambda: set(range(FIRST, LAST + 1))
    )

    with pytest.raises(WorkerUnavailable) as unavailable:
        WorkerUser()

    assert unavailable.value.what == "every user number from 58000 to 58999 is in use"
    assert "End the processes of earlier gradings" in unavailable.value.fix


def test_the_folder_of_locks_is_roots_alone(locks):
    with WorkerUser():
        assert locks.stat().st_mode & 0o777 == 0o700
        assert locks.stat().st_uid == 0


@pytest.mark.parametrize("kind", ["another's", "a link"])
def test_a_folder_of_locks_that_somebody_else_made_is_refused(locks, tmp_path, kind):
    if kind == "a link":
        (tmp_path / "other").mkdir()
        locks.symlink_to(tmp_path / "other")
    else:
        locks.mkdir()
        os.chown(locks, 65534, 65534)

    with pytest.raises(WorkerUnavailable) as unavailable:
        WorkerUser()

    assert unavailable.value.what == "the folder of locks belongs to somebody else"
    assert unavailable.value.where == str(locks)


def test_whatever_runs_as_the_user_can_be_ended(locks, started):
    with WorkerUser() as user:
        processes = [started(user.uid) for _ in range(3)]

        user.end_processes()

        assert [process.wait(timeout=20) for process in processes] == [-9, -9, -9]


def test_giving_a_number_back_ends_its_processes_and_no_others(locks, started):
    with WorkerUser() as other:
        theirs = started(other.uid)
        with WorkerUser() as user:
            ours = started(user.uid)

        assert ours.wait(timeout=20) == -9
        assert theirs.poll() is None


def test_to_end_the_processes_of_a_user_without_any_starts_none(locks, monkeypatch):
    asked = []
    with WorkerUser() as user:
        monkeypatch.setattr(subprocess, "run", asked.append)

        user.end_processes()

    assert asked == []


def test_a_command_runs_as_the_user_who_is_in_no_group(locks):
    line = "import os; print(os.getresuid(), os.getresgid(), os.getgroups())"
    with WorkerUser() as user:
        python = [str(python_program()), "-I", "-S", "-c", line]
        command = user.command(readable_places().roots, python)

        said = subprocess.run(command, capture_output=True, text=True, check=True)

        ids = (user.uid,) * 3
        assert said.stdout == f"{ids} {ids} []\n"


def test_the_program_that_drops_the_rights_is_run_without_any_settings():
    user = WorkerUser.__new__(WorkerUser)
    user.uid = 58_123

    command = user.command((Path("/usr"), Path("/opt/x")), ["/bin/true", "-x"])

    assert command[:3] == [sys.executable, "-I", "-S"]
    assert Path(command[3]).name == "drop_privileges.py"
    assert command[4:] == ["58123", "/usr:/opt/x", "/bin/true", "-x"]
