import pytest

from graders.exports.autograder.container import container_memory_mib


@pytest.mark.parametrize(
    ("name", "text", "memory_mib"),
    [
        ("memory.max", "805306368\n", 768),
        ("memory.max", "max\n", None),
        ("memory/memory.limit_in_bytes", "6442450944\n", 6144),
        ("memory/memory.limit_in_bytes", "9223372036854771712\n", None),
    ],
)
def test_the_bound_of_a_container_is_read_in_both_kinds(
    tmp_path, name, text, memory_mib
):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(text)

    assert container_memory_mib(tmp_path) == memory_mib


def test_without_control_groups_there_is_no_bound(tmp_path):
    assert container_memory_mib(tmp_path) is None
