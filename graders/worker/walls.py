"""The inner wall: what a job puts around itself before any student code is loaded.

Namespaces (wall A), then Landlock, then seccomp; each only if the plan has it. The
order matters: mounting needs what the later layers take away. A layer that cannot
be built is an exception, and the job ends before it has loaded anything.
"""

import os
import signal
import struct
from dataclasses import dataclass
from typing import NoReturn

from graders.worker import kernel
from graders.worker.syscall_filter import build_filter

_NAMESPACES = (
    kernel.CLONE_NEWUSER
    | kernel.CLONE_NEWNS
    | kernel.CLONE_NEWPID
    | kernel.CLONE_NEWIPC
    | kernel.CLONE_NEWNET
    | kernel.CLONE_NEWUTS
)
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
SHARED_MEMORY = "/dev/shm"
_OWN_NAME = "/proc/self/cmdline"
_STATUS = struct.Struct("i")
_SCOPED_SINCE = 6  # the Landlock version that bounds signals


@dataclass(frozen=True, slots=True, kw_only=True)
class WallPlan:
    """What the trusted side wants around each job of a zygote.

    Args:
        namespaces: user, mount, process, network, IPC and host name of its own.
        landlock: no file but the `readable` ones and the job's own folder.
        seccomp: no system call that a grading does not need.
        rlimits: ceilings of each process.
        undumpable: the zygote cannot be traced or looked into.
        sweep: whatever a job leaves behind is ended.
        outer: whether a container of its own (bubblewrap) stands around the zygote.
        own_user: whether the zygote's user has no other processes and files.
        readable: paths with all below them.
        listable: folders of which only the list of names may be read.
    """

    namespaces: bool
    landlock: bool
    seccomp: bool
    rlimits: bool
    undumpable: bool
    sweep: bool
    outer: bool
    own_user: bool
    readable: tuple[str, ...]
    listable: tuple[str, ...]


def enter_namespaces() -> int:
    """Returns in a process that sees no other, as its own root of everything.

    The process that called stays behind. It waits for a wait status on the pipe whose
    writing end is returned, and ends in the same way.
    """
    uid, gid = os.getuid(), os.getgid()
    # Its own /proc files belong to root while it cannot be dumped.
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)
    kernel.unshare(_NAMESPACES)
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{uid} {uid} 1")
    _write("/proc/self/gid_map", f"{gid} {gid} 1")
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        told = os.read(reading, _STATUS.size)
        status = os.waitpid(pid, 0)[1]
        _end_as(_STATUS.unpack(told)[0] if len(told) == _STATUS.size else status)
    os.close(reading)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    return writing


def mount_own_folders(scratch: str, disk_mib: int, files: int) -> None:
    """A bounded folder in memory for the job, /dev/shm, and /proc of itself alone."""
    flags = kernel.MS_NOSUID | kernel.MS_NODEV
    kernel.mount("", "/", "", kernel.MS_REC | kernel.MS_PRIVATE)
    options = f"size={disk_mib}m,nr_inodes={files},mode=700"
    kernel.mount("tmpfs", scratch, "tmpfs", flags, options)
    kernel.mount("tmpfs", SHARED_MEMORY, "tmpfs", flags, options)
    kernel.mount("proc", "/proc", "proc", flags | kernel.MS_NOEXEC)


def fork_below_init(status_fd: int) -> None:
    """Returns in a child; this process stays as the init of its namespace.

    An init cannot be stopped or ended by what it adopts, and when it ends, so does
    everything in the namespace. The child is no init: signals do to it what they do
    everywhere.

    Args:
        status_fd: where the init tells the child's wait status.
    """
    child = os.fork()
    if child == 0:
        os.close(status_fd)
        os.setsid()
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
        return
    pid, status = os.waitpid(-1, 0)
    while pid != child:
        pid, status = os.waitpid(-1, 0)
    os.write(status_fd, _STATUS.pack(status))
    os._exit(0)


def _end_as(status: int) -> NoReturn:
    """Ends this process as a wait status says that another one ended."""
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [-code])
        if -code not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(code if code >= 0 else 128 - code)


def confine(plan: WallPlan, scratch: str) -> None:
    """Gives up every right but those of the plan; there is no way back."""
    if plan.namespaces:
        kernel.drop_capabilities()
    scoped = False
    if plan.landlock:
        scoped = _restrict_files(plan, scratch)
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    if plan.seccomp:
        bounded = scoped or plan.namespaces
        program = build_filter(
            files_are_open=not plan.outer,
            keep_group=not plan.namespaces,
            signal_only=None if bounded else os.getpid(),
        )
        kernel.load_filter(program)


def _restrict_files(plan: WallPlan, scratch: str) -> bool:
    """Applies Landlock; tells whether it bounds signals too."""
    from landlockpy import AccessFS, Ruleset, Scope, abi_version

    read = AccessFS.READ_FILE | AccessFS.READ_DIR | AccessFS.EXECUTE
    device = AccessFS.READ_FILE | AccessFS.WRITE_FILE
    everything = ~AccessFS.NONE
    with Ruleset(scoped=Scope.ABSTRACT_UNIX_SOCKET | Scope.SIGNAL) as rules:
        for path in plan.listable:
            rules.allow_path(path, AccessFS.READ_DIR)
        for path in plan.readable:
            below = read if os.path.isdir(path) else AccessFS.READ_FILE  # noqa: PTH112
            rules.allow_path(path, below)
        for path in _DEVICES:
            rules.allow_path(path, device)
        if plan.namespaces:
            rules.allow_path("/proc", read)
        else:
            # TensorFlow asks for its own name. Held open, the entry stays the one
            # that the rule is about.
            os.open(_OWN_NAME, os.O_PATH)
            rules.allow_path(_OWN_NAME, AccessFS.READ_FILE)
        if plan.outer:
            rules.allow_path(SHARED_MEMORY, everything)
        rules.allow_path(scratch, everything)
        rules.restrict()
    return abi_version() >= _SCOPED_SINCE


def _write(path: str, text: str) -> None:
    # A buffered write would hide the error until the file is closed.
    fd = os.open(path, os.O_WRONLY)
    try:
        os.write(fd, text.encode())
    except OSError as error:
        raise OSError(error.errno, f"{path}: {error.strerror}") from error
    finally:
        os.close(fd)
