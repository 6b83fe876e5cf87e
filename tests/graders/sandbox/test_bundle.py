from collections.abc import Iterator

import pytest

from graders.sandbox.bundle import Bundle
from graders.sandbox.places import python_program


@pytest.fixture
def bundle() -> Iterator[Bundle]:
    made = Bundle()
    yield made
    made.remove()


def test_a_bundle_holds_the_worker_and_nothing_that_judges(bundle):
    graders = bundle.root / "code" / "graders"

    names = sorted(path.name for path in graders.iterdir())

    assert names == ["__init__.py", "errors.py", "wire", "worker"]


def test_a_bundle_holds_no_compiled_files(bundle):
    assert not list(bundle.root.rglob("*.pyc"))


def test_no_file_of_a_bundle_names_this_repository(bundle):
    repository = str(__file__).split("/tests/")[0]

    files = [path for path in bundle.root.rglob("*") if path.is_file()]

    assert files
    assert not [path for path in files if repository in path.read_text("utf-8")]


def test_the_command_ignores_the_users_own_python_settings(bundle):
    for command in (bundle.command("template"), bundle.parse_command()):
        assert command[:4] == [str(python_program()), "-P", "-s", "-S"]


def test_the_environment_names_the_scratch_folder_and_passes_nothing_on(
    bundle, monkeypatch
):
    monkeypatch.setenv("GRADE_SECRET", "canary")
    monkeypatch.setenv("PYTHONPATH", "canary")

    environment = bundle.environment()

    assert environment["HOME"] == environment["TMPDIR"] == str(bundle.scratch)
    assert "canary" not in environment.values()
    assert environment["CUDA_VISIBLE_DEVICES"] == "-1"


def test_a_removed_bundle_leaves_nothing_behind(bundle):
    (bundle.scratch / "job1").mkdir()
    (bundle.scratch / "job1" / "left.txt").write_text("x")

    bundle.remove()

    assert not bundle.root.exists()
