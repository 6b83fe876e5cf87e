import shutil
import sys

import pytest

from graders.records import Tier
from graders.sandbox import machine as machine_module
from graders.sandbox.machine import Machine, facts, read_machine, remedy
from graders.sandbox.probing import Probe
from graders.sandbox.walls import NO_WALLS, Walls

A = Walls(bubblewrap=True, namespaces=True, landlock=True, seccomp=True)
B = Walls(landlock=True, seccomp=True)
HOLDS_A = [Probe(A), Probe(B)]
HOLDS_B = [Probe(A, "no namespaces"), Probe(B)]
HOLDS_NONE = [Probe(A, "no namespaces"), Probe(B, "no Landlock")]


def linux(**parts: object) -> Machine:
    """A machine on which all is well, but for what the test says."""
    well = {
        "landlock": 7,
        "bubblewrap": "bubblewrap 0.8.0",
        "bubblewrap_works": True,
        "max_user_namespaces": 15_000,
        "installer": "sudo apt install bubblewrap",
    }
    return Machine(system="linux", kernel="6.8.0", **{**well, **parts})


REFUSED = {"bubblewrap": "does not work: Permission denied", "bubblewrap_works": False}
MISSING = {"bubblewrap": "", "bubblewrap_works": False}

OWN_WALLS = "Let the container build walls of its own, with bubblewrap installed in it:"

CASES = {
    "Ubuntu": (
        linux(**REFUSED, apparmor_restricts=True),
        HOLDS_B,
        "AppArmor keeps bubblewrap from its namespaces. Allow it:",
        "sudo apt install apparmor-profiles && sudo ln -sf",
    ),
    "no bubblewrap on Debian": (
        linux(**MISSING),
        HOLDS_B,
        "Install the outer wall:",
        "sudo apt install bubblewrap",
    ),
    "no bubblewrap on Fedora": (
        linux(**MISSING, installer="sudo dnf install bubblewrap"),
        HOLDS_B,
        "Install the outer wall:",
        "sudo dnf install bubblewrap",
    ),
    "no bubblewrap and AppArmor": (
        linux(**MISSING, apparmor_restricts=True),
        HOLDS_B,
        "Install the outer wall:",
        "sudo apt install bubblewrap",
    ),
    "no user namespaces": (
        linux(**REFUSED, max_user_namespaces=0),
        HOLDS_B,
        "Allow user namespaces:",
        "sudo sysctl -w user.max_user_namespaces=15000",
    ),
    "no user namespaces for everybody": (
        linux(**REFUSED),
        HOLDS_B,
        "Allow user namespaces to everybody:",
        "sudo sysctl -w kernel.unprivileged_userns_clone=1",
    ),
    "Slurm": (
        linux(**REFUSED, slurm=True),
        HOLDS_B,
        "This node allows no user namespaces. Ask its administrators for them:",
        "sysctl -w user.max_user_namespaces=15000",
    ),
    "a container with Landlock": (
        linux(**REFUSED, container=True),
        HOLDS_B,
        OWN_WALLS,
        "docker run --security-opt seccomp=unconfined",
    ),
    "a container without Landlock": (
        linux(**REFUSED, container=True, landlock=0),
        HOLDS_NONE,
        OWN_WALLS,
        "docker run --security-opt seccomp=unconfined",
    ),
    "a container without rights": (
        linux(**REFUSED, container=True),
        HOLDS_NONE,
        "Start the container with its usual rights:",
        "docker run --rm --network none",
    ),
    "Landlock off": (
        linux(landlock=0),
        [Probe(A, "no namespaces")],
        "Landlock is off. Add it to the kernel's command line, then restart:",
        "lsm=landlock,lockdown,yama,integrity,apparmor,bpf",
    ),
    "macOS": (
        Machine(system="darwin", kernel="24.0"),
        [],
        "Grade other people's code in a container:",
        "docker run --rm --network none",
    ),
    "Windows": (
        Machine(system="win32", kernel="10"),
        [],
        "Grade other people's code inside WSL 2:",
        "wsl --install",
    ),
}


@pytest.mark.parametrize(
    ("machine", "probes", "why", "command"), CASES.values(), ids=CASES
)
def test_a_machine_is_told_what_is_missing_and_one_command(
    machine, probes, why, command
):
    said = remedy(machine, probes)

    assert said.startswith(f"{why} {command}")
    assert "\n" not in said
    programs = ("docker run", "sysctl -w", "install bubblewrap", "wsl --", "lsm=")
    programs += ("install apparmor-profiles",)
    assert sum(said.count(program) for program in programs) == 1


@pytest.mark.parametrize("container", [False, True])
@pytest.mark.parametrize("landlock", [0, 7])
def test_where_the_best_walls_stand_nothing_is_missing(container, landlock):
    said = remedy(linux(container=container, landlock=landlock), HOLDS_A)

    assert said == "Nothing is missing."


def test_the_walls_that_apparmor_leaves_are_not_called_unknown():
    # As after its profile for bubblewrap was enabled: what bubblewrap starts gets no
    # capability, and so no namespaces of its own.
    said = remedy(linux(apparmor_restricts=True), HOLDS_B)

    assert said == "Nothing is missing for `grade batch`; A is not possible here."


def test_walls_as_strong_as_is_wanted_are_enough():
    machine = linux(**MISSING)

    assert remedy(machine, HOLDS_B, Tier.B) == "Nothing is missing."
    assert remedy(machine, HOLDS_B, Tier.A_CG).startswith("Install the outer wall:")


def test_a_combination_that_nobody_thought_of_is_sent_to_the_problems():
    said = remedy(linux(), HOLDS_NONE)

    assert said == "Look at the problems in the table of `grade doctor`."


def test_an_unknown_package_manager_is_named_the_package():
    said = remedy(linux(**MISSING, installer=""), HOLDS_B)

    assert said == "Install the outer wall: install the package bubblewrap"


def test_a_wall_that_does_not_hold_does_not_count():
    said = remedy(linux(**MISSING), [Probe(A, "an attack came through: read file")])

    assert said.startswith("Install the outer wall:")


@pytest.mark.parametrize(
    ("parts", "row"),
    [
        ({}, ("kernel", "Linux 6.8.0")),
        ({"is_root": True}, ("user", "root")),
        ({"container": True, "slurm": True}, ("place", "a container in a Slurm job")),
        ({}, ("place", "a machine")),
        ({"landlock": 0}, ("Landlock", "none")),
        ({"landlock": 7}, ("Landlock", "version 7")),
        (MISSING, ("bubblewrap", "not installed")),
        (REFUSED, ("bubblewrap", "does not work: Permission denied")),
        ({"max_user_namespaces": None}, ("user namespaces", "unknown")),
        ({"max_user_namespaces": 15_000}, ("user namespaces", "15,000 allowed")),
        ({"apparmor_restricts": True}, ("AppArmor", "restricts them")),
        ({"cgroup": True}, ("memory", "cgroup and watchdog")),
        ({"scope": True}, ("memory", "systemd scope and watchdog")),
        ({"cgroup": False}, ("memory", "watchdog")),
    ],
)
def test_facts_are_told_in_words(parts, row):
    assert row in facts(linux(**parts))


def test_of_another_system_only_its_name_is_told():
    assert facts(Machine(system="darwin", kernel="24.0")) == [("system", "darwin 24.0")]


def test_this_machine_is_read():
    machine = read_machine()

    assert machine.system == sys.platform
    assert machine.kernel
    assert bool(machine.bubblewrap) == bool(shutil.which("bwrap"))
    if machine.bubblewrap_works:
        assert machine.bubblewrap.startswith("bubblewrap ")


def test_a_bubblewrap_that_does_not_work_is_quoted(monkeypatch, tmp_path):
    program = tmp_path / "bwrap"
    program.write_text(
        "#!/bin/sh\necho 'setting up uid map: Permission denied' >&2\nexit 1"
    )
    program.chmod(0o755)
    monkeypatch.setattr(machine_module, "bubblewrap", lambda: str(program))

    machine = read_machine()

    if machine.system == "linux":
        assert not machine.bubblewrap_works
        assert machine.bubblewrap == (
            "does not work: setting up uid map: Permission denied"
        )


def test_a_slurm_job_is_known_by_its_number(monkeypatch):
    monkeypatch.setenv("SLURM_JOB_ID", "17")

    assert read_machine().slurm is (sys.platform == "linux")


def test_the_hand_made_walls_are_of_the_tiers_that_they_stand_for():
    assert (A.tier, B.tier, NO_WALLS.tier) == (Tier.A, Tier.B, Tier.NONE)
