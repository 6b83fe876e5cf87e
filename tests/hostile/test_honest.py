"""Right solutions of unusual kinds lose nothing behind any walls."""

from dataclasses import dataclass
from pathlib import Path

import pytest

HONEST = Path(__file__).resolve().parent / "honest"
FAST = {
    *("prints_up_to_the_limit", "threads", "forked_processes", "recursion"),
    *("unicode_names_and_comments", "signals_and_exit_functions"),
    *("arrays_of_its_own_class", "global_caches"),
}


@dataclass(frozen=True)
class Solution:
    """A folder of `honest/`; its file holds the tasks that it solves."""

    name: str

    @property
    def fast(self) -> bool:
        return self.name in FAST

    @property
    def path(self) -> Path:
        return HONEST / self.name / "work.py"

    @property
    def tasks(self) -> list[str]:
        models = "def train" in self.path.read_text("utf-8")
        return ["A0.1", "A0.2", *(["A0.3", "A0.4"] if models else [])]

    def runs_in(self, tier: str) -> bool:
        return True


CASES = [Solution(path.name) for path in sorted(HONEST.iterdir()) if path.is_dir()]


def test_an_unusual_but_right_solution_loses_nothing(arena, case):
    problems = arena.losses_of(case.path, case.tasks)

    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("name", sorted(FAST))
def test_every_solution_named_as_fast_is_there(name):
    assert (HONEST / name / "work.py").is_file()
