"""What a machine offers for walls, what is missing, and the one command for it."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graders.records import Tier
from graders.sandbox.cgroups import find_tree
from graders.sandbox.outer_wall import bubblewrap
from graders.sandbox.probing import Probe, landlock_version
from graders.sandbox.systemd_scope import scope_works

_INSTALLERS = {
    "apt": "sudo apt install bubblewrap",
    "dnf": "sudo dnf install bubblewrap",
    "pacman": "sudo pacman -S bubblewrap",
    "zypper": "sudo zypper install bubblewrap",
    "apk": "sudo apk add bubblewrap",
}
_PROFILE = "bwrap-userns-restrict"
_APPARMOR = (
    "sudo apt install apparmor-profiles && sudo ln -sf"
    f" /usr/share/apparmor/extra-profiles/{_PROFILE} /etc/apparmor.d/ &&"
    f" sudo apparmor_parser -r /etc/apparmor.d/{_PROFILE}"
)
_CONTAINER = (
    "docker run --rm --network none --memory 8g --pids-limit 1024"
    ' -v "$PWD:/class" -w /class IMAGE grade batch ASSIGNMENT FOLDER'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Facts that decide what walls can stand, and how to get better ones.

    Args:
        system: `linux`, `darwin` or `win32`.
        kernel: its release.
        is_root: whether this process may become any user.
        container: whether this seems to be a container.
        slurm: whether this is a step of a Slurm job.
        landlock: version of the interface; 0 without it.
        bubblewrap: its version, or why it does not work; empty if not installed.
        bubblewrap_works: whether it could start a program.
        apparmor_restricts: whether AppArmor keeps programs from user namespaces.
        max_user_namespaces: how many the kernel allows; None if it does not say.
        cgroup: whether groups for memory and processes can be made.
        scope: whether systemd makes them for this user.
        installer: the command that installs bubblewrap; empty if unknown.
    """

    system: str
    kernel: str
    is_root: bool = False
    container: bool = False
    slurm: bool = False
    landlock: int = 0
    bubblewrap: str = ""
    bubblewrap_works: bool = False
    apparmor_restricts: bool = False
    max_user_namespaces: int | None = None
    cgroup: bool = False
    scope: bool = False
    installer: str = ""


def read_machine() -> Machine:
    """The facts about this machine."""
    if sys.platform != "linux":
        return Machine(system=sys.platform, kernel=platform.release())
    works, said = _try_bubblewrap()
    restricts = _read("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
    namespaces = _read("/proc/sys/user/max_user_namespaces")
    return Machine(
        system=sys.platform,
        kernel=platform.release(),
        is_root=os.geteuid() == 0,
        container=_in_container(),
        slurm="SLURM_JOB_ID" in os.environ,
        landlock=landlock_version(),
        bubblewrap=said,
        bubblewrap_works=works,
        apparmor_restricts=restricts == "1",
        max_user_namespaces=int(namespaces) if namespaces.isdigit() else None,
        cgroup=find_tree() is not None,
        scope=scope_works(),
        installer=next(
            (line for name, line in _INSTALLERS.items() if shutil.which(name)), ""
        ),
    )


def facts(machine: Machine) -> list[tuple[str, str]]:
    """The facts in words, for a table."""
    if machine.system != "linux":
        return [("system", f"{machine.system} {machine.kernel}")]
    landlock = f"version {machine.landlock}" if machine.landlock else "none"
    allowed = machine.max_user_namespaces
    return [
        ("kernel", f"Linux {machine.kernel}"),
        ("user", "root" if machine.is_root else "not root"),
        ("place", _place(machine)),
        ("Landlock", landlock),
        ("bubblewrap", machine.bubblewrap or "not installed"),
        ("user namespaces", "unknown" if allowed is None else f"{allowed:,} allowed"),
        ("AppArmor", "restricts them" if machine.apparmor_restricts else "no bounds"),
        ("memory", _memory(machine)),
    ]


def remedy(machine: Machine, probes: Sequence[Probe], wanted: Tier = Tier.A) -> str:
    """What makes the walls as strong as wanted: a sentence with one command at most."""
    best = max((probe.walls.tier for probe in probes if probe.holds), default=Tier.NONE)
    if machine.system == "darwin":
        return f"Grade other people's code in a container: {_CONTAINER}"
    if machine.system == "win32":
        return "Grade other people's code inside WSL 2: wsl --install"
    if best >= wanted:
        return "Nothing is missing."
    if machine.container:
        return _for_container(machine, best)
    if not machine.bubblewrap:
        command = machine.installer or "install the package bubblewrap"
        return f"Install the outer wall: {command}"
    if not machine.bubblewrap_works:
        return _for_bubblewrap(machine)
    if machine.landlock == 0:
        return (
            "Landlock is off. Add it to the kernel's command line, then restart:"
            " lsm=landlock,lockdown,yama,integrity,apparmor,bpf"
        )
    if best >= Tier.B:
        return f"Nothing is missing for `grade batch`; {wanted} is not possible here."
    return "Look at the problems in the table of `grade doctor`."


def _for_bubblewrap(machine: Machine) -> str:
    if machine.apparmor_restricts:
        return f"AppArmor keeps bubblewrap from its namespaces. Allow it: {_APPARMOR}"
    if machine.max_user_namespaces == 0:
        return "Allow user namespaces: sudo sysctl -w user.max_user_namespaces=15000"
    if machine.slurm:
        return (
            "This node allows no user namespaces. Ask its administrators for them:"
            " sysctl -w user.max_user_namespaces=15000"
        )
    return (
        "Allow user namespaces to everybody:"
        " sudo sysctl -w kernel.unprivileged_userns_clone=1"
    )


def _for_container(machine: Machine, best: Tier) -> str:
    if best < Tier.B and machine.landlock:
        return f"Start the container with its usual rights: {_CONTAINER}"
    return (
        "Let the container build walls of its own, with bubblewrap installed in it:"
        " docker run --security-opt seccomp=unconfined"
        " --security-opt apparmor=unconfined IMAGE grade doctor"
    )


def _memory(machine: Machine) -> str:
    if machine.cgroup:
        return "cgroup and watchdog"
    return "systemd scope and watchdog" if machine.scope else "watchdog"


def _place(machine: Machine) -> str:
    named = {"a container": machine.container, "a Slurm job": machine.slurm}
    return " in ".join(name for name, here in named.items() if here) or "a machine"


def _try_bubblewrap() -> tuple[bool, str]:
    """Whether it can start a program, and its version or what it said instead."""
    program = bubblewrap()
    if program is None:
        return False, ""
    test = [program, "--unshare-all", "--ro-bind", "/", "/", "true"]
    tried = subprocess.run(test, capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        said = tried.stderr.strip().splitlines()
        return False, f"does not work: {said[-1] if said else 'no message'}"
    asked = subprocess.run(
        [program, "--version"], capture_output=True, text=True, check=False
    )
    return True, asked.stdout.strip() or "installed"


def _in_container() -> bool:
    if any(Path(name).exists() for name in ("/.dockerenv", "/run/.containerenv")):
        return True
    return "container=" in _read("/proc/1/environ")


def _read(path: str) -> str:
    try:
        return Path(path).read_text("utf-8", "replace").strip()
    except OSError:
        return ""
