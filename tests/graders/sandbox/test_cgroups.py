import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from graders.errors import WorkerUnavailable
from graders.sandbox import cgroups
from graders.sandbox.cgroups import Group, Tree, find_tree, write_existing

TAKES = """
import mmap, sys
sys.stdin.readline()
held = mmap.mmap(-1, int(sys.argv[1]) * 2**20)
for start in range(0, len(held), 4096):
    held[start] = 1
print('taken')
"""
FORKS = """
import os, sys
sys.stdin.readline()
made = 0
try:
    while made < 40:
        if os.fork() == 0:
            sys.stdin.readline()
            os._exit(0)
        made += 1
except BlockingIOError:
    pass
print(made, flush=True)
sys.stdin.readline()
"""


@pytest.fixture(scope="module")
def tree() -> Tree:
    found = find_tree()
    if found is None:
        pytest.skip("no control group can be made here")
    return found


@pytest.fixture
def group(tree) -> Iterator[Group]:
    made = Group(tree, memory_mib=64, processes=8)
    yield made
    made.remove()


def run_in(group: Group, program: str, *arguments: object) -> str:
    """What a program prints that is in the group before it goes on."""
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", program, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    group.add(process.pid)
    said, _ = process.communicate("\n" * 64, timeout=60)
    return said.strip() or str(process.returncode)


def own_groups(tree: Tree) -> set[str]:
    prefix = f"survival-school-{os.getpid()}-"
    return {
        folder.name
        for parent in {tree.memory, tree.processes}
        for folder in parent.glob(f"{prefix}*")
    }


def test_less_memory_than_the_ceiling_is_given(group):
    assert run_in(group, TAKES, 32) == "taken"
    assert group.num_memory_kills() == 0


def test_a_process_that_takes_more_shared_memory_is_ended_and_counted(group):
    assert run_in(group, TAKES, 256) == "-9"
    assert group.num_memory_kills() == 1


def test_every_process_that_is_ended_is_counted(group):
    ended = [run_in(group, TAKES, 256) for _ in range(2)]

    assert ended == ["-9", "-9"]
    assert group.num_memory_kills() == 2


def test_one_group_does_not_count_for_another(tree, group):
    other = Group(tree, memory_mib=64, processes=8)

    run_in(group, TAKES, 256)

    assert (group.num_memory_kills(), other.num_memory_kills()) == (1, 0)
    other.remove()


def test_no_more_processes_than_the_ceiling_are_made(group):
    assert run_in(group, FORKS) == "7"


def test_a_group_is_gone_when_it_is_removed(tree):
    before = own_groups(tree)
    group = Group(tree, memory_mib=64, processes=8)
    there = own_groups(tree)

    group.remove()

    assert len(there - before) == 1
    assert own_groups(tree) == before
    assert group.num_memory_kills() == 0


def test_to_look_for_a_tree_leaves_no_group_behind(tree):
    before = own_groups(tree)

    assert find_tree() == tree
    assert own_groups(tree) == before


def test_the_empty_groups_of_graders_that_are_gone_are_removed(tree):
    gone = subprocess.Popen(["true"])
    gone.wait()
    stale = tree.memory / f"survival-school-{gone.pid}-1"
    ours = Group(tree, memory_mib=64, processes=8)
    stale.mkdir()

    find_tree()

    assert not stale.exists()
    assert len(own_groups(tree)) >= 1
    ours.remove()


def test_a_folder_that_is_no_control_group_makes_no_group(tmp_path):
    tree = Tree(tmp_path, tmp_path)

    with pytest.raises(WorkerUnavailable) as unavailable:
        Group(tree, memory_mib=64, processes=8)

    assert unavailable.value.what.startswith("a control group could not be made:")
    assert "memory.max" in unavailable.value.what
    assert unavailable.value.where.startswith(str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_machine_without_control_groups_has_no_tree(monkeypatch, tmp_path):
    monkeypatch.setattr(cgroups, "_ROOT", tmp_path)

    assert find_tree() is None
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_there_is_not_made_by_writing(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_existing(tmp_path / "memory.max", "1")

    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_written(tmp_path):
    (tmp_path / "memory.max").write_text("")

    write_existing(tmp_path / "memory.max", "1024")

    assert (tmp_path / "memory.max").read_text() == "1024"


def test_both_controllers_of_version_2_are_one_folder(tmp_path):
    assert Tree(tmp_path, tmp_path).is_unified
    assert not Tree(tmp_path / "memory", tmp_path / "pids").is_unified
