import os

import pytest

from graders.cli import main as grade


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Runs `grade new` in a project that is empty."""
    (tmp_path / "assignments").mkdir()
    (tmp_path / "graders" / "suites").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)

    def ran(*arguments):
        monkeypatch.setattr("sys.argv", ["grade", "new", *arguments])
        with pytest.raises(SystemExit) as ended:
            grade.main()
        captured = capsys.readouterr()
        return ended.value.code, captured.out, captured.err

    return ran


def test_every_file_is_named_and_the_next_command_is_told(run, tmp_path):
    status, out, _ = run("assignment77_scaling")

    *paths, empty, following = out.splitlines()
    assert status == 0
    assert (empty, following) == ("", "Next: grade validate assignment77")
    assert len(paths) == len(set(paths)) == 13
    assert all((tmp_path / path).is_file() for path in paths)


def test_a_project_may_be_named(run, tmp_path, monkeypatch):
    monkeypatch.chdir(os.sep)

    status, _, _ = run("assignment77_scaling", "--project", str(tmp_path))

    assert status == 0
    assert (tmp_path / "assignments" / "assignment77_scaling" / "scaling.py").is_file()


@pytest.mark.parametrize("name", ["scaling", "assignment_scaling", "../assignment7_x"])
def test_a_name_that_is_none_is_a_usage_error_and_writes_nothing(run, tmp_path, name):
    status, _, err = run(name)

    assert status == 2
    assert "cannot be the name of an assignment" in err
    assert "assignment5_backprop" in err
    assert list((tmp_path / "assignments").iterdir()) == []


def test_what_is_there_is_never_overwritten(run, tmp_path):
    run("assignment77_scaling")
    rubric = tmp_path / "assignments" / "assignment77_scaling" / "rubric.yaml"
    rubric.write_text("mine")

    status, _, err = run("assignment77_scaling")

    assert status == 2
    assert "there is an assignment of that name" in err
    assert rubric.read_text() == "mine"


def test_a_folder_that_is_no_project_is_a_usage_error(run, tmp_path):
    (tmp_path / "elsewhere").mkdir()

    status, _, err = run("assignment77_scaling", "--project", "elsewhere")

    assert status == 2
    assert "not the folder of a project" in err
    assert list((tmp_path / "elsewhere").iterdir()) == []
