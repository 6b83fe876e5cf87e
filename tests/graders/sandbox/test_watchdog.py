import contextlib
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graders.sandbox.bundle import remove_folder
from graders.sandbox.limits import Limits
from graders.sandbox.watchdog import (
    Watchdog,
    Watched,
    descendants,
    folder_use,
    memory_kib,
    seconds_waited,
)
from graders.sandbox.worker_user import runs_as_root

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="what processes take is read from Linux's /proc"
)

MANY = 10**9
LIMITS = Limits(memory_mib=64, disk_mib=1, files=16, processes=4)
WAITS = "print('here', flush=True); sys.stdin.readline()"
SHARED = f"held = mmap.mmap(-1, 128 * 2**20); held.write(bytes(128 * 2**20)); {WAITS}"
PRIVATE = f"held = b'x' * (128 * 2**20); {WAITS}"
IN_CHILDREN = (
    "reading, writing = os.pipe()\n"
    "for _ in range(3):\n"
    "    if os.fork() == 0:\n"
    "        held = b'x' * (30 * 2**20)\n"
    "        os.write(writing, b'x'); sys.stdin.readline(); os._exit(0)\n"
    "for _ in range(3): os.read(reading, 1)\n"
    f"{WAITS}"
)
HASHES = (
    "import hashlib, threading\n"
    "os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"
    "def hashes():\n"
    "    while True: hashlib.sha256(bytes(2**20))\n"
    "for _ in range(2): threading.Thread(target=hashes, daemon=True).start()\n"
    f"{WAITS}"
)
FORKS = (
    "for _ in range(6):\n"
    "    if os.fork() == 0: sys.stdin.readline(); os._exit(0)\n"
    f"{WAITS}"
)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that any user may reach, unlike those that pytest makes."""
    made = Path(tempfile.mkdtemp())
    yield made
    remove_folder(made)


@pytest.fixture
def start(folder) -> Iterator[Callable[..., "subprocess.Popen[bytes]"]]:
    """Starts a program; it has done what it does when this returns."""
    running = []

    def started(program: str) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", f"import mmap, os, sys\n{program}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            cwd=folder,
        )
        running.append(process)
        assert process.stdout.readline() == b"here\n"
        return process

    yield started
    for process in running:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.fixture
def zygote(start) -> int:
    """A process that hands little memory on, and has adopted nothing."""
    return start(WAITS).pid


@pytest.fixture
def watchdog() -> Iterator[Watchdog]:
    opened = Watchdog()
    yield opened
    opened.close()


def nest(folder: Path, levels: int) -> None:
    """Makes folders inside folders, deeper than a path can say."""
    fd = os.open(folder, os.O_RDONLY)
    for _ in range(levels):
        os.mkdir("d", dir_fd=fd)
        inner = os.open("d", os.O_RDONLY, dir_fd=fd)
        os.close(fd)
        fd = inner
    os.close(fd)


# --- files ------------------------------------------------------------------


def test_an_empty_folder_uses_nothing(folder):
    assert folder_use(folder, MANY, MANY) == (0, 0)


def test_files_folders_and_links_count_and_only_files_have_a_size(folder):
    (folder / "inner").mkdir()
    (folder / "inner" / "data").write_bytes(bytes(range(256)) * 64)
    (folder / "link").symlink_to("/usr/lib")

    entries, size = folder_use(folder, MANY, MANY)

    assert entries == 3
    assert 16_384 <= size < 65_536


def test_a_link_is_not_followed(folder):
    (folder / "link").symlink_to("/usr")

    assert folder_use(folder, MANY, MANY)[0] == 1


def test_a_file_with_holes_takes_what_it_takes(folder):
    with (folder / "sparse").open("wb") as file:
        file.truncate(2**34)

    assert folder_use(folder, MANY, MANY) == (1, 0)


def test_too_many_files_are_told_without_counting_them_all(folder):
    for number in range(40):
        (folder / f"folder{number}").mkdir()
        for file in range(10):
            (folder / f"folder{number}" / f"file{file}").touch()

    entries, _ = folder_use(folder, 100, MANY)

    assert 100 < entries < 140


def test_too_many_bytes_are_told(folder):
    (folder / "data").write_bytes(b"x" * 2**21)

    _, size = folder_use(folder, MANY, 2**20)

    assert size > 2**20


def test_a_tree_too_deep_to_be_walked_is_too_many_files(folder):
    nest(folder, 3000)

    entries, _ = folder_use(folder, MANY, MANY)

    assert entries > MANY


def test_to_walk_a_deep_tree_takes_few_of_the_graders_descriptors(folder):
    # What is held open for one submission would be missing for the others.
    nest(folder, 300)
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    first_free = os.open(folder, os.O_RDONLY)
    os.close(first_free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (first_free + 20, before[1]))
    try:
        entries, _ = folder_use(folder, MANY, MANY)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)

    assert entries == 300


def test_a_folder_that_cannot_be_counted_is_too_many_files(folder):
    (folder / "closed").mkdir(mode=0o300)
    (folder / "closed" / "file").touch()
    root = runs_as_root()
    if root:
        os.chown(folder, 65534, 65534)
        os.chown(folder / "closed", 65534, 65534)
        os.seteuid(65534)
    try:
        entries, _ = folder_use(folder, 100, MANY)
    finally:
        if root:
            os.seteuid(0)
        (folder / "closed").chmod(0o700)

    assert entries == 101


@pytest.mark.skipif(not runs_as_root(), reason="root alone reads a closed folder")
def test_root_counts_what_is_in_a_closed_folder(folder):
    (folder / "closed").mkdir(mode=0o300)
    (folder / "closed" / "file").touch()

    assert folder_use(folder, MANY, MANY)[0] == 2


def test_a_folder_that_is_not_there_uses_nothing(folder):
    # A job makes its folder after the watchdog has begun to look at the job.
    assert folder_use(folder / "gone", MANY, MANY) == (0, 0)


# --- memory and processes ---------------------------------------------------


def test_shared_memory_is_seen(start):
    assert memory_kib(start(SHARED).pid, 0) > 128 * 1024


def test_private_memory_is_seen_but_for_what_was_inherited(start):
    pid = start(PRIVATE).pid

    assert memory_kib(pid, 0) > 128 * 1024
    assert memory_kib(pid, 100 * 1024) < 100 * 1024


def test_a_process_that_has_ended_takes_nothing():
    gone = subprocess.Popen(["true"])
    gone.wait()

    assert memory_kib(gone.pid, 0) == 0
    assert descendants(gone.pid) == {gone.pid}


def test_children_and_their_children_descend_from_a_process(start):
    pid = start(FORKS).pid

    assert len(descendants(pid)) == 7
    assert descendants(pid) <= descendants(os.getpid())


# --- processors -------------------------------------------------------------


def test_what_threads_have_waited_for_a_processor_is_summed(start):
    pid = start(HASHES).pid

    def nanoseconds() -> list[int]:
        paths = Path(f"/proc/{pid}/task").glob("*/schedstat")
        return sorted(int(path.read_text().split()[1]) for path in paths)

    while nanoseconds()[-2] < 5e7:
        pass  # Two threads on one processor: both will have waited.
    before = sum(nanoseconds())
    waited = seconds_waited(pid)

    assert before / 1e9 <= waited <= sum(nanoseconds()) / 1e9


def test_a_process_that_has_ended_waits_for_no_processor():
    gone = subprocess.Popen(["true"])
    gone.wait()

    assert seconds_waited(gone.pid) == 0.0


# --- the watchdog -----------------------------------------------------------


def watch(
    watchdog: Watchdog,
    process: "subprocess.Popen[bytes]",
    zygote: int,
    folder: Path | None = None,
) -> tuple[Watched, threading.Event]:
    """Has it look at a process; the event tells that it has ended it."""
    ended = threading.Event()

    def end() -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        ended.set()

    job = Watched(pid=process.pid, zygote=zygote, limits=LIMITS, folder=folder, end=end)
    watchdog.add(job)
    return job, ended


@pytest.mark.parametrize(
    ("program", "exceeded"),
    [
        (SHARED, "64 MiB of memory"),
        (PRIVATE, "64 MiB of memory"),
        (IN_CHILDREN, "64 MiB of memory"),
        (FORKS, "4 processes and threads"),
        (f"open('data', 'wb').write(b'x' * 2**21); {WAITS}", "1 MiB of files"),
        (f"[open(f'{{n}}', 'w') for n in range(20)]; {WAITS}", "16 files"),
        (f"[os.mkdir(f'{{n}}') for n in range(20)]; {WAITS}", "16 files"),
    ],
    ids=["shared", "private", "in children", "forks", "bytes", "files", "folders"],
)
def test_a_job_over_a_limit_is_ended_with_the_limit_in_words(
    watchdog, start, zygote, folder, program, exceeded
):
    process = start(program)

    job, ended = watch(watchdog, process, zygote, folder)

    assert ended.wait(timeout=20)
    assert process.wait(timeout=20) == -signal.SIGKILL
    assert job.exceeded == exceeded


def test_a_job_within_its_limits_goes_on_while_another_is_ended(
    watchdog, start, zygote, folder
):
    good = start(WAITS)
    (folder / "data").write_bytes(b"x" * 1000)

    quiet, untouched = watch(watchdog, good, zygote, folder)
    _, ended = watch(watchdog, start(SHARED), zygote)

    assert ended.wait(timeout=20)
    assert quiet.exceeded == ""
    assert not untouched.is_set()
    assert good.poll() is None


def test_files_are_not_counted_where_their_folder_is_bounded(
    watchdog, start, zygote, folder
):
    (folder / "data").write_bytes(b"x" * 2**21)
    bounded, _ = watch(watchdog, start(WAITS), zygote)

    _, ended = watch(watchdog, start(SHARED), zygote)

    assert ended.wait(timeout=20)
    assert bounded.exceeded == ""


def test_a_job_that_is_no_longer_watched_is_left_alone(watchdog, start, zygote):
    process = start(WAITS)
    job, untouched = watch(watchdog, process, zygote)
    watchdog.remove(job)
    watchdog.remove(job)

    job.limits = Limits(memory_mib=0)
    _, ended = watch(watchdog, start(SHARED), zygote)

    assert ended.wait(timeout=20)
    assert not untouched.is_set()
    assert job.exceeded == ""


def test_what_a_zygote_has_adopted_counts_for_its_jobs(watchdog, start):
    # The middle process ends at once: its child's new parent is the first one.
    adopts = (
        "import ctypes; ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)\n"
        "reading, writing = os.pipe()\n"
        "middle = os.fork()\n"
        "if middle == 0:\n"
        "    if os.fork() == 0:\n"
        "        held = b'x' * (128 * 2**20)\n"
        "        os.write(writing, b'x'); sys.stdin.readline()\n"
        "    os._exit(0)\n"
        "os.waitpid(middle, 0); os.read(reading, 1)\n"
        f"{WAITS}"
    )

    job, ended = watch(watchdog, start(WAITS), start(adopts).pid)

    assert ended.wait(timeout=20)
    assert job.exceeded == "64 MiB of memory"


def test_a_job_that_cannot_be_ended_does_not_end_the_watch_over_others(
    watchdog, start, zygote
):
    def end() -> None:
        raise OSError("it could not be ended")

    stubborn = Watched(
        pid=start(SHARED).pid, zygote=zygote, limits=LIMITS, folder=None, end=end
    )
    watchdog.add(stubborn)

    _, ended = watch(watchdog, start(SHARED), zygote)

    assert ended.wait(timeout=20)


def test_a_closed_watchdog_leaves_no_thread():
    before = threading.active_count()
    opened = Watchdog()

    opened.close()

    assert threading.active_count() == before
