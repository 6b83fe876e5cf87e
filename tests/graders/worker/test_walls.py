"""The inner wall's own parts; jobs behind all of it are in `test_job.py`."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="walls are built of what Linux has"
)

REPOSITORY = Path(__file__).resolve().parents[3]
PREPARED = """
import json, os, signal, sys
sys.path.insert(0, sys.argv[1])
from graders.worker import kernel, walls
"""
PLAN = """
plan = walls.WallPlan(
    namespaces=False, landlock={landlock}, seccomp={seccomp}, rlimits=True,
    undumpable=True, sweep=True, outer=False, own_user=False,
    readable=({readable}), listable=({listable}),
)
os.chdir({scratch!r})
def tried(call, *args):
    try:
        call(*args)
    except OSError as error:
        return error.errno
    return 0
walls.confine(plan, {scratch!r})
"""
NOT_PERMITTED, NO_ACCESS = 1, 13


def run(program: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", PREPARED + program, str(REPOSITORY)],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )


@pytest.fixture
def confined(tmp_path):
    """What a program prints after it has given up its rights."""
    from graders.sandbox.probing import landlock_version

    def said(lines: str, **parts: object) -> object:
        if parts.get("landlock", True) and not landlock_version():
            pytest.skip("this machine has no Landlock")
        scratch = tmp_path / "scratch"
        scratch.mkdir()
        filled = {
            "landlock": True,
            "seccomp": True,
            "readable": "'/usr/lib',",
            "listable": "",
            "scratch": str(scratch),
        }
        done = run(PLAN.format(**{**filled, **parts}) + lines)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return said


# --- confinement ------------------------------------------------------------


def test_only_what_the_plan_names_can_be_read(confined, tmp_path):
    (tmp_path / "secret").write_text("canary")

    said = confined(
        "print(json.dumps([tried(open, '/etc/passwd'), tried(os.listdir, '/'),"
        f" tried(open, {str(tmp_path / 'secret')!r}),"
        " tried(os.listdir, '/usr/lib'), tried(open, '/dev/null')]))"
    )

    assert said == [NO_ACCESS, NO_ACCESS, NO_ACCESS, 0, 0]


def test_a_listable_folder_shows_names_and_nothing_below_them(confined, tmp_path):
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages" / "opened").write_text("")
    (tmp_path / "packages" / "closed").write_text("")
    folder = str(tmp_path / "packages")

    said = confined(
        f"print(json.dumps([tried(os.listdir, {folder!r}),"
        f" tried(open, '{folder}/opened'), tried(open, '{folder}/closed')]))",
        readable=f"'{folder}/opened',",
        listable=f"'{folder}',",
    )

    assert said == [0, 0, NO_ACCESS]


def test_its_own_folder_alone_can_be_written(confined, tmp_path):
    said = confined(
        "print(json.dumps([tried(open, 'own', 'w'),"
        f" tried(open, {str(tmp_path / 'other')!r}, 'w'),"
        f" tried(os.rename, 'own', {str(tmp_path / 'moved')!r}),"
        f" tried(os.link, 'own', {str(tmp_path / 'linked')!r}),"
        " tried(os.mkdir, 'folder')]))"
    )

    own, other, moved, linked, folder = said
    assert (own, folder) == (0, 0)
    assert other == NO_ACCESS
    assert 0 not in (moved, linked)
    assert [path.name for path in tmp_path.iterdir()] == ["scratch"]


def test_files_that_can_be_named_keep_their_mode_and_time(confined, tmp_path):
    (tmp_path / "file").write_text("")
    before = (tmp_path / "file").stat()
    name = str(tmp_path / "file")

    said = confined(
        f"print(json.dumps([tried(os.chmod, {name!r}, 0), tried(os.utime, {name!r}),"
        f" tried(os.truncate, {name!r}, 9)]))"
    )

    after = (tmp_path / "file").stat()
    assert said == [NOT_PERMITTED] * 3
    assert (after.st_mode, after.st_mtime_ns) == (before.st_mode, before.st_mtime_ns)


def test_signals_reach_no_process_outside(confined):
    said = confined(
        "print(json.dumps([tried(os.kill, os.getppid(), 0),"
        " tried(os.kill, os.getpid(), 0)]))"
    )

    assert said == [NOT_PERMITTED, 0]


def test_where_landlock_does_not_bound_signals_the_filter_does(confined):
    said = confined(
        "print(json.dumps([tried(os.kill, os.getppid(), 0),"
        " tried(os.kill, os.getpid(), 0), tried(os.kill, -1, 0)]))",
        landlock=False,
    )

    assert said == [NOT_PERMITTED, 0, NOT_PERMITTED]


def test_a_place_that_is_not_there_is_an_error_and_no_gap(tmp_path):
    from graders.sandbox.probing import landlock_version

    if not landlock_version():
        pytest.skip("this machine has no Landlock")
    plan = PLAN.format(
        landlock=True,
        seccomp=True,
        readable="'/no/such/place',",
        listable="",
        scratch=str(tmp_path),
    )

    done = run(plan + "print('went on')")

    assert done.returncode == 1
    assert "went on" not in done.stdout
    assert "/no/such/place" in done.stderr


# --- the end of a process in namespaces ------------------------------------


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (0 << 8, 0),
        (3 << 8, 3),
        (255 << 8, 255),
        (9, -9),
        (15, -15),
        (24, -24),
        (2, -2),
        (11 | 0x80, -11),
    ],
    ids=["0", "3", "255", "KILL", "TERM", "XCPU", "INT", "SEGV with a dump"],
)
def test_a_process_ends_as_another_one_did(status, code):
    done = run(f"kernel.prctl(4, 0)\nwalls._end_as({status})")

    assert done.returncode == code


def test_a_signal_that_is_blocked_or_ignored_ends_it_all_the_same():
    done = run(
        "kernel.prctl(4, 0)\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])\n"
        "walls._end_as(signal.SIGTERM)"
    )

    assert done.returncode == -15


def test_what_is_below_an_init_ends_with_it_and_is_told():
    # No namespace is needed to see who forks whom and what is told.
    done = run(
        "reading, writing = os.pipe()\n"
        "outer = os.fork()\n"
        "if outer == 0:\n"
        "    walls.fork_below_init(writing)\n"
        "    print(os.getsid(0) == os.getpid(), flush=True)\n"
        "    os._exit(7)\n"
        "told = os.read(reading, walls._STATUS.size)\n"
        "status = os.waitpid(outer, 0)[1]\n"
        "print(json.dumps([walls._STATUS.unpack(told)[0], status]))"
    )

    assert done.stdout.splitlines() == ["True", json.dumps([7 << 8, 0])]


def test_an_init_waits_for_its_own_child_whatever_else_it_adopts():
    done = run(
        "kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)\n"
        "reading, writing = os.pipe()\n"
        "outer = os.fork()\n"
        "if outer == 0:\n"
        "    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)\n"
        "    walls.fork_below_init(writing)\n"
        "    if os.fork() == 0:\n"
        "        if os.fork() == 0: os._exit(1)\n"
        "        os._exit(2)\n"
        "    os.wait()\n"
        "    os._exit(3)\n"
        "told = os.read(reading, walls._STATUS.size)\n"
        "print(walls._STATUS.unpack(told)[0] >> 8)"
    )

    assert done.stdout == "3\n"


def test_what_cannot_be_written_is_an_error_at_once(tmp_path):
    from graders.worker import walls

    with pytest.raises(FileNotFoundError):
        walls._write(str(tmp_path / "uid_map"), "0 0 1")

    assert not (tmp_path / "uid_map").exists()
    assert os.listdir(tmp_path) == []  # noqa: PTH208
