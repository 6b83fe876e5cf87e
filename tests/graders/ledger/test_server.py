"""The stand-in for a class's PostgreSQL: it is real, and never passed over."""

import pytest

from tests.stand_ins import postgres as stand_in


def test_a_server_that_is_not_installed_fails_the_test_and_says_what_to_install(
    monkeypatch, tmp_path
):
    monkeypatch.setattr(stand_in, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(stand_in.sys, "platform", "linux")

    with pytest.raises(pytest.fail.Exception) as told:
        stand_in.find_programs()

    assert str(told.value) == "PostgreSQL is not installed: apt install postgresql"


def test_on_other_systems_it_is_passed_over_with_the_reason(monkeypatch, tmp_path):
    monkeypatch.setattr(stand_in, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(stand_in.sys, "platform", "darwin")

    with pytest.raises(pytest.skip.Exception, match="asked for on Linux only"):
        stand_in.find_programs()


def test_the_newest_of_several_versions_is_taken(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(stand_in, "DEBIAN", tmp_path)
    for version in ("9.6", "15", "16"):
        (tmp_path / version / "bin").mkdir(parents=True)
        for name in ("initdb", "postgres"):
            (tmp_path / version / "bin" / name).touch()

    assert stand_in.find_programs() == tmp_path / "16" / "bin"


def test_what_was_committed_is_there_after_the_server_was_killed(postgres):
    name = postgres.make_database()
    postgres.ask("CREATE TABLE kept (number int)", name)
    postgres.ask("INSERT INTO kept VALUES (7)", name)

    postgres.restart()

    assert postgres.ask("SELECT number FROM kept", name) == [(7,)]
    postgres.drop_database(name)
