import shutil
import stat

import pytest

from graders.sandbox import systemd_scope
from graders.sandbox.systemd_scope import (
    scope_command,
    scope_works,
    session_variables,
)


@pytest.fixture(autouse=True)
def _forgets(monkeypatch):
    """What is found out is kept for good; each of these tests finds it out anew."""
    monkeypatch.setattr(systemd_scope, "scope_works", scope_works.__wrapped__)


@pytest.fixture
def systemd_run(tmp_path, monkeypatch):
    """Puts a program of that name in the place of the system's own."""

    def put(script: str) -> None:
        program = tmp_path / "systemd-run"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(tmp_path))

    return put


def test_there_is_no_scope_without_systemd(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert shutil.which("systemd-run") is None
    assert systemd_scope.scope_works() is False


def test_there_is_no_scope_without_a_session(systemd_run):
    systemd_run("echo 'Failed to connect to bus' >&2; exit 1")

    assert systemd_scope.scope_works() is False


def test_a_scope_is_tried_before_it_is_offered(systemd_run, tmp_path):
    systemd_run(f'echo "$@" > {tmp_path}/asked')

    assert systemd_scope.scope_works() is True
    asked = (tmp_path / "asked").read_text()
    assert asked.startswith("--user --scope --quiet --collect -p MemoryMax=")
    assert asked.endswith(" true\n")


def test_a_scope_holds_memory_swap_and_processes_and_outlives_a_job_that_took_more():
    command = scope_command(1024, 64)

    assert command[:5] == [
        *("systemd-run", "--user", "--scope", "--quiet", "--collect"),
    ]
    assert command[5:] == [
        *("-p", "MemoryMax=1024M", "-p", "MemorySwapMax=0", "-p", "TasksMax=64"),
        *("-p", "OOMPolicy=continue"),
    ]


def test_of_the_session_only_the_way_to_it_is_passed_on(monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1000")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_SESSION_ID", "canary")

    assert session_variables() == {"XDG_RUNTIME_DIR": "/run/user/1000"}
