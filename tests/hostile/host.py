"""What the machine is like before and after a grading."""

import contextlib
import ctypes
import os
import sysconfig
import time
from pathlib import Path

_PROC = Path("/proc")
_SITE = Path(sysconfig.get_paths()["purelib"])
_LOOKED_INTO = ("", "numpy", "keras", "tensorflow", "h5py")
_SETTLE_S = 3.0
_IOPRIO_GET = 252 if os.uname().machine == "x86_64" else 31


def processes_of(root: Path) -> dict[int, str]:
    """Processes below this one, and those whose environment names `root`; by number.

    Each with its command line. A process that has ended but was not waited for by
    somebody outside is nobody's harm, and is left out.
    """
    marker = str(root).encode()
    parents: dict[int, int] = {}
    commands: dict[int, str] = {}
    marked = set()
    for folder in _PROC.glob("[0-9]*"):
        pid = int(folder.name)
        with contextlib.suppress(OSError, ValueError, IndexError):
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            if state == "Z":
                continue
            parents[pid] = int(parent)
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
            commands[pid] = command.decode("utf-8", "replace")
            if marker in command or marker in (folder / "environ").read_bytes():
                marked.add(pid)
    here = os.getpid()
    return {
        pid: commands[pid]
        for pid in parents
        if pid != here and pid in commands and (pid in marked or _below(pid, parents))
    }


def _below(pid: int, parents: dict[int, int]) -> bool:
    seen = set()
    while pid in parents and pid not in seen:
        if parents[pid] == os.getpid():
            return True
        seen.add(pid)
        pid = parents[pid]
    return False


def standing(root: Path) -> list[dict[str, str]]:
    """Limits, priority and place of each long-lived process of a sandbox."""
    found = []
    for pid, command in processes_of(root).items():
        if " template " in f"{command} ":
            with contextlib.suppress(OSError):
                found.append(_standing(pid))
    return found


def new_processes(root: Path, before: set[int], usual: int) -> list[str]:
    """Those that are too many; they get a moment to go.

    A zygote may have been renewed meanwhile, so it is the number that counts: not
    above the `usual` one of a sandbox that nothing runs in.
    """
    end = time.monotonic() + _SETTLE_S
    while True:
        running = processes_of(root)
        if len(running) <= usual:
            return []
        if time.monotonic() > end:
            left = {pid: text for pid, text in running.items() if pid not in before}
            return [f"process {pid} is left: {text[:80]}" for pid, text in left.items()]
        time.sleep(0.05)


def packages() -> dict[str, str]:
    """Mode, size and time of the installed packages' files, as far as looked into."""
    found = {}
    for name in _LOOKED_INTO:
        with contextlib.suppress(FileNotFoundError), os.scandir(_SITE / name) as items:
            for item in items:
                status = item.stat(follow_symlinks=False)
                changed = 0 if item.is_dir() else status.st_mtime_ns
                if item.name != "__pycache__":
                    size = status.st_size if changed else 0
                    found[f"{name}/{item.name}"] = (
                        f"{status.st_mode:o} {size} {changed}"
                    )
    return found


def shared_memory(token: str) -> set[str]:
    """Names and keys in what all processes share."""
    found = set()
    for folder in ("/dev/shm", "/dev/mqueue", "/tmp", "/var/tmp", str(Path.home())):
        with contextlib.suppress(OSError):
            found |= {str(p) for p in Path(folder).iterdir() if token in p.name}
    for kind in ("shm", "sem", "msg"):
        with contextlib.suppress(OSError):
            lines = (_PROC / "sysvipc" / kind).read_text().splitlines()[1:]
            found |= {
                f"{kind} {' '.join(line.split()[:2])}"
                for line in lines
                if kind != "shm" or not _is_of_a_database(int(line.split()[4]))
            }
    return found


def _is_of_a_database(maker: int) -> bool:
    """Whether a segment was made by a server that other tests run meanwhile."""
    try:
        return (_PROC / str(maker) / "comm").read_text().strip() == "postgres"
    except OSError:
        return False


def remove_leftovers(token: str) -> None:
    """What an attack may have left where a wall was missing on purpose."""
    for folder in (
        "/dev/shm",
        "/dev/mqueue",
        "/tmp",
        "/var/tmp",
        str(Path.home()),
        _SITE,
    ):
        with contextlib.suppress(OSError):
            for path in Path(folder).iterdir():
                if f"hostile_{token}" in path.name:
                    with contextlib.suppress(OSError):
                        path.unlink()


def _standing(pid: int) -> dict[str, str]:
    folder = _PROC / str(pid)
    status = dict(
        line.split(":\t", 1)
        for line in (folder / "status").read_text().splitlines()
        if ":\t" in line
    )
    fields = (folder / "stat").read_text().rpartition(")")[2].split()
    priority = ctypes.CDLL(None).syscall(_IOPRIO_GET, 1, pid)
    return {
        "limits": (folder / "limits").read_text(),
        "cpus": status["Cpus_allowed_list"],
        "nice": fields[16],
        "scheduler": fields[38],
        "io": str(priority),
        "oom": (folder / "oom_score_adj").read_text(),
        "stopped": str(fields[0] in "Tt"),
    }
