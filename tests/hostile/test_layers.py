"""Each layer of the walls is needed: without it, an attack comes through.

Where two layers stop the same attack, the one that is not meant is left out of the
walls before, so that it is clear what the other one does.
"""

from dataclasses import dataclass, replace
from typing import Any, get_args

import pytest

from graders.sandbox import Sandbox, Walls
from tests.hostile.cards import Layer, read_attack, read_attacks
from tests.hostile.runner import Arena
from tests.hostile.walls import offered

TASKS = ("A0.1", "A0.2")


@dataclass(frozen=True)
class Row:
    """A layer, what stands beside it, and what must succeed without it.

    Args:
        layer: a field of `Walls`.
        without: layers that the walls lack from the start.
        inside: whether they stand in bubblewrap.
        attack: what the layer stops.
        succeeds: part of one of the problems that the attack then makes.
    """

    layer: str
    attack: str
    succeeds: str
    without: tuple[str, ...] = ()
    inside: bool = False

    def walls(self) -> Walls | None:
        """The walls before; None if this machine cannot build them."""
        kind = "namespaces" if self.layer == "namespaces" else "landlock"
        for walls in reversed(list(offered().values())):
            if getattr(walls, kind) and walls.bubblewrap is self.inside:
                return replace(walls, **dict.fromkeys(self.without, False))
        return None


ROWS = (
    Row(
        "bubblewrap",
        "B01_asks_for_the_state_of_files",
        "it got 0 points",
        inside=True,
    ),
    Row(
        "namespaces",
        "B08_files_in_shared_memory",
        "it got",
        without=("landlock", "cgroup"),
        inside=True,
    ),
    Row("landlock", "B01_walks_to_the_hidden_checks", "a worker sent the file"),
    Row("seccomp", "B09_connects_to_the_host", "something reached"),
    Row("rlimits", "D08_private_memory", "no finding says 'MemoryError'"),
    Row(
        "undumpable",
        "B06_reads_memory_of_the_zygote",
        "it got",
        without=("landlock", "seccomp"),
    ),
    Row("sweep", "C01_daemon", "is left", without=("seccomp", "landlock")),
    Row("memory", "D08_shared_memory_without_limit", "returned a string"),
    Row("own_user", "C06_poisons_a_home", "it got", without=("landlock", "seccomp")),
)


@pytest.mark.hostile
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.layer)
def test_an_attack_comes_through_where_its_layer_is_missing(row, exercise, outside):
    walls = row.walls()
    if walls is None or not getattr(walls, row.layer):
        pytest.skip("this machine cannot build the walls that the layer belongs to")

    before = problems_of(row, walls, exercise, outside)
    without = replace(walls, **{row.layer: False})
    after = problems_of(row, without, exercise, outside)

    assert not before, "\n".join(before)
    assert any(row.succeeds in problem for problem in after), after


def test_every_layer_has_an_attack_that_names_it():
    named = {row.layer: row.attack for row in ROWS}

    assert set(named) == set(get_args(Layer))
    assert {
        attack.card.stopped_by: attack.name
        for attack in read_attacks()
        if attack.card.stopped_by
    } == named


def problems_of(row: Row, walls: Walls, exercise: Any, outside: Any) -> list[str]:
    with (
        Sandbox(("numpy",), walls=walls) as sandbox,
        Arena(sandbox, walls, exercise, outside, TASKS) as arena,
    ):
        return arena.attempt(read_attack(row.attack))
