from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graders.records import Tier
from graders.sandbox.walls import NO_WALLS, Walls

OPTIONAL = ("bubblewrap", "namespaces", "landlock", "seccomp", "own_user", "cgroup")
ALWAYS = ("rlimits", "undumpable", "sweep", "memory")
EVERYTHING = Walls(**dict.fromkeys(OPTIONAL, True))
any_walls = st.builds(Walls, **dict.fromkeys((*OPTIONAL, *ALWAYS), st.booleans()))


def behind(*layers: str) -> Walls:
    return Walls(**dict.fromkeys(layers, True))


@pytest.mark.parametrize(
    ("walls", "tier"),
    [
        (NO_WALLS, Tier.NONE),
        (EVERYTHING, Tier.A_CG),
        (replace(EVERYTHING, cgroup=False), Tier.A),
        (replace(EVERYTHING, cgroup=False, landlock=False), Tier.A),
        (replace(EVERYTHING, namespaces=False), Tier.B_UID),
        (replace(EVERYTHING, bubblewrap=False), Tier.B_UID),
        (behind("bubblewrap", "landlock", "seccomp"), Tier.B),
        (behind("landlock", "seccomp", "own_user"), Tier.B_UID),
        (behind("landlock", "seccomp"), Tier.B),
        (behind("landlock", "seccomp", "cgroup"), Tier.B),
        (behind("bubblewrap", "namespaces"), Tier.NONE),
        (behind("bubblewrap", "seccomp"), Tier.NONE),
        (behind("namespaces", "seccomp"), Tier.NONE),
        (behind("landlock"), Tier.NONE),
        (behind("seccomp"), Tier.NONE),
        (behind("own_user", "cgroup", "seccomp"), Tier.NONE),
    ],
    ids=lambda value: value if isinstance(value, str) else "+".join(value.layers),
)
def test_layers_amount_to_a_tier(walls, tier):
    assert walls.tier is tier


@pytest.mark.parametrize("layer", ["seccomp", *ALWAYS])
@given(walls=any_walls)
@settings(deadline=None, database=None)
def test_without_a_layer_that_every_tier_needs_there_is_none(walls, layer):
    assert replace(walls, **{layer: False}).tier is Tier.NONE


@pytest.mark.parametrize("layer", [*OPTIONAL, *ALWAYS])
@given(walls=any_walls)
@settings(deadline=None, database=None)
def test_a_layer_more_never_weakens_the_walls(walls, layer):
    without = replace(walls, **{layer: False})
    with_it = replace(walls, **{layer: True})

    assert with_it.tier >= without.tier


def test_the_layers_of_a_record_are_those_that_stand():
    assert NO_WALLS.layers == ()
    assert EVERYTHING.layers == (
        "bubblewrap",
        "namespaces",
        "Landlock",
        "seccomp",
        "own user",
        "cgroup",
    )
    assert behind("seccomp", "landlock").layers == ("Landlock", "seccomp")


def test_notes_for_a_person_make_no_other_walls():
    assert replace(EVERYTHING, notes=("Landlock 7",)) == EVERYTHING
