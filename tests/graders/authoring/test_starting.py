import subprocess
import sys

import pytest

from graders.authoring.starting import start_assignment
from graders.errors import UsageError
from graders.validation.validating import Plan, validate
from tests.stand_ins.small_assignment import silent, small_assignment


@pytest.fixture
def project(tmp_path):
    (tmp_path / "assignments").mkdir()
    (tmp_path / "graders" / "suites").mkdir(parents=True)
    return tmp_path


def test_a_new_assignment_is_accepted_by_its_own_validation(tmp_path):
    assignment = small_assignment(tmp_path)
    plan = Plan(
        seeds=3, catalogue=True, generated=True, limit=20, workers=1, calibrate=False
    )

    found = validate(assignment, plan, tmp_path / "journal.sqlite", silent)

    assert found.problems == ()
    assert len(found.cases) > 30


def test_what_it_writes_needs_no_formatting(project):
    written = start_assignment("assignment8_word_vectors", project)

    files = [str(path) for path in written if path.suffix == ".py"]
    for command in (
        ["format", "--check"],
        ["check", "--select=E,F,B,UP,SIM,RUF", "--ignore=F401"],
    ):
        found = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--isolated", *files],
            capture_output=True,
            text=True,
            check=False,
        )
        assert found.returncode == 0, found.stdout


def test_it_is_named_by_its_number_and_its_topic(project):
    written = start_assignment("assignment8_word_vectors", project)

    names = {path.relative_to(project).as_posix() for path in written}
    assert "assignments/assignment8_word_vectors/word_vectors.py" in names
    handout = project / "assignments" / "assignment8_word_vectors" / "handout.md"
    assert handout.read_text().startswith("# Assignment 8: word vectors\n")


@pytest.mark.parametrize(
    "name", ["", "backprop", "assignment5", "assignment5_", "../x", "assignment5_A b"]
)
def test_a_name_without_number_or_topic_is_refused(name, project):
    with pytest.raises(UsageError) as caught:
        start_assignment(name, project)

    assert caught.value.what == f"{name!r} cannot be the name of an assignment"
    assert "assignment5_backprop" in caught.value.fix


def test_what_is_there_is_never_overwritten(project):
    start_assignment("assignment8_words", project)

    with pytest.raises(UsageError, match="there is an assignment of that name"):
        start_assignment("assignment8_words", project)


def test_outside_of_a_project_it_says_where_to_go(tmp_path):
    with pytest.raises(UsageError) as caught:
        start_assignment("assignment8_words", tmp_path)

    assert (
        caught.value.fix == "Go to the folder that holds `assignments` and `graders`."
    )
    assert list(tmp_path.iterdir()) == []
