import stat
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graders.cli.main import cli
from graders.records import Tier
from graders.sandbox import Walls, machine, offered_walls, probing
from graders.sandbox.probing import Probe
from tests.stand_ins.command import run_grade

A = Walls(bubblewrap=True, namespaces=True, landlock=True, seccomp=True)
B = Walls(landlock=True, seccomp=True)
MISSING = machine.Machine(
    system="linux",
    kernel="6.8.0",
    landlock=7,
    max_user_namespaces=15_000,
    installer="sudo apt install bubblewrap",
)
INSTALL = "Install the outer wall: sudo apt install bubblewrap"


@pytest.fixture
def doctor(monkeypatch):
    """Runs the command as if on another machine."""

    def run(facts: machine.Machine, *probes: Probe) -> Result:
        monkeypatch.setattr(machine, "read_machine", lambda: facts)
        monkeypatch.setattr(probing, "probe_walls", lambda: probes)
        monkeypatch.setenv("COLUMNS", "200")
        return CliRunner().invoke(cli, ["doctor"], standalone_mode=False)

    return run


@pytest.fixture
def poor_path(tmp_path):
    """A search path with an installer, and without bubblewrap."""
    if sys.platform != "linux":
        pytest.skip("other systems have no walls to lack")
    program = tmp_path / "bin" / "apt"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program.parent)


def test_the_doctor_names_this_machines_walls_and_exits_with_0():
    done = run_grade("doctor")

    assert done.returncode == 0
    lines = done.stdout.splitlines()
    strongest = offered_walls()[0].tier
    assert f"Strongest walls here: {strongest}." in lines
    if strongest >= Tier.A:
        assert lines[-1] == "Nothing is missing."
    if sys.platform == "linux":
        for name in ("kernel", "Landlock", "bubblewrap", "user namespaces", "memory"):
            assert any(line.startswith(name) for line in lines), name


def test_the_doctor_needs_no_colours_and_no_wide_terminal():
    done = run_grade("doctor", COLUMNS="40")

    assert done.returncode == 0
    assert "\x1b" not in done.stdout


def test_each_kind_of_walls_has_a_row_with_its_layers_and_its_problem(doctor):
    done = doctor(MISSING, Probe(A, "an attack came through: read file"), Probe(B))

    rows = [line.split() for line in done.output.splitlines()]
    assert ["tier", "layers", "result"] in rows
    problem = ["an", "attack", "came", "through:", "read", "file"]
    assert ["A", "bubblewrap,", "namespaces,", "Landlock,", "seccomp", *problem] in rows
    assert ["B", "Landlock,", "seccomp", "holds"] in rows
    assert "Strongest walls here: B." in done.output
    assert done.output.splitlines()[-1] == INSTALL
    assert done.return_value == 0


def test_where_no_walls_hold_the_doctor_says_what_that_means(doctor):
    done = doctor(MISSING, Probe(B, "no Landlock"))

    assert "Strongest walls here: none." in done.output
    assert (
        "`grade batch` refuses to grade here. Your own file needs no walls."
        in done.output
    )
    assert done.return_value == 0


def test_where_walls_hold_the_doctor_does_not_say_so(doctor):
    done = doctor(MISSING, Probe(B))

    assert "refuses" not in done.output


def test_on_another_system_the_doctor_has_no_table(doctor):
    done = doctor(machine.Machine(system="darwin", kernel="24.0"))

    assert "tier" not in done.output.split("Strongest")[0]
    assert done.output.splitlines()[-1].startswith(
        "Grade other people's code in a container: docker run"
    )


def test_a_long_remedy_stays_on_one_line_so_that_it_can_be_copied(doctor):
    facts = machine.Machine(
        system="linux",
        kernel="6.8.0",
        landlock=7,
        bubblewrap="does not work: Permission denied",
        apparmor_restricts=True,
    )

    done = doctor(facts, Probe(B))

    assert done.output.splitlines()[-1].endswith(
        "sudo apparmor_parser -r /etc/apparmor.d/bwrap-userns-restrict"
    )


# --- a tier that is not there -----------------------------------------------


@pytest.fixture
def submitted(tmp_path) -> Path:
    folder = tmp_path / "submitted"
    folder.mkdir()
    (folder / "student_a.py").write_text("x = 1\n")
    return folder


def test_a_class_is_not_graded_behind_weaker_walls_than_asked_for(
    submitted, tmp_path, poor_path
):
    out = tmp_path / "grades"

    done = run_grade(
        *("batch", "assignment2", submitted, "--out", out, "--require-tier", "A"),
        PATH=poor_path,
    )

    assert done.returncode == 2
    assert "Error: walls: this machine offers walls of tier " in done.stderr
    assert "; A is asked for\n" in done.stderr
    assert "`grade doctor` tells more." in done.stderr
    assert done.stdout == ""
    assert not list(out.glob("students/*"))


def test_a_file_is_not_graded_behind_weaker_walls_than_asked_for(submitted, poor_path):
    file = submitted / "student_a.py"

    done = run_grade("assignment2", file, "--require-tier", "A+cg", PATH=poor_path)

    assert done.returncode == 2
    assert "; A+cg is asked for\n" in done.stderr


def test_the_doctor_of_a_machine_without_bubblewrap_says_how_to_get_it(poor_path):
    done = run_grade("doctor", PATH=poor_path)

    assert done.returncode == 0
    assert "bubblewrap       not installed" in done.stdout
    if "a container" not in done.stdout:
        assert done.stdout.splitlines()[-1] == INSTALL


def test_a_tier_that_does_not_exist_is_a_usage_error(submitted):
    done = run_grade("batch", "assignment2", submitted, "--require-tier", "C")

    assert done.returncode == 2
    assert "'C' is not one of 'none', 'B', 'B+uid', 'A', 'A+cg'" in done.stderr
