import sys
from dataclasses import replace

import pytest

from graders.errors import UsageError
from graders.records import Tier
from graders.sandbox import machine, probing
from graders.sandbox.probing import (
    Probe,
    WallsMissing,
    choose_walls,
    landlock_version,
    offered_walls,
    probe_walls,
    strongest_walls,
)
from graders.sandbox.walls import NO_WALLS, Walls

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="walls are built of what Linux has"
)

WITHOUT_BUBBLEWRAP = (
    "an attack came through: read file",
    "an attack came through: reach network",
)


def problem_of(walls: Walls) -> str:
    """Builds walls, attacks them from within, and tells why they do not hold."""
    return probing.probe(walls).problem


@pytest.fixture(scope="module")
def weakest() -> Walls:
    """Landlock and seccomp, with no outer wall to make up for either."""
    kinds = [walls for walls in offered_walls() if walls.tier != Tier.NONE]
    if not kinds or kinds[-1].bubblewrap:
        pytest.skip("this machine offers no walls without bubblewrap")
    return kinds[-1]


@pytest.fixture(scope="module")
def strongest() -> Walls:
    if strongest_walls().tier < Tier.A:
        pytest.skip("this machine offers no walls of tier A")
    return strongest_walls()


@pytest.fixture
def here(monkeypatch):
    """Gives this machine other walls than it has."""

    def offers(*probes: Probe, facts: machine.Machine | None = None) -> None:
        best = next((probe.walls for probe in probes if probe.holds), NO_WALLS)
        monkeypatch.setattr(probing, "strongest_walls", lambda: best)
        monkeypatch.setattr(probing, "probe_walls", lambda: probes)
        known = facts or machine.Machine(system="linux", kernel="6.8.0")
        monkeypatch.setattr(machine, "read_machine", lambda: known)

    return offers


# --- this machine -----------------------------------------------------------


def test_what_is_offered_holds_and_no_walls_at_all_come_last():
    offered = offered_walls()

    assert offered[-1] == NO_WALLS
    held = [probe.walls for probe in probe_walls() if probe.holds]
    assert list(offered[:-1]) == held


def test_stronger_walls_are_tried_first():
    tiers = [probe.walls.tier for probe in probe_walls()]

    assert tiers == sorted(tiers, reverse=True)
    assert Tier.NONE not in tiers


def test_the_strongest_walls_are_the_first_that_hold():
    assert strongest_walls() == offered_walls()[0]


def test_walls_that_were_offered_hold_once_more():
    problems = {walls.tier: problem_of(walls) for walls in offered_walls()[:-1]}

    assert set(problems.values()) <= {""}, problems


def test_no_walls_at_all_do_not_hold():
    assert problem_of(NO_WALLS) == "an attack came through: read file"


def test_the_version_of_landlock_is_the_kernels():
    from landlockpy import abi_version, supported

    assert landlock_version() == (abi_version() if supported() else 0)


# --- with one layer less ----------------------------------------------------


@pytest.mark.parametrize(
    ("layer", "problems"),
    [
        ("landlock", WITHOUT_BUBBLEWRAP),
        ("seccomp", ("an attack came through: cripple the parent",)),
        (
            "memory",
            (
                "an attack came through: fill disk",
                "an attack came through: take memory",
            ),
        ),
        ("sweep", ("processes were left behind: outlive",)),
    ],
)
def test_the_weakest_walls_do_not_hold_without_a_layer(weakest, layer, problems):
    assert problem_of(replace(weakest, **{layer: False})) in problems


@pytest.mark.parametrize(
    ("layers", "problem"),
    [
        (("memory",), "an attack came through: take memory"),
        (("sweep",), "processes were left behind:"),
    ],
)
def test_the_strongest_walls_do_not_hold_without_a_layer(strongest, layers, problem):
    without = replace(strongest, **dict.fromkeys(layers, False))

    assert problem_of(without).startswith(problem)


def test_walls_that_cannot_be_built_say_so(monkeypatch, strongest):
    monkeypatch.setattr(probing.Sandbox, "lease", _refuses)

    assert problem_of(strongest) == "the disk is full"


def _refuses(*_: object) -> object:
    raise OSError("the disk is full")


# --- choosing ---------------------------------------------------------------


def test_the_strongest_walls_are_chosen():
    assert choose_walls(Tier.NONE) == strongest_walls()
    assert choose_walls(strongest_walls().tier) == strongest_walls()


def test_walls_that_are_too_weak_are_refused_with_what_mends_it(here):
    weak = Walls(landlock=True, seccomp=True)
    facts = machine.Machine(
        system="linux",
        kernel="6.8.0",
        landlock=7,
        installer="sudo apt install bubblewrap",
    )
    here(Probe(weak), facts=facts)

    with pytest.raises(WallsMissing) as missing:
        choose_walls(Tier.A)

    assert missing.value.what == ("this machine offers walls of tier B; A is asked for")
    assert missing.value.where == "walls"
    assert missing.value.fix == (
        "Install the outer wall: sudo apt install bubblewrap"
        "\n  `grade doctor` tells more."
    )


@pytest.mark.parametrize("minimum", [Tier.B, Tier.B_UID, Tier.A, Tier.A_CG])
def test_a_machine_without_any_walls_meets_no_demand(here, minimum):
    here(Probe(Walls(landlock=True, seccomp=True), "no Landlock"))

    with pytest.raises(
        WallsMissing, match=f"tier none; {minimum.replace('+', '.')} is"
    ):
        choose_walls(minimum)


def test_a_machine_without_any_walls_is_enough_where_none_are_asked_for(here):
    here()

    assert choose_walls(Tier.NONE) == NO_WALLS


def test_walls_that_are_missing_are_a_fault_of_the_command():
    assert issubclass(WallsMissing, UsageError)


def test_other_systems_are_offered_no_walls(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")

    assert list(probing._candidates()) == []
    assert landlock_version() == 0


def test_a_machine_without_landlock_and_bubblewrap_has_nothing_to_try(monkeypatch):
    monkeypatch.setattr(probing, "landlock_version", lambda: 0)
    monkeypatch.setattr(probing, "bubblewrap", lambda: None)

    assert list(probing._candidates()) == []


def test_where_no_group_can_be_made_no_walls_claim_one(monkeypatch):
    monkeypatch.setattr(probing, "find_tree", lambda: None)
    monkeypatch.setattr(probing, "scope_works", lambda: False)

    assert not [walls for walls in probing._candidates() if walls.cgroup]
