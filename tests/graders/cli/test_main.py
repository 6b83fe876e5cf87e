import subprocess
import sys

import pytest

from graders import __version__
from tests.stand_ins.command import run_grade

HEAVY = {"tensorflow", "keras", "numpy", "pydantic", "scipy", "sklearn", "msgpack"}
MODULES = """\
import sys
sys.argv = ["grade", *{arguments}]
from graders.cli.main import main
try:
    main()
except SystemExit as done:
    assert not done.code, done.code
print("loaded", *sys.modules, file=sys.stderr)
"""


def loaded_for(*arguments):
    done = subprocess.run(
        [sys.executable, "-c", MODULES.format(arguments=list(arguments))],
        capture_output=True,
        text=True,
        check=True,
    )
    names = done.stderr.rsplit("loaded ", 1)[1].split()
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["list"],
        ["assignment2", "--help"],
        ["batch", "--help"],
    ],
    ids=" ".join,
)
def test_what_needs_no_grading_loads_nothing_heavy(arguments):
    assert not loaded_for(*arguments) & HEAVY


def test_what_is_loaded_is_seen():
    assert {"click", "yaml"} <= loaded_for("list")


def test_help_shows_how_to_grade_and_what_the_exit_status_means():
    done = run_grade("--help")

    assert done.returncode == 0
    assert "grade assignment2 my.py" in done.stdout
    assert "Exit status: 0 graded, whatever the score" in done.stdout
    assert done.stderr == ""


def test_the_version_is_that_of_the_package():
    done = run_grade("--version")

    assert done.stdout == f"grade, version {__version__}\n"


@pytest.mark.parametrize("arguments", [["asignment2"], ["batch", "asignment2", "."]])
def test_an_unknown_assignment_is_refused_and_the_nearest_suggested(arguments):
    done = run_grade(*arguments)

    assert done.returncode == 2
    assert "there is no assignment 'asignment2'" in done.stderr
    assert "Did you mean 'assignment2'?" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["assignment2", "--nonsense"],
        ["assignment2", "--seed", "-1"],
        ["batch", "assignment2"],
        ["batch", "assignment2", ".", "--workers", "0"],
    ],
    ids=" ".join,
)
def test_a_wrong_option_is_a_usage_error(arguments):
    done = run_grade(*arguments)

    assert done.returncode == 2
    assert "Error: " in done.stderr
    assert "Traceback" not in done.stderr
