"""The filter's program is run by a small interpreter, for both processors."""

import errno
import platform
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graders.worker.syscall_filter import (
    build_filter,
    known_syscalls,
    machine_is_known,
    syscall_number,
)

MACHINES = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}
I386, X32_BIT, FIRST_UNKNOWN = 0x4000_0003, 0x4000_0000, 463
ALLOWED, KILLED, FAILS = 0x7FFF_0000, 0x8000_0000, 0x0005_0000
DENIED, ABSENT = FAILS | errno.EPERM, FAILS | errno.ENOSYS
# libseccomp's answer for a call that an architecture lacks is below zero.
NEWER_THAN_THE_TABLE = {"statmount", "listmount"}

SELF = 4711
SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET = 1, 2, 3, 5
SOCK_CLOEXEC, SOCK_NONBLOCK = 0o2000000, 0o4000
AF_UNIX = 1
NO_SUCH_CALL = {
    *("clone3", "memfd_create"),
    *("io_uring_setup", "io_uring_enter", "io_uring_register"),
}
BY_ARGUMENTS = {
    *("clone", "fcntl", "ioctl", "prctl", "socketpair"),
    *("prlimit64", "sched_setattr", "sched_setparam", "sched_setscheduler"),
}
OF_FILES = {
    *("fallocate", "chmod", "fchmod", "fchmodat", "fchmodat2"),
    *("utime", "utimes", "futimesat", "utimensat", "truncate"),
    *("setxattr", "lsetxattr", "fsetxattr"),
    *("removexattr", "lremovexattr", "fremovexattr"),
}
OF_GROUPS = {"setsid", "setpgid"}
OF_SIGNALS = {
    *("kill", "tkill", "tgkill"),
    *("rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_send_signal"),
}
ALWAYS_DENIED = sorted(
    set(known_syscalls())
    - NO_SUCH_CALL
    - BY_ARGUMENTS
    - OF_FILES
    - OF_GROUPS
    - OF_SIGNALS
)


def run(program: bytes, arch: int, number: int, *args: int) -> int:
    """What the program returns for a call, as the kernel would run it."""
    padded = [*args, *[0] * (6 - len(args))]
    data = struct.pack("<IIQ6Q", number, arch, 0, *(arg % 2**64 for arg in padded))
    code = [
        struct.unpack_from("<HBBI", program, at) for at in range(0, len(program), 8)
    ]
    accumulator = at = 0
    while True:
        operation, if_true, if_false, value = code[at]
        at += 1
        if operation == 0x20:
            (accumulator,) = struct.unpack_from("<I", data, value)
        elif operation == 0x54:
            accumulator &= value
        elif operation == 0x06:
            return value
        else:
            tests = {
                0x15: accumulator == value,
                0x35: accumulator >= value,
                0x45: accumulator & value != 0,
            }
            at += if_true if tests[operation] else if_false


class Filter:
    """The filter of one processor."""

    def __init__(self, machine: str, program: bytes) -> None:
        self.machine, self.program = machine, program

    def call(self, name: str, *args: int) -> int:
        number = syscall_number(name, self.machine)
        assert number is not None
        return self.number(number, *args)

    def number(self, number: int, *args: int) -> int:
        return run(self.program, MACHINES[self.machine], number, *args)

    def has(self, name: str) -> bool:
        return syscall_number(name, self.machine) is not None


def make_filter(
    machine: str,
    *,
    files_are_open: bool = False,
    keep_group: bool = False,
    signal_only: int | None = None,
) -> Filter:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(platform, "machine", lambda: machine)
        program = build_filter(
            files_are_open=files_are_open,
            keep_group=keep_group,
            signal_only=signal_only,
        )
    return Filter(machine, program)


@pytest.fixture(params=sorted(MACHINES))
def machine(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def mildest(machine: str) -> Filter:
    return make_filter(machine)


@pytest.fixture
def strictest(machine: str) -> Filter:
    return make_filter(machine, files_are_open=True, keep_group=True, signal_only=SELF)


# --- the table --------------------------------------------------------------


@pytest.mark.parametrize("name", known_syscalls())
def test_the_number_of_a_call_is_that_of_libseccomp(machine, name):
    # Its package names no library and lists none; on import it looks for one.
    seccomp = pytest.importorskip("pyseccomp", exc_type=(ImportError, RuntimeError))
    arch = {"x86_64": seccomp.Arch.X86_64, "aarch64": seccomp.Arch.AARCH64}[machine]

    theirs = seccomp.resolve_syscall(arch, name)

    if theirs < 0 and name in NEWER_THAN_THE_TABLE:
        pytest.skip(f"this libseccomp is older than {name}")
    ours = syscall_number(name, machine)
    assert ours == (theirs if theirs >= 0 else None)


def test_no_two_calls_share_a_number(machine):
    numbers = [
        number
        for name in known_syscalls()
        if (number := syscall_number(name, machine)) is not None
    ]

    assert len(set(numbers)) == len(numbers)
    assert max(numbers) < FIRST_UNKNOWN


@pytest.mark.parametrize(
    ("named", "known"),
    [("x86_64", True), ("aarch64", True), ("riscv64", False), ("i686", False)],
)
def test_a_machine_is_known_by_the_name_of_its_processor(monkeypatch, named, known):
    monkeypatch.setattr(platform, "machine", lambda: named)

    assert machine_is_known() is known


def test_a_processor_without_a_table_has_no_filter(monkeypatch):
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")

    with pytest.raises(KeyError, match="riscv64"):
        build_filter(files_are_open=True, keep_group=True, signal_only=None)


# --- the program ------------------------------------------------------------


def test_every_jump_of_the_program_stays_inside_it(strictest):
    program = strictest.program
    length = len(program) // 8

    assert len(program) == 8 * length
    assert length < 4096  # BPF_MAXINSNS
    for at in range(length):
        operation, if_true, if_false, _ = struct.unpack_from("<HBBI", program, 8 * at)
        assert operation in (0x20, 0x54, 0x06, 0x15, 0x35, 0x45)
        assert at + 1 + max(if_true, if_false) < length or operation == 0x06


@pytest.mark.parametrize("name", ALWAYS_DENIED)
def test_a_denied_call_fails_whatever_its_arguments(machine, name):
    filters = [
        make_filter(machine),
        make_filter(machine, files_are_open=True, keep_group=True, signal_only=SELF),
    ]
    if not filters[0].has(name):
        pytest.skip(f"{machine} has no such call")

    said = {
        made.call(name, *args)
        for made in filters
        for args in [(), (1,), (0, 0, 0, 0, 0, 0), (2**64 - 1,) * 6]
    }

    assert said == {DENIED}


@pytest.mark.parametrize("name", sorted(NO_SUCH_CALL))
def test_a_call_with_another_way_round_it_does_not_exist(mildest, name):
    assert mildest.call(name) == ABSENT


@pytest.mark.parametrize("number", [FIRST_UNKNOWN, 470, 1024, 0x3FFF_FFFF])
def test_a_call_newer_than_the_table_does_not_exist(mildest, number):
    assert mildest.number(number) == ABSENT


@pytest.mark.parametrize("number", [0, 59, 520, 545, 0x3FFF_FFFF])
def test_a_call_with_the_bit_of_x32_ends_the_process(mildest, number):
    assert mildest.number(number | X32_BIT) == KILLED


@pytest.mark.parametrize("number", [-1, -(2**31)])
def test_a_negative_number_ends_the_process(mildest, number):
    assert mildest.number(number % 2**32) == KILLED


def test_a_call_of_another_architecture_ends_the_process(machine, mildest):
    (other,) = set(MACHINES.values()) - {MACHINES[machine]}

    said = {
        run(mildest.program, arch, number)
        for arch in (other, I386, 0)
        for number in (0, 1, 11, 59)
    }

    assert said == {KILLED}


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("named", sorted(MACHINES))
@given(
    number=st.integers(0, FIRST_UNKNOWN - 1),
    args=st.lists(st.integers(0, 2**64 - 1), min_size=6, max_size=6),
)
@settings(max_examples=300, deadline=None, database=None)
def test_a_call_that_the_table_does_not_name_is_allowed(named, strict, number, args):
    made = make_filter(
        named,
        files_are_open=strict,
        keep_group=strict,
        signal_only=SELF if strict else None,
    )
    named_ones = {syscall_number(name, named) for name in known_syscalls()}

    if number not in named_ones:
        assert made.number(number, *args) == ALLOWED


# --- rules by arguments -----------------------------------------------------


@pytest.mark.parametrize(
    ("flag", "bit"),
    [
        ("CLONE_NEWNS", 0x0002_0000),
        ("CLONE_NEWCGROUP", 0x0200_0000),
        ("CLONE_NEWUTS", 0x0400_0000),
        ("CLONE_NEWIPC", 0x0800_0000),
        ("CLONE_NEWUSER", 0x1000_0000),
        ("CLONE_NEWPID", 0x2000_0000),
        ("CLONE_NEWNET", 0x4000_0000),
        ("CLONE_PARENT", 0x0000_8000),
    ],
)
def test_no_process_is_made_in_new_namespaces_or_beside_its_parent(mildest, flag, bit):
    sigchld = 17

    assert mildest.call("clone", bit) == DENIED, flag
    assert mildest.call("clone", bit | sigchld | 0xFFFF_FFFF << 32) == DENIED, flag


@pytest.mark.parametrize(
    "flags",
    [0, 17, 0x0120_0011, 0x003D_0F00, 0x0000_4111],
    ids=["nothing", "fork", "fork of glibc", "thread of glibc", "vfork"],
)
def test_forks_and_threads_are_made(strictest, flags):
    assert strictest.call("clone", flags) == ALLOWED


@pytest.mark.parametrize(
    "name",
    ["prlimit64", "sched_setattr", "sched_setparam", "sched_setscheduler"],
)
@pytest.mark.parametrize("pid", [1, SELF, 2**32 - 1, 2**31])
def test_a_process_sets_its_own_limits_and_nobody_elses(mildest, name, pid):
    assert mildest.call(name, 0, pid, pid) == ALLOWED
    assert mildest.call(name, pid) == DENIED


def test_half_of_an_argument_that_the_kernel_ignores_does_not_hide_a_pid(mildest):
    assert mildest.call("prlimit64", 1 << 32 | 7) == DENIED
    assert mildest.call("prlimit64", 1 << 32) == ALLOWED  # the kernel sees 0


@pytest.mark.parametrize(
    ("request_number", "said"),
    [
        (0x5412, DENIED),  # TIOCSTI
        (0x541C, DENIED),  # TIOCLINUX
        (0xFFFF_FFFF_0000_5412, DENIED),
        (0x5401, ALLOWED),  # TCGETS
        (0x5413, ALLOWED),  # TIOCGWINSZ
    ],
)
def test_no_text_is_typed_into_a_terminal(mildest, request_number, said):
    assert mildest.call("ioctl", 0, request_number) == said


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (1, DENIED),  # PR_SET_PDEATHSIG
        (4, DENIED),  # PR_SET_DUMPABLE
        (35, DENIED),  # PR_SET_MM
        (36, DENIED),  # PR_SET_CHILD_SUBREAPER
        (2, ALLOWED),  # PR_GET_PDEATHSIG
        (15, ALLOWED),  # PR_SET_NAME
        (38, ALLOWED),  # PR_SET_NO_NEW_PRIVS
    ],
)
def test_what_holds_a_process_in_its_place_cannot_be_unset(mildest, option, said):
    assert mildest.call("prctl", option, 1) == said


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (SOCK_STREAM, ALLOWED),
        (SOCK_STREAM | SOCK_CLOEXEC, ALLOWED),
        (SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, ALLOWED),
        (SOCK_DGRAM, DENIED),
        (SOCK_DGRAM | SOCK_CLOEXEC, DENIED),
        (SOCK_RAW, DENIED),
        (SOCK_SEQPACKET | SOCK_CLOEXEC, DENIED),
        (0, DENIED),
    ],
)
def test_only_pairs_of_sockets_without_an_address_are_made(mildest, kind, said):
    assert mildest.call("socketpair", AF_UNIX, kind) == said


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (1024, DENIED),  # F_SETLEASE
        (1026, DENIED),  # F_NOTIFY
        (1025, ALLOWED),  # F_GETLEASE
        (1030, ALLOWED),  # F_DUPFD_CLOEXEC
        (2, ALLOWED),  # F_SETFD
    ],
)
def test_no_file_is_leased_or_watched(mildest, command, said):
    assert mildest.call("fcntl", 3, command) == said


# --- options ----------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(OF_FILES))
def test_modes_and_times_are_set_only_where_no_file_outside_is_in_reach(machine, name):
    if syscall_number(name, machine) is None:
        pytest.skip(f"{machine} has no such call")

    assert make_filter(machine).call(name) == ALLOWED
    assert make_filter(machine, files_are_open=True).call(name) == DENIED


@pytest.mark.parametrize("name", sorted(OF_GROUPS))
def test_a_process_stays_in_its_group_where_that_is_how_it_is_found(machine, name):
    assert make_filter(machine).call(name) == ALLOWED
    assert make_filter(machine, keep_group=True).call(name) == DENIED


@pytest.mark.parametrize("name", sorted(OF_SIGNALS))
def test_signals_go_anywhere_where_they_have_other_bounds(mildest, name):
    assert mildest.call(name, 1) == ALLOWED


@pytest.mark.parametrize(
    "name", ["kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"]
)
def test_a_process_signals_only_itself_where_they_have_none(machine, name):
    made = make_filter(machine, signal_only=SELF)

    assert made.call(name, SELF, 9) == ALLOWED
    assert made.call(name, 0, 9) == ALLOWED
    for other in (1, SELF + 1, -1 % 2**32, -SELF % 2**32):
        assert made.call(name, other, 9) == DENIED


@pytest.mark.parametrize("name", ["tkill", "pidfd_send_signal"])
def test_a_signal_that_does_not_name_its_process_is_denied_there(machine, name):
    made = make_filter(machine, signal_only=SELF)

    assert made.call(name, SELF) == DENIED
