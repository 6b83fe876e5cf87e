"""The outer wall: bubblewrap, around a zygote and all that it will ever start."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from graders.sandbox.places import Places, root_links

# The second where packages lie below the first: a job's own folder would cover them.
_SCRATCH, _OTHER_SCRATCH = "/tmp", "/scratch"
CODE = "/worker"
_MIB = 1024 * 1024


def bubblewrap() -> str | None:
    """Path of the program; None if it is not installed."""
    return shutil.which("bwrap")


def scratch_folder(places: Places) -> str:
    """The one folder that can be written inside; each job mounts its own there."""
    covers = any(root.is_relative_to(_SCRATCH) for root in places.roots)
    return _OTHER_SCRATCH if covers else _SCRATCH


def outer_command(
    program: str,
    places: Places,
    code: Path,
    environment: Mapping[str, str],
    *,
    disk_mib: int,
) -> list[str]:
    """What stands before a worker's own command line.

    Inside there is no network, no other process, and no file but the readable ones,
    which cannot be changed, and an empty folder in memory.

    Args:
        program: path of bubblewrap.
        places: what may be read.
        code: the worker's own code, found at `CODE` inside.
        environment: all variables of the worker.
        disk_mib: size of the folder in memory.
    """
    # As an init, a zygote has to reap whatever its jobs leave, and cannot be ended
    # from within.
    command = [program, "--unshare-all", "--as-pid-1", "--die-with-parent"]
    command += ["--new-session", "--cap-drop", "ALL", "--clearenv"]
    for name, value in environment.items():
        command += ["--setenv", name, value]
    for link, target in root_links().items():
        command += ["--symlink", target, link]
    size = str(disk_mib * _MIB)
    scratch = scratch_folder(places)
    command += ["--size", size, "--tmpfs", scratch, "--chdir", scratch]
    for root in places.roots:
        command += ["--ro-bind", str(root), str(root)]
    command += ["--ro-bind", str(code), CODE]
    for folder in places.hidden:
        if not any(folder.is_relative_to(root) for root in places.roots):
            continue
        if folder.is_dir():
            command += ["--tmpfs", str(folder), "--remount-ro", str(folder)]
        else:
            command += ["--ro-bind", "/dev/null", str(folder)]
    command += ["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"]
    command += ["--proc", "/proc", "--dev", "/dev"]
    command += ["--size", size, "--tmpfs", "/dev/shm"]
    # Both are folders in memory: what one job left there, the next one could read.
    command += ["--remount-ro", "/", "--remount-ro", "/dev"]
    return command
