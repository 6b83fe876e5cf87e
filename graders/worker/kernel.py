"""The few calls of the Linux kernel that Python has no function for."""

import ctypes
import os
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_CAPBSET_DROP = 24
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38

CLONE_NEWNS = 0x0002_0000
CLONE_NEWUTS = 0x0400_0000
CLONE_NEWIPC = 0x0800_0000
CLONE_NEWUSER = 0x1000_0000
CLONE_NEWPID = 0x2000_0000
CLONE_NEWNET = 0x4000_0000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18

_SECCOMP_MODE_FILTER = 2
_MADV_COLLAPSE, _HUGE_PAGE = 25, 2 * 1024 * 1024
_CAPABILITY_VERSION_3 = 0x2008_0522
_LAST_CAPABILITY = 63

_libc = ctypes.CDLL(None, use_errno=True)


def prctl(option: int, value: int = 0, pointer: Any = 0) -> None:
    """Raises `OSError` where the kernel refuses."""
    _libc.prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4
    address = pointer if isinstance(pointer, int) else ctypes.addressof(pointer)
    _check(_libc.prctl(option, value, address, 0, 0), f"prctl({option})")


def unshare(flags: int) -> None:
    """Moves this process into new namespaces (`os.unshare` is of Python 3.12)."""
    _check(_libc.unshare(ctypes.c_int(flags)), "unshare")


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    """mount(2); an empty `kind` or `source` is none."""
    arguments = (source.encode() or None, target.encode(), kind.encode() or None)
    result = _libc.mount(*arguments, ctypes.c_ulong(flags), options.encode() or None)
    _check(result, f"mount {kind or source} on {target}")


def drop_capabilities() -> None:
    """Empties the bounding set and every other set of capabilities."""
    for capability in range(_LAST_CAPABILITY + 1):
        if _libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
            break  # One more than the kernel knows.
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    data = (ctypes.c_uint32 * 6)()
    _check(_libc.capset(header, data), "capset")


def gather_into_huge_pages() -> None:
    """Packs this process's private memory into pages of 2 MiB, where they fit.

    A fork copies the table of pages, not the pages: with 500 times fewer of them it
    takes half the time. An older kernel refuses, and then a fork takes longer.
    """
    for line in Path("/proc/self/maps").read_text().splitlines():
        span, rights, _, _, _, *name = line.split(maxsplit=5)
        if not rights.startswith("rw") or name not in ([], ["[heap]"]):
            continue
        start, end = (int(part, 16) for part in span.split("-"))
        start = -(-start // _HUGE_PAGE) * _HUGE_PAGE
        for address in range(start, end - _HUGE_PAGE + 1, _HUGE_PAGE):
            size = ctypes.c_size_t(_HUGE_PAGE)
            _libc.madvise(ctypes.c_void_p(address), size, _MADV_COLLAPSE)


def load_filter(program: bytes) -> None:
    """Puts a seccomp filter, as `syscall_filter` packs it, on this thread."""

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))

    instruction_bytes = 8
    packed = Program(len(program) // instruction_bytes, program)
    prctl(PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, packed)


def _check(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
