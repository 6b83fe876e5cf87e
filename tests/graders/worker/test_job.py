"""What a job finds around itself, and what it may take, behind each kind of walls."""

import os
import sys
from collections.abc import Iterator

import pytest

from graders.errors import WorkerUnavailable
from graders.records import Answer, Ending, Tier
from graders.sandbox import Limits, Sandbox, Walls, offered_walls
from graders.sandbox.worker_user import runs_as_root
from tests.stand_ins.asking import ask_once

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="other systems start a process for each child"
)

LIMITS = Limits(
    load_s=20,
    check_s=20,
    cpu_s=1,
    memory_mib=128,
    disk_mib=8,
    files=100,
    processes=20,
    output_kib=64,
)
KINDS = ("A+cg", "A", "B in bubblewrap", "B", "none")


def kind_of(walls: Walls) -> str:
    inside = walls.bubblewrap and not walls.namespaces
    tier = Tier.B if walls.tier is Tier.B_UID else walls.tier
    return f"{tier} in bubblewrap" if inside else str(tier)


@pytest.fixture(scope="module", params=KINDS)
def jobs(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox behind one kind of walls; the grader has a secret by then."""
    found = {kind_of(walls): walls for walls in offered_walls()}
    if request.param not in found:
        pytest.skip(f"this machine offers no walls of tier {request.param}")
    with (
        pytest.MonkeyPatch.context() as patch,
        Sandbox((), walls=found[request.param], limits=LIMITS) as opened,
        opened.lease() as slot,
    ):
        patch.setenv("GRADE_SECRET", "canary")
        slot.warm_up()
        opened.slot = slot
        yield opened


def ask(
    jobs: Sandbox, *lines: str, limits: Limits = LIMITS, **options: float
) -> Answer:
    """Calls a function of these lines in a fresh job."""
    body = "\n    ".join(lines)
    source = f"import os, sys, mmap, fcntl, signal\ndef f():\n    {body}\n"
    return ask_once(jobs.slot, source, limits=limits, **options)


def exceeded(answer: Answer) -> str:
    """The limit that a job was ended for, or that its exception comes from."""
    assert answer.ending in (Ending.EXCEEDED, Ending.RAISED), answer
    return answer.note


# --- what it finds ----------------------------------------------------------


def test_it_starts_in_an_empty_folder_that_is_its_home(jobs):
    answer = ask(
        jobs,
        "import tempfile",
        "names = ('HOME', 'TMPDIR', 'TEMP', 'TMP', 'KERAS_HOME', 'XDG_CACHE_HOME')",
        "homes = {os.environ[name] for name in names} | {tempfile.gettempdir()}",
        "return os.getcwd(), sorted(homes), os.listdir()",
    )

    folder, homes, found = answer.value
    assert homes == [folder]
    assert found == []


def test_what_one_job_leaves_the_next_does_not_find(jobs):
    first = ask(jobs, "os.mkdir('left'); open('left/x', 'w').close()", "return 1")

    second = ask(jobs, "return os.listdir('..' if os.getcwd() != '/tmp' else '.')")

    assert first.value == 1
    found = second.value if second.ending is Ending.RETURNED else []
    assert "left" not in found


def test_its_folder_is_its_own_to_write_in(jobs):
    answer = ask(
        jobs,
        "open('a', 'w').write('text'); os.mkdir('b'); os.rename('a', 'b/c')",
        "return open('b/c').read(), os.stat('.').st_mode & 0o777",
    )

    assert answer.value == ("text", 0o700)


def test_behind_walls_it_is_nobody(jobs):
    answer = ask(jobs, "return os.getresuid(), os.getresgid(), os.getgroups()")

    uids, gids, groups = answer.value
    assert len(set(uids)) == len(set(gids)) == 1
    if jobs.walls.own_user:
        assert 58_000 <= uids[0] <= 58_999
        assert gids == uids
        assert set(groups) <= {65534}  # Those that have no name inside.
    else:
        assert uids[0] == os.getuid()
    if jobs.walls.tier != Tier.NONE:
        assert uids[0] != 0


def test_nothing_is_open_but_its_channel_and_its_output(jobs):
    answer = ask(
        jobs,
        "found = {}",
        "for fd in range(4096):",
        "    try: found[fd] = fcntl.fcntl(fd, fcntl.F_GETFL)",
        "    except OSError: continue",
        "return found",
    )

    only_a_name = {fd for fd, flags in answer.value.items() if flags & os.O_PATH}
    used = set(answer.value) - only_a_name
    assert {0, 1, 2} <= used
    assert len(used) == 4
    assert len(only_a_name) <= 1


def test_its_input_is_empty_and_its_output_is_counted(jobs):
    answer = ask(jobs, "os.write(1, b'x'); return sys.stdin.read(), os.read(0, 1)")

    assert answer.value == ("", b"")


def test_its_environment_holds_nothing_of_the_graders(jobs):
    answer = ask(jobs, "return dict(os.environ)")

    assert "GRADE_SECRET" not in answer.value
    assert "canary" not in answer.value.values()
    assert not [name for name in answer.value if name.startswith("SURVIVAL")]


def test_the_environment_of_its_parent_is_no_other(jobs):
    if jobs.walls.tier == Tier.NONE:
        pytest.skip("without walls a job reads what its user may read")
    answer = ask(
        jobs,
        "found = b''",
        "for pid in (1, os.getpid(), os.getppid()):",
        "    try: found += open(f'/proc/{pid}/environ', 'rb').read()",
        "    except OSError: continue",
        "return found",
    )

    assert b"canary" not in answer.value


def test_it_has_no_rights_and_cannot_gain_any(jobs):
    if jobs.walls.tier == Tier.NONE:
        pytest.skip("without walls a job has the rights of its user")
    answer = ask(
        jobs,
        "import ctypes",
        "prctl = ctypes.CDLL(None).prctl",
        "try: status = open('/proc/self/status').read()",
        "except OSError: status = ''",
        "return prctl(39, 0, 0, 0, 0), prctl(21, 0, 0, 0, 0), status",
    )

    no_new_privileges, seccomp, status = answer.value
    assert (no_new_privileges, seccomp) == (1, 2)
    rights = [line for line in status.splitlines() if line.startswith("Cap")]
    assert all(line.endswith("\t" + "0" * 16) for line in rights)
    assert len(rights) == (5 if jobs.walls.namespaces else 0)


def test_in_namespaces_it_sees_no_process_but_its_own(jobs):
    if not jobs.walls.namespaces:
        pytest.skip("these walls have no namespaces")
    answer = ask(
        jobs,
        "pids = sorted(int(name) for name in os.listdir('/proc') if name.isdigit())",
        "interfaces = open('/proc/self/net/dev').read().splitlines()[2:]",
        "return os.getpid(), pids, interfaces, os.listdir('/dev/shm')",
    )

    own, pids, interfaces, shared = answer.value
    assert pids == [1, own]
    assert [line.split(":")[0].strip() for line in interfaces] == ["lo"]
    assert shared == []


# --- how it ends ------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("os._exit(0)", "it ended itself with exit status 0"),
        ("os._exit(3)", "it ended itself with exit status 3"),
        ("os.kill(os.getpid(), 9)", "it was ended by SIGKILL"),
        ("os.kill(os.getpid(), 15)", "it was ended by SIGTERM"),
        ("import ctypes; ctypes.string_at(0)", "it was ended by SIGSEGV"),
    ],
)
def test_its_end_is_told_as_it_was(jobs, line, note):
    answer = ask(jobs, line)

    assert answer.ending is Ending.DIED
    assert answer.note == note


def test_after_any_end_the_next_job_comes_from_the_same_zygote(jobs):
    starts = jobs.slot.num_starts
    ask(jobs, "os.abort()")

    assert ask(jobs, "return 1").value == 1
    assert jobs.slot.num_starts == starts


# --- limits -----------------------------------------------------------------


def test_too_much_processor_time_is_told_with_its_line(jobs):
    answer = ask(jobs, "n = 0", "while True:", "    n += 1")

    assert answer.ending is Ending.EXCEEDED
    assert answer.note == "1 s of processor time"
    assert answer.line in (4, 5)


def test_too_many_open_files_are_told(jobs):
    answer = ask(jobs, "held = [open(os.devnull) for _ in range(200)]")

    assert answer.ending is Ending.RAISED
    assert exceeded(answer) == "100 files"


def test_too_many_files_are_told(jobs):
    answer = ask(
        jobs,
        "for n in range(400): open(f'file{n}', 'w').close()",
        "signal.pause()",
        seconds=5,
    )

    assert exceeded(answer) in ("100 files", "8 MiB of files, or 100 files")


@pytest.mark.parametrize(
    "line",
    [
        "open('one', 'wb').write(b'x' * 2**24)",
        "[open(f'{n}', 'wb').write(b'x' * 2**22) for n in range(8)]",
    ],
    ids=["one file", "many files"],
)
def test_too_much_disk_is_told(jobs, line):
    answer = ask(jobs, line, "signal.pause()")

    assert exceeded(answer) in ("8 MiB of files", "8 MiB of files, or 100 files")


def test_too_many_processes_are_told(jobs):
    answer = ask(
        jobs,
        "for n in range(60):",
        "    if os.fork() == 0:",
        "        signal.pause()",
        "signal.pause()",
    )

    assert exceeded(answer) == "20 processes and threads"


def test_too_many_threads_are_told(jobs):
    if not (jobs.walls.namespaces or jobs.walls.own_user):
        pytest.skip("a person's other threads would be counted with a job's")
    answer = ask(
        jobs,
        "import threading",
        "stop = threading.Event()",
        "for n in range(60):",
        "    threading.Thread(target=stop.wait, daemon=True).start()",
    )

    assert exceeded(answer) == "20 processes and threads, or 128 MiB of memory"


@pytest.mark.parametrize(
    "lines",
    [
        ("held = b'x' * 2**29",),
        ("held = mmap.mmap(-1, 2**28); held.write(bytes(2**28))",),
        (
            "for n in range(4):",
            "    if os.fork() == 0:",
            "        held = b'x' * (60 * 2**20); signal.pause()",
        ),
    ],
    ids=["private", "shared", "in many processes"],
)
def test_too_much_memory_is_told(jobs, lines):
    answer = ask(jobs, *lines, "signal.pause()")

    assert exceeded(answer) == "128 MiB of memory"


def test_within_its_limits_nothing_is_told(jobs):
    answer = ask(
        jobs,
        "import threading",
        "open('one', 'wb').write(b'x' * 2**22)",
        "[open(f'{n}', 'w').close() for n in range(40)]",
        "held = b'x' * (16 * 2**20)",
        "thread = threading.Thread(target=len, args=[held])",
        "thread.start(); thread.join()",
        "return len(held)",
    )

    assert (answer.ending, answer.value, answer.note) == (
        Ending.RETURNED,
        16 * 2**20,
        "",
    )


# --- walls that cannot be built ---------------------------------------------


@pytest.mark.skipif(not runs_as_root(), reason="anybody else may map themselves")
def test_a_wall_that_the_kernel_refuses_is_named():
    # bubblewrap keeps root from mapping itself into one more namespace.
    walls = Walls(bubblewrap=True, namespaces=True, seccomp=True)
    with (
        Sandbox((), walls=walls, limits=LIMITS) as sandbox,
        pytest.raises(WorkerUnavailable) as unavailable,
    ):
        sandbox.launch(LIMITS)

    assert unavailable.value.what.startswith(
        "a wall around the worker could not be built: PermissionError:"
    )
    assert "uid_map" in unavailable.value.what
    assert "grade doctor" in unavailable.value.fix


def test_a_readable_place_that_is_gone_is_named(monkeypatch):
    from graders.sandbox import zygote_slots
    from graders.sandbox.places import Places, readable_places

    walls = next((walls for walls in offered_walls() if walls.landlock), None)
    if walls is None:
        pytest.skip("this machine has no Landlock")
    real = readable_places()
    gone = Places(
        (*real.readable, real.roots[0] / "no_such_package"),
        real.listable,
        real.hidden,
        real.roots,
    )
    monkeypatch.setattr(zygote_slots, "readable_places", lambda: gone)

    with (
        Sandbox((), walls=walls, limits=LIMITS) as sandbox,
        pytest.raises(WorkerUnavailable) as unavailable,
    ):
        sandbox.launch(LIMITS)

    assert "no_such_package" in unavailable.value.what
