import resource
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest

from graders.errors import ResultsNotWritten
from graders.validation.journal import Journal
from tests.stand_ins.validations import passed, told, trial

KEEPS_FOR_EVER = """
import sys
from pathlib import Path
from graders.validation.journal import Journal
from tests.stand_ins.validations import trial

with Journal(Path(sys.argv[1])) as journal:
    for number in range(10_000):
        journal.keep(f"key {number}", trial(seed=number))
        print(number, flush=True)
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "grades" / "journal.sqlite"


@contextmanager
def no_space(most):
    """Lets no file of this process grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def keep_many(journal):
    for number in range(100):
        journal.keep(f"key {number}", trial(told(what="x" * 10_000)))


def test_what_was_kept_is_found_after_reopening(path):
    kept = trial(told(what="`f` returned “1”."), passed("A9.10.b"), seed=7)
    with Journal(path) as journal:
        journal.keep("a", kept)

    with Journal(path) as journal:
        assert journal.find("a") == kept
        assert journal.find("b") is None


def test_the_last_trial_of_a_key_counts(path):
    with Journal(path) as journal:
        journal.keep("a", trial(seed=1))
        journal.keep("a", trial(seed=2))

        assert journal.find("a") == trial(seed=2)


def test_two_threads_keep_and_find_at_a_time(path):
    errors = []

    def work(name):
        try:
            for number in range(100):
                journal.keep(f"{name} {number}", trial(seed=number))
                assert journal.find(f"{name} {number}") == trial(seed=number)
        except BaseException as error:
            errors.append(error)

    with Journal(path) as journal:
        threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert not errors
        assert all(journal.find(f"{name} 99") for name in "ab")


def test_a_process_that_is_killed_loses_nothing_that_it_kept(path):
    process = subprocess.Popen(
        [sys.executable, "-c", KEEPS_FOR_EVER, path], stdout=subprocess.PIPE, text=True
    )
    told_numbers = [int(process.stdout.readline()) for _ in range(20)]
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)

    with Journal(path) as journal:
        assert [journal.find(f"key {n}").seed for n in told_numbers] == told_numbers
        journal.keep("new", trial())
        assert journal.find("new") == trial()


def test_a_folder_that_is_a_file_is_told_with_its_path(tmp_path):
    (tmp_path / "taken").write_text("a file")

    with pytest.raises(ResultsNotWritten, match="cannot be used") as caught:
        Journal(tmp_path / "taken" / "journal.sqlite")

    assert caught.value.where.endswith("journal.sqlite")
    assert "--out" in caught.value.fix


def test_a_folder_that_cannot_be_written_is_told(path):
    path.mkdir(parents=True)

    with pytest.raises(ResultsNotWritten, match="cannot be used"):
        Journal(path)


def test_a_file_that_is_no_journal_is_told(path):
    path.parent.mkdir()
    path.write_bytes(b"not a data base, " * 100)

    with pytest.raises(ResultsNotWritten, match="not a database") as caught:
        Journal(path)

    assert "delete it" in caught.value.fix


def test_a_full_disk_is_told_and_what_was_kept_before_stays(path):
    with Journal(path) as journal:
        journal.keep("first", trial())
        with (
            no_space(64 * 1024),
            pytest.raises(ResultsNotWritten, match="cannot be used"),
        ):
            keep_many(journal)

    with Journal(path) as journal:
        assert journal.find("first") == trial()


def test_a_journal_that_was_closed_is_told(path):
    with Journal(path) as journal:
        pass

    with pytest.raises(ResultsNotWritten):
        journal.find("a")
