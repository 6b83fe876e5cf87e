"""Which system calls a worker's child may make: a seccomp filter, as bytes.

A list of what is denied, not of what is allowed: the calls of TensorFlow and its
libraries change with every version. Numbers that are newer than the list do not
exist for the child. The program is classic BPF (linux/filter.h): eight bytes for
each instruction, run on the call's number and arguments.
"""

import errno
import platform
import struct
import sys

# The architecture as the kernel's audit names it, and the column in `_NUMBERS`.
_ARCHITECTURES = {"x86_64": (0xC000_003E, 0), "aarch64": (0xC000_00B7, 1)}
_X32_BIT = 0x4000_0000
# The first number that this list does not know. Since 424 both columns are one.
_FIRST_UNKNOWN = 463
_ALLOW, _KILL_PROCESS, _ERRNO = 0x7FFF_0000, 0x8000_0000, 0x0005_0000
_LOAD, _AND, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x45, 0x06
_NR_OFFSET, _ARCH_OFFSET, _ARGS_OFFSET = 0, 4, 16

_NAMESPACES = 0x7E02_0000  # CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, USER, PID, NET
_CLONE_PARENT = 0x8000
_TERMINAL_INPUT, _TERMINAL_LINUX = 0x5412, 0x541C
_SET_LEASE, _NOTIFY = 1024, 1026
_DENIED_PRCTL = (1, 4, 35, 36)  # PDEATHSIG, DUMPABLE, MM, CHILD_SUBREAPER
_SOCK_STREAM, _SOCK_TYPE_MASK = 1, 0xF

# Name: (x86_64, aarch64); None where the architecture has no such call.
_NUMBERS: dict[str, tuple[int | None, int | None]] = {
    # The network, and every other way to a process that is not a descendant.
    "socket": (41, 198),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept": (43, 202),
    "accept4": (288, 242),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    # Other programs, and other processes.
    "execve": (59, 221),
    "execveat": (322, 281),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "process_mrelease": (448, 448),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "sched_setaffinity": (203, 122),
    # Namespaces and mounts.
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "statmount": (457, 457),
    "listmount": (458, 458),
    # Files by other ways than their path, devices, owners, watching.
    "open_by_handle_at": (304, 265),
    "name_to_handle_at": (303, 264),
    "mknod": (133, None),
    "mknodat": (259, 33),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "fanotify_init": (300, 262),
    "fanotify_mark": (301, 263),
    "inotify_add_watch": (254, 27),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    # The kernel itself.
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "memfd_secret": (447, 447),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "personality": (135, 92),
    "syslog": (103, 116),
    "vhangup": (153, 58),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "iopl": (172, None),
    "ioperm": (173, None),
    "modify_ldt": (154, None),
    "uselib": (134, None),
    "lookup_dcookie": (212, 18),
    # Another user.
    "setuid": (105, 146),
    "setgid": (106, 144),
    "setreuid": (113, 145),
    "setregid": (114, 143),
    "setresuid": (117, 147),
    "setresgid": (119, 149),
    "setfsuid": (122, 151),
    "setfsgid": (123, 152),
    "setgroups": (116, 159),
    # Ruled by their arguments, or absent.
    "clone": (56, 220),
    "clone3": (435, 435),
    "fcntl": (72, 25),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "ioctl": (16, 29),
    "memfd_create": (319, 279),
    "prctl": (157, 167),
    "prlimit64": (302, 261),
    "sched_setattr": (314, 274),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
    "socketpair": (53, 199),
    # Denied where nothing but Landlock stands before the machine's own files.
    "fallocate": (285, 47),
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "truncate": (76, 45),
    # Denied where what a job leaves behind is found by its process group.
    "setsid": (112, 157),
    "setpgid": (109, 154),
    # Denied, but for the process itself, where signals have no other bounds.
    "kill": (62, 129),
    "tkill": (200, 130),
    "tgkill": (234, 131),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_send_signal": (424, 424),
}
# As if the kernel had no such call: libraries then take another way.
_ABSENT = (
    "clone3",
    "memfd_create",
    "io_uring_setup",
    "io_uring_enter",
    "io_uring_register",
)
_OF_FILES = (
    *("fallocate", "chmod", "fchmod", "fchmodat", "fchmodat2"),
    *("utime", "utimes", "futimesat", "utimensat", "truncate"),
    *("setxattr", "lsetxattr", "fsetxattr"),
    *("removexattr", "lremovexattr", "fremovexattr"),
)
_OF_GROUPS = ("setsid", "setpgid")
_OF_SIGNALS = ("kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo")
_ONLY_SELF = ("prlimit64", "sched_setattr", "sched_setparam")
_BY_ARGUMENTS = (
    *("clone", "fcntl", "ioctl", "prctl", "socketpair", "sched_setscheduler"),
    *_ONLY_SELF,
    *_OF_SIGNALS,
    *("tkill", "pidfd_send_signal"),
)


def machine_is_known() -> bool:
    """Whether there is a filter for this machine's processor."""
    little = sys.byteorder == "little" and struct.calcsize("P") == 8
    return little and platform.machine() in _ARCHITECTURES


def syscall_number(name: str, machine: str) -> int | None:
    """The number of a call on a machine; None if it has no such call.

    >>> syscall_number("execve", "x86_64"), syscall_number("execve", "aarch64")
    (59, 221)
    """
    return _NUMBERS[name][_ARCHITECTURES[machine][1]]


def known_syscalls() -> tuple[str, ...]:
    """Names of all calls that the filter tells apart."""
    return tuple(_NUMBERS)


def build_filter(
    *, files_are_open: bool, keep_group: bool, signal_only: int | None
) -> bytes:
    """The program for this machine's processor.

    Args:
        files_are_open: whether modes and times of files outside can be reached, as
            they can where Landlock alone bounds the file system.
        keep_group: whether all processes of the job must stay in its process group.
        signal_only: the only process that may be signalled; None if signals have
            bounds of another kind.
    """
    machine = platform.machine()
    program = _Program(machine)
    plain = [
        name
        for name in _NUMBERS
        if name not in (*_ABSENT, *_BY_ARGUMENTS, *_OF_FILES, *_OF_GROUPS)
    ]
    if keep_group:
        plain += _OF_GROUPS
    if files_are_open:
        plain += _OF_FILES
    if signal_only is not None:
        plain += ["tkill", "pidfd_send_signal"]
        for name in _OF_SIGNALS:
            program.deny_unless_argument(name, 0, (0, signal_only))
    program.deny(plain, errno.EPERM)
    program.deny(_ABSENT, errno.ENOSYS)
    program.deny_if_bits("clone", 0, _NAMESPACES | _CLONE_PARENT)
    program.deny_if_argument("ioctl", 1, (_TERMINAL_INPUT, _TERMINAL_LINUX))
    program.deny_if_argument("fcntl", 1, (_SET_LEASE, _NOTIFY))
    program.deny_if_argument("prctl", 0, _DENIED_PRCTL)
    for name in (*_ONLY_SELF, "sched_setscheduler"):
        program.deny_unless_argument(name, 0, (0,))
    program.deny_unless_argument("socketpair", 1, (_SOCK_STREAM,), mask=_SOCK_TYPE_MASK)
    return program.packed()


class _Program:
    """Instructions in order; the call's number is in the accumulator throughout."""

    def __init__(self, machine: str) -> None:
        self._machine = machine
        self._code: list[tuple[int, int, int, int]] = []
        architecture = _ARCHITECTURES[machine][0]
        self._add(_LOAD, _ARCH_OFFSET)
        self._add(_EQUAL, architecture, 1, 0)
        self._add(_RETURN, _KILL_PROCESS)
        self._add(_LOAD, _NR_OFFSET)
        self._add(_AT_LEAST, _X32_BIT, 0, 1)
        self._add(_RETURN, _KILL_PROCESS)
        self._add(_AT_LEAST, _FIRST_UNKNOWN, 0, 1)
        self._add(_RETURN, _ERRNO | errno.ENOSYS)

    def deny(self, names: list[str] | tuple[str, ...], number: int) -> None:
        """These calls fail with an error number."""
        for name in names:
            call = syscall_number(name, self._machine)
            if call is not None:
                self._add(_EQUAL, call, 0, 1)
                self._add(_RETURN, _ERRNO | number)

    def deny_if_bits(self, name: str, argument: int, bits: int) -> None:
        """A call fails if an argument has any of the bits."""
        self._rule(name, argument, [(_ANY_BIT, bits, 0, 1), _EPERM])

    def deny_if_argument(
        self, name: str, argument: int, values: tuple[int, ...]
    ) -> None:
        """A call fails if an argument is one of the values."""
        tests: list[tuple[int, int, int, int]] = []
        for value in values:
            tests += [(_EQUAL, value, 0, 1), _EPERM]
        self._rule(name, argument, tests)

    def deny_unless_argument(
        self, name: str, argument: int, values: tuple[int, ...], *, mask: int = 0
    ) -> None:
        """A call fails unless an argument, masked, is one of the values."""
        tests = [(_AND, mask, 0, 0)] if mask else []
        for index, value in enumerate(values):
            tests.append((_EQUAL, value, len(values) - index, 0))
        self._rule(name, argument, [*tests, _EPERM])

    def packed(self) -> bytes:
        """The program's bytes, ending in permission."""
        code = [*self._code, (_RETURN, _ALLOW, 0, 0)]
        return b"".join(struct.pack("<HBBI", op, t, f, k) for op, k, t, f in code)

    def _rule(
        self, name: str, argument: int, tests: list[tuple[int, int, int, int]]
    ) -> None:
        call = syscall_number(name, self._machine)
        assert call is not None
        # The lower half of the argument: none of the rules needs more, and the
        # kernel itself takes these arguments as 32 bits.
        body = [(_LOAD, _ARGS_OFFSET + 8 * argument, 0, 0), *tests]
        body.append((_LOAD, _NR_OFFSET, 0, 0))
        self._add(_EQUAL, call, 0, len(body))
        self._code += body

    def _add(
        self, operation: int, value: int, if_true: int = 0, if_false: int = 0
    ) -> None:
        self._code.append((operation, value, if_true, if_false))


_EPERM = (_RETURN, _ERRNO | errno.EPERM, 0, 0)
