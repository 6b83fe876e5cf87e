import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from graders.errors import LedgerError, UsageError
from graders.ledger import Ledger, backups, connecting, count_rows, publish
from graders.ledger.backups import back_up, restore
from graders.ledger.tables import RECORDED
from tests.stand_ins.ledgers import A9, contents, fill
from tests.stand_ins.users import shared_folder, without_rights


@pytest.fixture
def filled(ledger):
    fill(ledger)
    return ledger


@pytest.fixture
def path(tmp_path):
    return tmp_path / "copies" / "one.sqlite3"


def in_file(path):
    return Ledger(f"sqlite:///{path}", "ta")


def recorded(ledger):
    return contents(ledger, *RECORDED)


def test_a_backup_is_one_file_that_holds_all_that_was_recorded(filled, path):
    copied = back_up(filled, path)

    assert [one.name for one in path.parent.iterdir()] == ["one.sqlite3"]
    assert (copied.rows, copied.faults) == (count_rows(filled), ())
    with in_file(path) as ledger:
        assert recorded(ledger) == recorded(filled)


def test_a_backup_can_be_read_where_nothing_may_be_written(filled, path):
    back_up(filled, path)

    with shared_folder() as folder:
        copy = shutil.copy(path, folder)
        with (
            without_rights(),
            closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as connection,
        ):
            ((number,),) = connection.execute("SELECT count(*) FROM submissions")

    assert number == count_rows(filled)["submissions"]


def test_what_is_written_later_is_not_in_it(filled, path):
    before = recorded(filled)
    back_up(filled, path)
    publish(filled, A9, "later")

    with in_file(path) as ledger:
        assert recorded(ledger) == before


def test_a_backup_never_overwrites_a_file(filled, path):
    path.parent.mkdir()
    path.write_text("mine")

    with pytest.raises(UsageError) as told:
        back_up(filled, path)

    assert told.value.what == "there is such a file, and a backup never overwrites one"
    assert told.value.where == str(path)
    assert path.read_text() == "mine"


def test_a_name_with_odd_characters_is_a_name(filled, tmp_path):
    path = tmp_path / "a b?c%20d#e.sqlite3"

    back_up(filled, path)

    with Ledger(sa.URL.create("sqlite", database=str(path)), "ta") as ledger:
        assert recorded(ledger) == recorded(filled)


@pytest.mark.parametrize("failing", ["copy_ledger", "count_rows", "faults", "_finish"])
def test_a_backup_that_fails_leaves_nothing_behind(filled, path, monkeypatch, failing):
    def fail(*arguments):
        raise LedgerError("no", "here", "again")

    monkeypatch.setattr(backups, failing, fail)

    with pytest.raises(LedgerError):
        back_up(filled, path)

    assert list(path.parent.iterdir()) == []


def test_a_copy_that_is_not_whole_is_no_backup(filled, path, monkeypatch):
    monkeypatch.setattr(backups, "count_rows", lambda ledger: {"runs": 0})

    with pytest.raises(LedgerError) as told:
        back_up(filled, path)

    assert told.value.what == "the copy is not whole"
    assert list(path.parent.iterdir()) == []


def test_a_backup_is_on_the_disk_before_it_has_its_name(filled, path, monkeypatch):
    done = []
    fsync, rename = os.fsync, Path.rename

    def told_fsync(handle):
        done.append(Path(os.readlink(f"/proc/self/fd/{handle}")).name)  # noqa: PTH115
        fsync(handle)

    def told_rename(self, to):
        done.append("rename")
        return rename(self, to)

    monkeypatch.setattr(os, "fsync", told_fsync)
    monkeypatch.setattr(Path, "rename", told_rename)

    back_up(filled, path)

    assert done == [f".one.sqlite3.{os.getpid()}.part", "rename", "copies"]


def test_a_folder_in_which_nothing_may_be_written_gets_no_backup(filled):
    with shared_folder() as folder:
        if os.geteuid() != 0:
            folder.chmod(0o555)
        with without_rights(), pytest.raises(LedgerError) as told:
            back_up(filled, folder / "one.sqlite3")
        folder.chmod(0o755)

    assert told.value.what.startswith("the ledger cannot be opened (")


def test_a_disk_that_is_full_gets_no_backup(filled, path, monkeypatch):
    prepare = connecting._set_pragmas

    def limit(cursor):
        prepare(cursor)
        cursor.execute("PRAGMA max_page_count = 30")

    monkeypatch.setattr(connecting, "_set_pragmas", limit)

    with pytest.raises(LedgerError, match="there is no room left for the ledger"):
        back_up(filled, path)

    assert list(path.parent.iterdir()) == []


def test_faults_of_the_ledger_are_told_and_are_in_the_backup_too(copied_url, path):
    with Ledger(copied_url, "ta") as ledger:
        fill(ledger)

        def change(connection):
            connection.exec_driver_sql("DROP TRIGGER scores_no_update")
            connection.exec_driver_sql("UPDATE scores SET points = 99 WHERE id = 1")

        ledger.write(change)

        copied = back_up(ledger, path)

    assert [fault.where for fault in copied.faults] == ["scores 1"]
    assert path.exists()


# --- restoring --------------------------------------------------------------


@pytest.fixture
def backup(tmp_path, template_file):
    """A backup, and what is in it."""
    with in_file(shutil.copy(template_file, tmp_path / "source.sqlite3")) as source:
        fill(source)
        back_up(source, tmp_path / "backup.sqlite3")
        return tmp_path / "backup.sqlite3", recorded(source)


def test_a_backup_is_restored_into_an_empty_ledger_of_either_kind(ledger, backup):
    path, wanted = backup

    copied = restore(path, ledger)

    assert recorded(ledger) == wanted
    assert (copied.rows, copied.faults) == (count_rows(ledger), ())


def test_what_is_restored_is_there_for_ever_and_goes_on(ledger, backup):
    restore(backup[0], ledger)

    fill(ledger, "student_d")

    assert count_rows(ledger)["runs"] == 2


def test_restoring_changes_nothing_of_the_backup_and_leaves_nothing(
    copied_url, backup, tmp_path
):
    path, _ = backup
    before = path.read_bytes()

    with Ledger(copied_url, "ta") as ledger:
        restore(path, ledger)

    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "backup.sqlite3",
        "ledger.sqlite3",
        "source.sqlite3",
    ]


def test_a_ledger_that_has_something_is_left_as_it_is(ledger, backup):
    publish(ledger, A9, "mine")
    before = recorded(ledger)

    with pytest.raises(UsageError, match="the ledger is not empty"):
        restore(backup[0], ledger)

    assert recorded(ledger) == before


def test_a_backup_that_is_not_there_is_told(ledger, tmp_path):
    with pytest.raises(UsageError) as told:
        restore(tmp_path / "none.sqlite3", ledger)

    assert told.value.what == "there is no such file"


def test_a_file_of_something_else_is_no_backup(ledger, tmp_path):
    path = tmp_path / "diary.txt"
    path.write_text("Dear diary. " * 1000)

    with pytest.raises(LedgerError) as told:
        restore(path, ledger)

    assert told.value.what == (
        "this is no backup of a ledger, or it is damaged (file is not a database)"
    )
    assert told.value.where == str(path)
    assert not any(recorded(ledger).values())


def test_a_database_of_something_else_is_no_backup(ledger, tmp_path):
    path = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE songs (name)")

    with pytest.raises(LedgerError, match="this is no backup of a ledger"):
        restore(path, ledger)


@pytest.mark.parametrize("keep", [0.4, 0.6, 0.9])
def test_a_backup_that_was_cut_is_not_restored(ledger, backup, keep):
    path, _ = backup
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * keep)])

    with pytest.raises(LedgerError, match="damaged"):
        restore(path, ledger)

    assert not any(recorded(ledger).values())


def test_a_backup_with_a_page_overwritten_is_not_restored(ledger, backup):
    path, _ = backup
    whole = bytearray(path.read_bytes())
    middle = len(whole) // 2 // 4096 * 4096
    whole[middle : middle + 4096] = b"\x99" * 4096
    path.write_bytes(whole)

    with pytest.raises(LedgerError, match="damaged"):
        restore(path, ledger)

    assert not any(recorded(ledger).values())


def test_what_stands_in_the_log_beside_a_copied_file_is_restored_too(
    ledger, template_file, tmp_path
):
    """Somebody may have copied the files of a ledger that was in use."""
    path = shutil.copy(template_file, tmp_path / "source.sqlite3")
    with in_file(path) as source:
        fill(source)
        wanted = recorded(source)
        for ending in ("", "-wal"):
            shutil.copy(f"{path}{ending}", tmp_path / f"copy{ending}")

    restore(tmp_path / "copy", ledger)

    assert recorded(ledger) == wanted
