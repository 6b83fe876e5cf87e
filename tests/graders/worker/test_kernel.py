"""Calls that cannot be taken back are made in a process of their own."""

import itertools
import json
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from graders.sandbox.worker_user import runs_as_root
from graders.worker.syscall_filter import machine_is_known

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="these are calls of Linux"
)

if sys.platform == "linux":
    from graders.worker import kernel

REPOSITORY = Path(__file__).resolve().parents[3]
PREPARED = """
import ctypes, json, os, socket, sys, threading
sys.path.insert(0, sys.argv[1])
from graders.worker import kernel
from graders.worker.syscall_filter import build_filter
def refusal(call, *args, **options):
    try:
        call(*args, **options)
    except OSError as error:
        return error.errno
    return 0
"""


def in_a_process(program: str) -> object:
    """What a program prints that has these calls at hand."""
    done = subprocess.run(
        [sys.executable, "-c", PREPARED + program, str(REPOSITORY)],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


# --- refusals ---------------------------------------------------------------


def test_an_option_that_the_kernel_does_not_know_is_named():
    with pytest.raises(OSError, match=r"prctl\(9999\): Invalid argument"):
        kernel.prctl(9999)


def test_namespaces_that_the_kernel_does_not_know_are_refused():
    with pytest.raises(OSError, match="unshare: Invalid argument"):
        kernel.unshare(0x0000_0010)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("tmpfs", "/no/such/folder", "tmpfs", 0), "mount tmpfs on /no/such/folder: "),
        (("/usr", "/no/such/folder", "", 4096), "mount /usr on /no/such/folder: "),
    ],
)
def test_a_mount_that_fails_is_named(arguments, said):
    with pytest.raises(OSError, match=said):
        kernel.mount(*arguments)


def test_a_filter_that_is_no_program_is_refused():
    said = in_a_process(
        "kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)\n"
        "print(json.dumps([refusal(kernel.load_filter, b''),"
        " refusal(kernel.load_filter, bytes(8)),"
        " refusal(kernel.load_filter, b'\\xff' * 80)]))"
    )

    assert said == [22, 22, 22]


@pytest.mark.skipif(runs_as_root(), reason="root may load a filter in any case")
def test_a_filter_needs_that_no_rights_can_be_gained():
    said = in_a_process(
        "program = build_filter("
        "files_are_open=True, keep_group=True, signal_only=None)\n"
        "print(refusal(kernel.load_filter, program))"
    )

    assert said == 13


# --- what they do -----------------------------------------------------------


@pytest.mark.skipif(not machine_is_known(), reason="no filter for this processor")
@pytest.mark.parametrize(
    ("files_are_open", "keep_group", "only_self"),
    list(itertools.product([False, True], repeat=3)),
)
def test_the_kernel_takes_every_filter_and_keeps_it(
    files_are_open, keep_group, only_self
):
    said = in_a_process(
        "kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)\n"
        f"only = os.getpid() if {only_self} else None\n"
        f"kernel.load_filter(build_filter(files_are_open={files_are_open},"
        f" keep_group={keep_group}, signal_only=only))\n"
        "pair = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)\n"
        "thread = threading.Thread(target=len, args=['']); thread.start()\n"
        "thread.join()\n"
        "child = os.fork()\n"
        "if child == 0: os._exit(refusal(os.setsid))\n"
        "status = os.waitpid(child, 0)[1]\n"
        "print(json.dumps({\n"
        "    'exec': refusal(os.execv, '/bin/true', ['true']),\n"
        "    'socket': refusal(socket.socket),\n"
        "    'datagrams': refusal(socket.socketpair, type=socket.SOCK_DGRAM),\n"
        "    'session': os.waitstatus_to_exitcode(status),\n"
        "    'mode': refusal(os.chmod, '/no/such/file', 0),\n"
        "    'to init': refusal(os.kill, 1, 0),\n"
        "    'to itself': refusal(os.kill, os.getpid(), 0),\n"
        "    'user': refusal(os.setuid, os.getuid()),\n"
        "}))"
    )

    eperm, enoent = 1, 2
    unbounded = 0 if runs_as_root() else eperm
    assert said == {
        "exec": eperm,
        "socket": eperm,
        "datagrams": eperm,
        "session": eperm if keep_group else 0,
        "mode": eperm if files_are_open else enoent,
        "to init": eperm if only_self else unbounded,
        "to itself": 0,
        "user": eperm,
    }


@pytest.mark.skipif(
    platform.machine() != "x86_64", reason="the numbers are those of x86_64"
)
@pytest.mark.parametrize(
    ("number", "ended"),
    [(39, 0), (39 | 0x4000_0000, -31), (1000, 0)],
    ids=["getpid", "getpid of x32", "unknown"],
)
def test_a_call_of_another_architecture_ends_the_process(number, ended):
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            PREPARED + "kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)\n"
            "kernel.prctl(kernel.PR_SET_DUMPABLE, 0)\n"
            "kernel.load_filter(build_filter("
            "files_are_open=True, keep_group=True, signal_only=None))\n"
            f"ctypes.CDLL(None).syscall({number})\n",
            str(REPOSITORY),
        ],
        check=False,
        cwd="/",
    )

    assert done.returncode == ended


def test_without_capabilities_nothing_is_left_to_gain():
    said = in_a_process(
        "kernel.drop_capabilities()\n"
        "lines = open('/proc/self/status').read().splitlines()\n"
        "print(json.dumps([line.split()[1] for line in lines if line[:3] == 'Cap']))"
    )

    inherited, permitted, effective, bounding, ambient = said
    assert {inherited, permitted, effective, ambient} == {"0" * 16}
    # Only who has a capability can take it from the bounding set.
    assert bounding == "0" * 16 or not runs_as_root()


def test_huge_pages_change_nothing_that_a_program_can_see():
    said = in_a_process(
        "held = [str(number) * 50 for number in range(200_000)]\n"
        "before = hash(tuple(held))\n"
        "kernel.gather_into_huge_pages()\n"
        "print(json.dumps(hash(tuple(held)) == before))"
    )

    assert said is True
