"""What may stand around a worker, and the tier that it amounts to."""

from dataclasses import dataclass, field

from graders.records import Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Walls:
    """The layers around the workers of one sandbox.

    Args:
        bubblewrap: the outer wall: a file tree, processes and network of its own.
        namespaces: the inner wall of each job; needs the outer one.
        landlock: no file but those of Python, the packages, and the job's folder.
        seccomp: no system call that a grading does not need.
        own_user: as root, a user for each worker that owns nothing else.
        cgroup: memory and processes are counted by the kernel; else by a watchdog.
        rlimits: ceilings of each process.
        undumpable: no zygote can be traced or looked into.
        sweep: whatever a job leaves behind is ended.
        memory: memory, files and processes of a job are watched or counted at all.
    """

    bubblewrap: bool = False
    namespaces: bool = False
    landlock: bool = False
    seccomp: bool = False
    own_user: bool = False
    cgroup: bool = False
    rlimits: bool = True
    undumpable: bool = True
    sweep: bool = True
    memory: bool = True
    notes: tuple[str, ...] = field(default=(), compare=False)
    """Versions and kinds, for a person: `Landlock 7`."""

    @property
    def tier(self) -> Tier:
        """What the layers amount to."""
        kept = self.seccomp and self.rlimits and self.undumpable and self.sweep
        if not (kept and self.memory):
            return Tier.NONE
        if self.bubblewrap and self.namespaces:
            return Tier.A_CG if self.cgroup else Tier.A
        if self.landlock:
            return Tier.B_UID if self.own_user else Tier.B
        return Tier.NONE

    @property
    def layers(self) -> tuple[str, ...]:
        """Names of the layers that stand, for a record."""
        named = {
            "bubblewrap": self.bubblewrap,
            "namespaces": self.namespaces,
            "Landlock": self.landlock,
            "seccomp": self.seccomp,
            "own user": self.own_user,
            "cgroup": self.cgroup,
        }
        return tuple(name for name, stands in named.items() if stands)


NO_WALLS = Walls()
