import io
import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import graders.suites
from graders.sandbox import WallsMissing
from tests.graders.exports.readers import gradescope
from tests.stand_ins.command import GRADE, run_grade
from tests.stand_ins.commands import runner

SYNTAX_ERROR = "def output_size(n:\n    return 1\n"


@pytest.fixture
def grade(monkeypatch, capsys):
    return runner(monkeypatch, capsys)


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """What a terminal showed, and the zip."""
    out = tmp_path_factory.mktemp("release") / "autograder.zip"
    done = run_grade("release", "cnn", "--gradescope", "--out", out, "--timeout", 10)
    return done, zipfile.ZipFile(io.BytesIO(out.read_bytes()))


@pytest.fixture
def autograder(tmp_path, released):
    """A folder as in Gradescope's container, whose environment is this one."""
    root = tmp_path / "autograder"
    (root / "submission").mkdir(parents=True)
    released[1].extractall(root / "source")
    (root / "venv" / "bin").mkdir(parents=True)
    (root / "venv" / "bin" / "grade").symlink_to(GRADE)
    return root


def run(root, *, limit_s=120):
    """`run_autograder`, as Gradescope starts it."""
    script = root / "source" / "run_autograder"
    text = script.read_text().replace("LIMIT_S=570", f"LIMIT_S={limit_s}")
    script.write_text(text.replace('TIER="B"', 'TIER="none"'))
    return subprocess.run(
        ["bash", str(script)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, "AUTOGRADER_ROOT": str(root)},
    )


def results(root):
    return (root / "results" / "results.json").read_bytes()


def test_the_zip_holds_what_gradescope_asks_for(released):
    done, archive = released

    assert done.returncode == 0, done.stderr
    names = archive.namelist()
    assert {"setup.sh", "run_autograder", "no_score.json"} < set(names)
    assert [name.endswith(".whl") for name in names].count(True) == 1
    for name in ("setup.sh", "run_autograder"):
        assert stat.S_IMODE(archive.getinfo(name).external_attr >> 16) == 0o755
    assert "a timeout of 10 minutes" in done.stdout
    assert "nothing is graded, and its output says so" in done.stdout


@pytest.mark.parametrize("name", ["setup.sh", "run_autograder"])
def test_the_scripts_are_scripts(released, name):
    script = released[1].read(name)

    done = subprocess.run(["bash", "-n"], input=script, capture_output=True)

    assert done.returncode == 0, done.stderr
    assert script.startswith(b"#!/usr/bin/env bash\n")
    assert b"{{" not in script


def test_setup_installs_the_wheel_that_is_in_the_zip(released):
    wheel = next(n for n in released[1].namelist() if n.endswith(".whl"))

    assert f'"$SOURCE"/{wheel}' in released[1].read("setup.sh").decode()


def test_a_file_that_cannot_be_run_gets_its_zero_and_the_reason(autograder):
    (autograder / "submission" / "my file.py").write_text(SYNTAX_ERROR)
    metadata = {"id": 7, "created_at": "2026-10-09T12:00:00.000000-07:00"}
    (autograder / "submission_metadata.json").write_text(json.dumps(metadata))

    done = run(autograder)

    found = gradescope.read(results(autograder))
    assert gradescope.total(found) == 0
    assert "'(' was never closed" in found["output"]
    assert {test["output"] for test in found["tests"]} == {"Not run."}
    assert found["extra_data"]["gradescope_submission"] == "7"
    assert done.stdout.startswith(("Walls of tier", "No walls"))
    assert done.returncode == 0


@pytest.mark.slow
def test_the_reference_gets_all_points_as_gradescope_would_run_it(autograder):
    suite = Path(graders.suites.__file__).parent / "assignment2_cnn"
    shutil.copy(suite / "reference.py", autograder / "submission" / "cnn-1.py")

    done = run(autograder, limit_s=280)

    found = gradescope.read(results(autograder))
    assert gradescope.total(found) == 100, done.stdout
    assert found["extra_data"]["key"]["seed"] == 0


def test_a_grading_that_does_not_end_in_time_gives_no_score(autograder):
    slow = autograder / "venv" / "bin" / "grade"
    slow.unlink()
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)

    done = run(autograder, limit_s=1)

    with pytest.raises(gradescope.AutograderError):
        gradescope.read(results(autograder))
    assert (
        "This is not a zero" in gradescope.check_fields(results(autograder))["output"]
    )
    assert done.stdout.startswith("Ended after 1 s")


def test_a_grader_that_is_not_there_gives_no_score(autograder):
    (autograder / "venv" / "bin" / "grade").unlink()

    run(autograder)

    assert "score" not in gradescope.check_fields(results(autograder))


def test_walls_that_are_missing_are_told_to_teachers_and_cost_no_points(
    autograder, grade, monkeypatch
):
    def refuse(minimum):
        raise WallsMissing("this machine offers no walls", "walls", "Install some.")

    monkeypatch.setattr("graders.sandbox.choose_walls", refuse)
    (autograder / "submission" / "cnn.py").write_text("x = 1\n")

    done = grade("autograde", "cnn", "--root", autograder)

    found = gradescope.check_fields(results(autograder))
    assert "score" not in found
    assert "walls" not in found["output"]
    assert "this machine offers no walls" in found["extra_data"]["grader_problem"]
    assert "this machine offers no walls" in done.out
    assert "--require-tier none" in done.out
    assert done.status == 3


def test_a_fault_of_our_own_is_no_zero_either(autograder, grade, monkeypatch):
    def fail(listing):
        raise RuntimeError("a bug")

    monkeypatch.setattr("graders.loading.load_assignment", fail)

    done = grade("autograde", "cnn", "--root", autograder)

    found = gradescope.check_fields(results(autograder))
    assert "score" not in found
    assert found["extra_data"]["grader_problem"] == "RuntimeError: a bug"
    assert done.status == 3


def test_what_is_to_be_made_has_to_be_named(grade):
    done = grade("release", "cnn")

    assert done.status == 2
    assert "Add --gradescope." in done.err


def test_the_help_of_release_loads_nothing_heavy():
    code = (
        "import sys, graders.cli.release, graders.cli.export, graders.cli.autograde\n"
        "heavy = {'pyarrow', 'tensorflow', 'numpy', 'sqlalchemy', 'junitparser'}\n"
        "print(heavy & {name.split('.')[0] for name in sys.modules})"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout == "set()\n"
