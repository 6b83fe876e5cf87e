"""Which walls hold on this machine: each is built, and attacked from within.

Nothing is concluded from versions. A wall that cannot be built, or that lets one of
the attacks through, is not offered.
"""

import socket
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from graders.errors import UsageError, WorkerUnavailable
from graders.records import Ending, Tier
from graders.sandbox.cgroups import find_tree
from graders.sandbox.limits import Limits
from graders.sandbox.outer_wall import bubblewrap
from graders.sandbox.pool import Sandbox, Slot
from graders.sandbox.room import Room
from graders.sandbox.systemd_scope import scope_works
from graders.sandbox.walls import NO_WALLS, Walls
from graders.sandbox.worker_user import runs_as_root

_LIMITS = Limits(load_s=10, check_s=10, memory_mib=256, disk_mib=16, output_kib=64)
_ATTACK_S = 10.0
_MIB = 1024 * 1024
_ATTACKS = '''
import mmap, os, signal, socket, time

def read_file(path, port):
    """Reads a file of somebody else."""
    return open(path).read()

def reach_network(path, port):
    """Connects to a server on this machine."""
    socket.create_connection(("127.0.0.1", port), timeout=2).close()
    return "connected"

def fill_disk(path, port):
    """Writes far more than a job may."""
    for number in range(8):
        with open(f"part{number}", "wb") as file:
            for _ in range(16):
                file.write(bytes(1024 * 1024))
                time.sleep(0.01)
    time.sleep(0.3)
    return "written"

def take_memory(path, port):
    """Takes memory that the limit of one process does not count."""
    held = mmap.mmap(-1, 768 * 1024 * 1024)
    for start in range(0, len(held), 4096):
        held[start] = 1
    time.sleep(0.5)
    return "taken"

def cripple_the_parent(path, port):
    """Takes open files and processors from the process that it came from."""
    import resource
    resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, (64, 64))
    os.sched_setaffinity(os.getppid(), {0})
    return "crippled"

def end_the_parent(path, port):
    """Stops and ends the process that it came from."""
    for number in (signal.SIGSTOP, signal.SIGKILL):
        try:
            os.kill(os.getppid(), number)
        except OSError:
            pass
    return "sent"

def outlive(path, port):
    """Leaves a process of its own session behind."""
    if os.fork() == 0:
        try:
            os.setsid()
        except OSError:
            pass
        if os.fork() == 0:
            time.sleep(60)
        os._exit(0)
    return "left"
'''
_MUST_NOT_RETURN = (
    *("read_file", "reach_network", "fill_disk", "take_memory"),
    "cripple_the_parent",
)


@dataclass(frozen=True, slots=True)
class Probe:
    """What came of building and attacking one kind of walls.

    Args:
        walls: the layers.
        problem: why they do not hold; empty if they do.
    """

    walls: Walls
    problem: str = ""

    @property
    def holds(self) -> bool:
        """Whether they stand and stopped every attack."""
        return not self.problem


def probe(walls: Walls) -> Probe:
    """Builds one kind of walls, and attacks it."""
    return Probe(walls, _problem(walls))


@cache
def probe_walls() -> tuple[Probe, ...]:
    """Every kind of walls that this system could have, strongest first."""
    return tuple(map(probe, _candidates()))


def offered_walls() -> tuple[Walls, ...]:
    """The kinds that hold, strongest first; the last is to have none."""
    return (*(probe.walls for probe in probe_walls() if probe.holds), NO_WALLS)


@cache
def strongest_walls() -> Walls:
    """The first kind that holds; no further one is tried."""
    for walls in _candidates():
        if probe(walls).holds:
            return walls
    return NO_WALLS


def choose_walls(minimum: Tier) -> Walls:
    """The strongest walls there are.

    Raises:
        WallsMissing: if they are weaker than what is asked for.
    """
    walls = strongest_walls()
    if walls.tier < minimum:
        from graders.sandbox.machine import read_machine, remedy

        raise WallsMissing(
            f"this machine offers walls of tier {walls.tier}; {minimum} is asked for",
            "walls",
            remedy(read_machine(), probe_walls(), minimum)
            + "\n  `grade doctor` tells more.",
        )
    return walls


class WallsMissing(UsageError):
    """The walls that were asked for cannot be built here."""


def landlock_version() -> int:
    """The version of Landlock's interface; 0 without it."""
    if sys.platform != "linux":
        return 0
    import landlockpy

    return landlockpy.abi_version() if landlockpy.supported() else 0


def _candidates() -> Iterator[Walls]:
    """All that is worth trying, strongest first."""
    if sys.platform != "linux":
        return
    landlock = landlock_version() > 0
    inner = Walls(landlock=landlock, seccomp=True, own_user=runs_as_root())
    if bubblewrap() is not None:
        full = replace(inner, bubblewrap=True, namespaces=True)
        if find_tree() is not None or scope_works():
            yield replace(full, cgroup=True)
        yield full
        if landlock:
            yield replace(inner, bubblewrap=True)
    if landlock:
        yield inner


def _problem(walls: Walls) -> str:
    """Why walls do not hold; empty if they do."""
    try:
        with (
            Sandbox((), walls=walls, limits=_LIMITS) as sandbox,
            tempfile.NamedTemporaryFile("w", suffix=".txt") as secret,
            socket.create_server(("127.0.0.1", 0)) as server,
        ):
            secret.write("canary")
            secret.flush()
            Path(secret.name).chmod(0o644)
            port = server.getsockname()[1]
            with sandbox.lease() as slot:
                return _attack(slot, secret.name, port)
    except (WorkerUnavailable, OSError) as error:
        return error.what if isinstance(error, WorkerUnavailable) else str(error)


def _attack(slot: Slot, path: str, port: int) -> str:
    for name in (*_MUST_NOT_RETURN, "end_the_parent", "outlive"):
        room = Room(slot, _LIMITS, filename="probe.py", source=_ATTACKS)
        question = {"ask": "call", "function": name, "args": [path, port]}
        answer = room.ask({**question, "kwargs": {}, "given": {}, "seed": 0}, _ATTACK_S)
        room.close()
        if name in _MUST_NOT_RETURN and answer.ending is Ending.RETURNED:
            return f"an attack came through: {name.replace('_', ' ')}"
        if slot.num_processes() > 1:
            return f"processes were left behind: {name.replace('_', ' ')}"
    return "" if slot.num_starts == 1 else "a zygote was ended from within"
