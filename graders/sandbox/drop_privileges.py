"""Runs a command as another user, with some folders within that user's reach.

    drop_privileges.py UID PATH:PATH:… COMMAND ARGUMENT…
    drop_privileges.py UID ""                             end all that user's processes

Started by root, and gone when the command starts. Python is at times installed below
a folder that only root may enter, `/root` for one. Then, in a mount namespace of its
own, an empty folder takes that folder's place, with just the paths in it.
"""

import ctypes
import os
import sys
from pathlib import Path

_CLONE_NEWNS = 0x0002_0000
_MS_BIND, _MS_REC, _MS_PRIVATE = 4096, 16384, 1 << 18
_PR_SET_PDEATHSIG, _SIGKILL = 1, 9
_libc = ctypes.CDLL(None, use_errno=True)


def main() -> None:
    """Reads its arguments and becomes the command."""
    uid, paths, *command = sys.argv[1:]
    os.umask(0o022)
    make_reachable([path for path in paths.split(os.pathsep) if path])
    os.setgroups([])
    os.setresgid(int(uid), int(uid), int(uid))
    os.setresuid(int(uid), int(uid), int(uid))
    if not command:
        os.kill(-1, _SIGKILL)
        return
    _libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    os.execv(command[0], command)


def make_reachable(paths: list[str]) -> None:
    """Puts empty folders in the place of those that keep others from a path."""
    blocked = {path: barrier for path in paths if (barrier := _barrier(path))}
    if not blocked:
        return
    path, barrier = next(iter(blocked.items()))
    closed = f"{barrier} keeps other users from {path}: chmod o+x {barrier}"
    _check(_libc.unshare(_CLONE_NEWNS), closed)
    _check(_libc.mount(None, b"/", None, _MS_REC | _MS_PRIVATE, None), "mount /")
    # Held open, a path can still be reached once its folder is covered.
    held = {path: os.open(path, os.O_PATH) for path in blocked}
    for barrier in sorted(set(blocked.values())):
        target = barrier.encode()
        _check(_libc.mount(b"tmpfs", target, b"tmpfs", 0, b"mode=755"), barrier)
    for path, fd in held.items():
        source = f"/proc/self/fd/{fd}"
        if Path(source).is_dir():
            Path(path).mkdir(parents=True, exist_ok=True)
        else:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).touch()
        flags = _MS_BIND | _MS_REC
        _check(_libc.mount(source.encode(), path.encode(), None, flags, None), path)
        os.close(fd)


def _barrier(path: str) -> str:
    """The first folder on the way that others may not enter; empty if none."""
    parts = path.split("/")[1:-1]
    for number in range(1, len(parts) + 1):
        folder = "/" + "/".join(parts[:number])
        if not Path(folder).stat().st_mode & 0o001:
            return folder
    return ""


def _check(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        sys.exit(f"{what}: {os.strerror(number)}")


if __name__ == "__main__":
    main()
