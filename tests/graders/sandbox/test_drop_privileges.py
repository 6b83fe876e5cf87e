"""Each test runs the program itself: it is root's, and becomes another command."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from graders.sandbox import drop_privileges
from graders.sandbox.worker_user import runs_as_root

pytestmark = pytest.mark.skipif(
    not runs_as_root(), reason="only root can become another user"
)

PROGRAM = [sys.executable, "-I", "-S", drop_privileges.__file__]
UID = 58_990


@pytest.fixture
def closed():
    """A folder that only root may enter, in one that everybody may."""
    outer = Path(tempfile.mkdtemp()).resolve()
    outer.chmod(0o755)
    folder = outer / "closed"
    (folder / "opened" / "deep").mkdir(parents=True)
    (folder / "opened" / "deep" / "file").write_text("for the worker")
    (folder / "other").mkdir()
    (folder / "other" / "file").write_text("canary")
    (folder / "one_file").write_text("a single file")
    folder.chmod(0o700)
    yield folder
    shutil.rmtree(outer)


def run(paths: list[Path], script: str, umask: int = 0o022) -> str:
    """What a line of the shell says as the other user."""
    joined = os.pathsep.join(map(str, paths))
    done = subprocess.run(
        [*PROGRAM, str(UID), joined, "/bin/sh", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        umask=umask,
        cwd="/",
    )
    return (done.stdout + done.stderr).strip()


def mounts_of(pid: str) -> str:
    return os.readlink(f"/proc/{pid}/ns/mnt")  # noqa: PTH115


def test_the_command_runs_as_that_user_and_in_no_group():
    status = run([], "cat /proc/self/status")

    rows = dict(line.split(":\t", 1) for line in status.splitlines())
    ids = "\t".join([str(UID)] * 4)
    assert (rows["Uid"], rows["Gid"]) == (ids, ids)
    assert rows["Groups"].strip() == ""
    assert rows["CapEff"] == rows["CapPrm"] == "0000000000000000"


def test_the_command_gets_its_arguments_as_they_are():
    command = [*PROGRAM, str(UID), "", "/bin/echo", "a b", "$HOME", "-n", ""]

    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert said == "a b $HOME -n \n"


def test_a_command_that_is_not_there_is_no_success():
    command = [*PROGRAM, str(UID), "", "/no/such/program"]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode != 0
    assert "No such file or directory" in done.stderr


def test_a_path_that_everybody_reaches_needs_no_mounts_of_its_own():
    said = run([Path("/usr/lib")], "readlink /proc/self/ns/mnt")

    assert said == mounts_of("self")


def test_a_file_below_a_folder_of_roots_can_be_read_if_it_is_listed(closed):
    listed = [closed / "opened", closed / "one_file"]

    said = run(listed, f"cat {closed}/opened/deep/file; echo; cat {closed}/one_file")

    assert said == "for the worker\na single file"


def test_nothing_else_of_that_folder_is_there(closed):
    said = run([closed / "opened"], f"ls {closed}; cat {closed}/other/file")

    assert said.startswith("opened\ncat:")
    assert "No such file or directory" in said
    assert "canary" not in said


def test_without_being_listed_nothing_of_it_can_be_read(closed):
    said = run([], f"cat {closed}/opened/deep/file")

    assert "Permission denied" in said


def test_the_user_cannot_write_there(closed):
    said = run([closed / "opened"], f"touch {closed}/x {closed}/opened/x")

    assert said.count("Permission denied") == 2


def test_the_user_cannot_take_the_covers_away(closed):
    said = run([closed / "opened"], f"umount {closed} || ls {closed}")

    assert "must be superuser to unmount" in said
    assert "other" not in said


def test_a_mask_of_roots_does_not_close_the_way(closed):
    said = run([closed / "opened" / "deep"], f"cat {closed}/opened/deep/file", 0o077)

    assert said == "for the worker"


def test_two_folders_one_in_the_other_are_opened_at_the_outer_one(closed):
    inner = closed / "opened" / "deep"
    (closed / "opened").chmod(0o700)

    said = run([inner], f"cat {inner}/file; echo; ls {closed}")

    assert said == "for the worker\nopened"


def test_outside_the_folder_stays_as_it_was(closed):
    before = mounts_of("self")

    run([closed / "opened"], "true")

    assert mounts_of("self") == before
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert sorted(path.name for path in closed.iterdir()) == [
        *("one_file", "opened", "other"),
    ]
    assert str(closed) not in Path("/proc/self/mounts").read_text()


def test_the_command_ends_with_whoever_started_it():
    shell = [*PROGRAM, str(UID), "", "/bin/sh", "-c", "echo here; read line"]
    start = "import subprocess, sys; subprocess.run(sys.argv[1:])"
    starter = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", start, *shell],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert starter.stdout.readline() == b"here\n"

    starter.kill()

    # The shell waits for a line that never comes, and holds the other end till then.
    assert starter.stdout.read() == b""
    starter.communicate()
